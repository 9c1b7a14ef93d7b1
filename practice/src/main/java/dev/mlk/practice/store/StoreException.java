package dev.mlk.practice.store;

/** Why the store did not do what it was asked. */
public abstract sealed class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The key is not as the writer believed: there already, gone, or of another revision. */
  public static final class Conflict extends StoreException {
    private static final long serialVersionUID = 1;

    Conflict(String key) {
      super("not at the expected revision: " + key, null);
    }
  }

  /** The revision asked for is older than the log of changes reaches. */
  public static final class Gone extends StoreException {
    private static final long serialVersionUID = 1;
    private final long oldest;

    Gone(long revision, long oldest) {
      super("revision " + revision + " is gone, the oldest is " + oldest, null);
      this.oldest = oldest;
    }

    /** The oldest revision that can still be asked for. */
    public long oldest() {
      return oldest;
    }
  }

  /** The disk does not take or give the data; the message says which file and why. */
  public static final class Broken extends StoreException {
    private static final long serialVersionUID = 1;

    Broken(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
