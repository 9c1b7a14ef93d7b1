package dev.mlk.practice.store;

/** A value as stored; whoever reads it must not change the bytes. */
public final class Stored {
  private final String key;
  private final long revision;
  private final byte[] value;
  private volatile Object note;

  /**
   * A value.
   *
   * @param key where it is
   * @param revision the store's revision that wrote it
   * @param value its bytes
   */
  Stored(String key, long revision, byte[] value) {
    this.key = key;
    this.revision = revision;
    this.value = value;
  }

  /** Where it is. */
  public String key() {
    return key;
  }

  /** The store's revision that wrote it. */
  public long revision() {
    return revision;
  }

  /** Its bytes. */
  public byte[] value() {
    return value;
  }

  /**
   * What a reader made of the bytes and left here for the next one, null at first: all readers of a
   * revision share one object of this class, so the work is done once.
   */
  public Object note() {
    return note;
  }

  /** Leaves something for the next reader; it lives as long as this value does. */
  public void note(Object made) {
    note = made;
  }
}
