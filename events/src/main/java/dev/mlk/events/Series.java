package dev.mlk.events;

import java.util.Arrays;

/**
 * The values of one tag of one run. There is one object for each while a {@link LogFolder} is read,
 * so it can be a key by identity. A tag that several plugins use is several series.
 */
public final class Series {
  private static final byte[] NOTHING = {};

  private final Run run;
  private final String tag;
  private final Kind kind;
  private final Labels labels;
  private final byte[] tagBytes;
  private byte[] metadata = NOTHING;

  /** The next series with the same hash in its table. */
  Series sameHash;

  /** The series that came after this one last time: writers repeat themselves. */
  Series follower;

  /** Whether the consumer at hand takes its values. */
  boolean wanted;

  /** What the first value of a tag says about it. */
  record Labels(String plugin, String title, String description) {
    static final Labels NONE = new Labels("", "", "");
  }

  Series(Run run, String tag, Kind kind, Labels labels, byte[] tagBytes) {
    this.run = run;
    this.tag = tag;
    this.kind = kind;
    this.labels = labels;
    this.tagBytes = tagBytes;
  }

  /** The run. */
  public Run run() {
    return run;
  }

  /** The tag, such as {@code loss}. */
  public String tag() {
    return tag;
  }

  /** What its values are. */
  public Kind kind() {
    return kind;
  }

  /** The plugin that the writer named; empty where it named none. */
  public String plugin() {
    return labels.plugin;
  }

  /** The display name that the writer gave; empty for none. */
  public String title() {
    return labels.title;
  }

  /** The description that the writer gave, in Markdown; empty for none. */
  public String description() {
    return labels.description;
  }

  byte[] tagBytes() {
    return tagBytes;
  }

  boolean hasTag(byte[] bytes, int start, int end) {
    return Arrays.equals(tagBytes, 0, tagBytes.length, bytes, start, end);
  }

  /** Whether the metadata is what the last value of this series had. */
  boolean hasMetadata(byte[] bytes, int start, int end) {
    return Arrays.equals(metadata, 0, metadata.length, bytes, start, end);
  }

  void metadata(byte[] bytes, int start, int end) {
    metadata = start == end ? NOTHING : Arrays.copyOfRange(bytes, start, end);
  }

  @Override
  public String toString() {
    return run.name() + ":" + tag + " (" + kind + ")";
  }
}
