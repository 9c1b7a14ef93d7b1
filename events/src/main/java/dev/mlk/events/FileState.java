package dev.mlk.events;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** How far a file was read. */
final class FileState {
  final Path path;

  /** Unlike any other file's of the run. */
  final int number;

  /** The first byte that is not read yet. */
  long offset;

  /** The last place that damage was told of. */
  long damagedAt = -1;

  Damage.What damagedBy;

  /** Bytes at the end that are no whole record yet; 0 for none. */
  long incomplete;

  /** False once it was told that the file cannot be read. */
  boolean readable = true;

  private BasicFileAttributes seen;

  FileState(Path path, int number) {
    this.path = path;
    this.number = number;
  }

  /** Back to the first byte. */
  void rewind() {
    offset = 0;
    incomplete = 0;
    damagedAt = -1;
    readable = true;
    seen = null;
  }

  /** The file as it is now is about to be read. */
  void saw(BasicFileAttributes now) {
    seen = now;
  }

  /** Whether nothing was written since it was read. */
  boolean unchanged(BasicFileAttributes now) {
    return seen != null
        && readable
        && seen.size() == now.size()
        && seen.lastModifiedTime().equals(now.lastModifiedTime())
        && Objects.equals(seen.fileKey(), now.fileKey());
  }

  /** Whether it is another file than the one that was read. */
  boolean replacedBy(BasicFileAttributes now) {
    return seen != null && (now.size() < offset || !Objects.equals(seen.fileKey(), now.fileKey()));
  }
}
