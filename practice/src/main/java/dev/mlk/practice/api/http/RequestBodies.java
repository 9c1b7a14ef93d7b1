package dev.mlk.practice.api.http;

import dev.mlk.practice.status.ApiError;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Reads the bodies of requests, each in memory only when it is of a size that counts, and only so
 * many large ones at a time: their trees take a multiple of them.
 */
final class RequestBodies {
  /** As much as Kubernetes takes. */
  private static final int LARGEST = 3 << 20;

  /** What is read to no purpose, so that a client that writes first also hears the refusal. */
  private static final int LONGEST_DRAINED = 16 << 20;

  private static final int UNIT = 64 << 10;
  private static final byte[] NOTHING = {};
  private final Semaphore units;
  private final Duration patience;

  RequestBodies(Room room) {
    units = new Semaphore(Math.max(room.bodies(), LARGEST) / UNIT);
    patience = room.patience();
  }

  /**
   * A body in memory.
   *
   * @param units what it takes of the room
   */
  record Body(byte[] bytes, int units) {}

  /** Reads it; {@link #done} when it is not needed any more. */
  Body read(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return new Body(NOTHING, 0);
    }
    long length = request.headers().contentLength().orElse(LARGEST);
    if (length > LONGEST_DRAINED) {
      throw ApiError.tooLarge(LARGEST);
    }
    int needed = length <= UNIT ? 0 : (int) (Math.min(length, LARGEST) / UNIT);
    if (!acquired(needed)) {
      return drained(request);
    }
    boolean read = false;
    try {
      Body body = new Body(bytes(request), needed);
      read = true;
      return body;
    } finally {
      if (!read) {
        units.release(needed);
      }
    }
  }

  void done(Body body) {
    units.release(body.units());
  }

  private boolean acquired(int needed) {
    try {
      return needed == 0 || units.tryAcquire(needed, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Body drained(ServerRequest request) {
    try (InputStream in = request.content().inputStream()) {
      drain(in, LONGEST_DRAINED);
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
    throw ApiError.tooManyRequests(
        "the cluster has too many large requests in work, please try again later");
  }

  private static void drain(InputStream in, int most) throws IOException {
    byte[] unwanted = new byte[UNIT];
    int left = most;
    int count = in.read(unwanted);
    while (left > 0 && count >= 0) {
      left -= count;
      count = in.read(unwanted);
    }
  }

  private static byte[] bytes(ServerRequest request) {
    byte[] body;
    try (InputStream in = request.content().inputStream()) {
      body = in.readNBytes(LARGEST + 1);
      if (body.length > LARGEST) {
        drain(in, LONGEST_DRAINED - body.length);
      }
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
    if (body.length > LARGEST) {
      throw ApiError.tooLarge(LARGEST);
    }
    return body;
  }

  private static ApiError unreadable(Exception e) {
    return ApiError.badRequest("the body of the request cannot be read: " + e.getMessage());
  }
}
