package dev.mlk.events;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The series of one run, found by the bytes of their tags. */
final class SeriesTable {
  private static final byte[] NOTHING = {};

  private final Run run;
  private Series[] heads = new Series[16];
  private final List<Series> all = new ArrayList<>();
  private Series last;

  SeriesTable(Run run) {
    this.run = run;
    this.last = new Series(run, "", Kind.TENSOR, Series.Labels.NONE, NOTHING);
  }

  List<Series> all() {
    return all;
  }

  /**
   * The series of a value, a new one if need be.
   *
   * @param slot the value
   */
  Series of(byte[] bytes, ValueSlot slot) throws BadRecordException {
    Series guess = last.follower;
    if (guess != null && fits(guess, bytes, slot)) {
      last = guess;
      return guess;
    }
    Series found = find(bytes, slot);
    if (found == null) {
      found = add(bytes, slot);
    }
    last.follower = found;
    last = found;
    return found;
  }

  private static boolean fits(Series series, byte[] bytes, ValueSlot slot) {
    if (!series.hasTag(bytes, slot.tagStart, slot.tagEnd)) {
      return false;
    }
    if (slot.form == ValueSlot.TENSOR) {
      return slot.metadataStart == slot.metadataEnd
          || series.hasMetadata(bytes, slot.metadataStart, slot.metadataEnd);
    }
    return series.kind() == slot.kind();
  }

  private Series find(byte[] bytes, ValueSlot slot) throws BadRecordException {
    Kind wanted = null;
    if (slot.form != ValueSlot.TENSOR) {
      wanted = slot.kind();
    } else if (slot.metadataStart < slot.metadataEnd) {
      Metadata metadata = Metadata.read(bytes, slot.metadataStart, slot.metadataEnd);
      wanted = metadata.plugin().isEmpty() ? null : metadata.kind();
    }
    Series series = heads[index(bytes, slot)];
    while (series != null) {
      if (series.hasTag(bytes, slot.tagStart, slot.tagEnd)
          && (wanted == null || series.kind() == wanted)) {
        series.metadata(bytes, slot.metadataStart, slot.metadataEnd);
        return series;
      }
      series = series.sameHash;
    }
    return null;
  }

  private Series add(byte[] bytes, ValueSlot slot) throws BadRecordException {
    String tag = Wire.text(bytes, slot.tagStart, slot.tagEnd, "a tag");
    Metadata metadata = Metadata.read(bytes, slot.metadataStart, slot.metadataEnd);
    Kind kind = slot.form == ValueSlot.TENSOR ? metadata.kind() : slot.kind();
    if (slot.form == ValueSlot.TENSOR && metadata.plugin().isEmpty() && kind == Kind.TENSOR) {
      kind = slot.number ? Kind.SCALAR : Kind.TENSOR;
    }
    Series series =
        new Series(
            run,
            tag,
            kind,
            metadata.labels(),
            Arrays.copyOfRange(bytes, slot.tagStart, slot.tagEnd));
    series.metadata(bytes, slot.metadataStart, slot.metadataEnd);
    all.add(series);
    if (all.size() > heads.length) {
      grow();
    }
    append(heads, series, index(bytes, slot));
    return series;
  }

  private void grow() {
    Series[] more = new Series[heads.length * 4];
    heads = more;
    for (Series series : all.subList(0, all.size() - 1)) {
      series.sameHash = null;
      byte[] tag = series.tagBytes();
      append(more, series, hash(tag, 0, tag.length) & more.length - 1);
    }
  }

  /** Behind those that are there: the first series of a tag is the one that is found first. */
  private static void append(Series[] heads, Series series, int index) {
    Series before = heads[index];
    if (before == null) {
      heads[index] = series;
      return;
    }
    while (before.sameHash != null) {
      before = before.sameHash;
    }
    before.sameHash = series;
  }

  private int index(byte[] bytes, ValueSlot slot) {
    return hash(bytes, slot.tagStart, slot.tagEnd) & heads.length - 1;
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash ^ hash >>> 15;
  }
}
