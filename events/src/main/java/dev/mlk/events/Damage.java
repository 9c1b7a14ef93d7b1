package dev.mlk.events;

import java.nio.file.Path;

/**
 * What could not be read, and where. Reading went on behind it.
 *
 * @param file the file, or the folder that could not be listed
 * @param offset the byte at which the damaged record begins; 0 for a whole file or folder
 * @param what what is wrong
 * @param detail more in words: what was found, or how many bytes were passed over
 */
public record Damage(Path file, long offset, What what, String detail) {
  /** What can be wrong. */
  public enum What {
    /** The length of a record does not fit its checksum. */
    LENGTH("the checksum of a record's length is wrong"),
    /** The bytes of a record do not fit their checksum. */
    CHECKSUM("the checksum of a record is wrong"),
    /** The record is whole and yet no event. */
    CONTENT("a record is no event"),
    /** The record is larger than is read at once. */
    SIZE("a record is too large"),
    /** The file ends inside a record: it is being written, or it was cut. */
    INCOMPLETE("the file ends inside a record"),
    /** The system does not let it be read. */
    UNREADABLE("it cannot be read"),
    /** The file became shorter, or is another one under the same name: it was read anew. */
    REPLACED("the file was replaced while it was read");

    private final String sentence;

    What(String sentence) {
      this.sentence = sentence;
    }

    /** In words, the beginning of a sentence. */
    public String sentence() {
      return sentence;
    }
  }

  /** All of it in a line: file, byte and what is wrong. */
  public String line() {
    String where = what == What.UNREADABLE ? "" : ", byte " + offset;
    return file + where + ": " + what.sentence + (detail.isEmpty() ? "" : " (" + detail + ")");
  }
}
