package dev.mlk.practice.api.rest;

import dev.mlk.practice.status.ApiError;
import dev.mlk.practice.store.Change;
import dev.mlk.practice.store.Snapshot;
import dev.mlk.practice.store.StoreException;
import dev.mlk.practice.store.Stored;
import dev.mlk.practice.store.Watch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** A running watch as the bytes of its answer: a read blocks until the next event. */
final class WatchStream extends InputStream {
  private static final long BOOKMARK_EVERY = Duration.ofMinutes(1).toNanos();
  private static final long BOOKMARK_BEFORE_END = Duration.ofSeconds(2).toNanos();
  private static final byte[] NOTHING = {};

  /** Bytes of events that wait to be sent: a client that has stopped reading costs no more. */
  private static final int AT_ONCE = 64 << 10;

  private final Watch watch;
  private final EventWriter events;
  private final boolean bookmarks;
  private final long end;
  private long nextBookmark;
  private Iterator<Stored> present = Collections.emptyIterator();
  private byte[] afterPresent = NOTHING;
  private byte[] ready = NOTHING;
  private int at;
  private boolean over;

  WatchStream(Watch watch, EventWriter events, Duration lifetime, boolean bookmarks) {
    this.watch = watch;
    this.events = events;
    this.bookmarks = bookmarks;
    long now = System.nanoTime();
    this.end = now + lifetime.toNanos();
    this.nextBookmark = Math.min(now + BOOKMARK_EVERY, end - BOOKMARK_BEFORE_END);
  }

  /** Puts what is there now before everything else. */
  void begin(Snapshot snapshot, boolean marksEnd) {
    present = snapshot.values().iterator();
    if (marksEnd) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      events.bookmark(snapshot.revision(), true, out);
      afterPresent = out.toByteArray();
    }
    presentSome();
  }

  /** The next of the objects that were there, some at a time; false when there are no more. */
  private boolean presentSome() {
    if (!present.hasNext() && afterPresent.length == 0) {
      return false;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (present.hasNext() && out.size() < AT_ONCE) {
      events.present(present.next(), out);
    }
    if (!present.hasNext()) {
      out.writeBytes(afterPresent);
      afterPresent = NOTHING;
    }
    ready = out.toByteArray();
    at = 0;
    return ready.length > 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (at == ready.length) {
      if (!presentSome() && (over || !more())) {
        return -1;
      }
    }
    int count = Math.min(length, ready.length - at);
    System.arraycopy(ready, at, target, offset, count);
    at += count;
    return count;
  }

  @Override
  public int available() {
    return ready.length - at;
  }

  /** Waits for events, a bookmark or the end; false at the end. */
  private boolean more() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (out.size() == 0) {
      long now = System.nanoTime();
      if (now - end >= 0 || watch.closed()) {
        return false;
      }
      if (bookmarks && now - nextBookmark >= 0) {
        events.bookmark(watch.position(), false, out);
        boolean last = nextBookmark - (end - BOOKMARK_BEFORE_END) >= 0;
        nextBookmark =
            last
                ? Long.MAX_VALUE / 2 + end
                : Math.min(now + BOOKMARK_EVERY, end - BOOKMARK_BEFORE_END);
        break;
      }
      long until = bookmarks && nextBookmark - end < 0 ? nextBookmark : end;
      next(Duration.ofNanos(until - now), out);
    }
    ready = out.toByteArray();
    at = 0;
    return true;
  }

  private void next(Duration atMost, ByteArrayOutputStream out) throws IOException {
    try {
      List<Change> changes = watch.next(atMost);
      changes.forEach(change -> events.change(change, out));
    } catch (StoreException.Gone e) {
      ApiError gone =
          ApiError.gone("too old resource version: " + watch.position() + " (" + e.oldest() + ")");
      out.writeBytes(EventWriter.error(gone.status()));
      over = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  @Override
  public void close() {
    watch.close();
  }
}
