package dev.mlk.practice.api.http;

import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.status.ApiError;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * HTTP/1.1 on so many connections at a time. Whoever comes on top gets a 429 with the reason and is
 * sent away; whoever is silent for too long in the middle of something is cut off.
 */
final class BoundedConnections implements ServerConnectionSelector {
  private static final ScopedValue<Counted> CURRENT = ScopedValue.newInstance();
  private final ServerConnectionSelector http;
  private final int most;
  private final Semaphore room;

  BoundedConnections(ServerConnectionSelector http, int most) {
    this.http = http;
    this.most = most;
    this.room = new Semaphore(most);
  }

  /** The request has been read: until {@link #answered} the client may be silent. */
  static void answering() {
    CURRENT.get().answering = true;
  }

  /** The answer is out. */
  static void answered() {
    CURRENT.get().answering = false;
  }

  /**
   * Interrupts this thread when the client leaves. Else whoever waits for something to send would
   * only notice when there is something. The connection can be used for nothing else afterwards.
   */
  static void interruptWhenClientLeaves() {
    CURRENT.get().listenForEnd(Thread.currentThread());
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return new Counted(context, http.connection(context));
  }

  private final class Counted implements ServerConnection, InterruptableTask<Void> {
    private final ConnectionContext context;
    private final ServerConnection connection;
    private final long begun = System.nanoTime();
    private volatile Thread refusing;
    private volatile boolean answering;

    Counted(ConnectionContext context, ServerConnection connection) {
      this.context = context;
      this.connection = connection;
    }

    @Override
    public void handle(Limit limit) throws InterruptedException {
      if (!room.tryAcquire()) {
        refuse();
      }
      try {
        ScopedValue.where(CURRENT, this)
            .<Void, InterruptedException>call(
                () -> {
                  connection.handle(limit);
                  return null;
                });
      } finally {
        room.release();
      }
    }

    /** Reads the beginning of a request, behind the handshake, and answers whatever it is. */
    private void refuse() {
      refusing = Thread.currentThread();
      DataReader reader = context.dataReader();
      try {
        reader.ensureAvailable();
        reader.skip(reader.available());
      } catch (DataReader.InsufficientDataAvailableException e) {
        throw new CloseConnectionException("the client has left", e);
      }
      byte[] body =
          Json.write(
              ApiError.tooManyRequests(
                      "the cluster has "
                          + most
                          + " connections, as many as it takes: each watch and each followed log"
                          + " is one. End some of them and try again")
                  .status());
      String head =
          "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\nRetry-After: 1\r\n"
              + "Connection: close\r\nContent-Length: "
              + body.length
              + "\r\n\r\n";
      BufferData answer = BufferData.growing(head.length() + body.length);
      answer.write(head.getBytes(StandardCharsets.US_ASCII));
      answer.write(body);
      context.dataWriter().writeNow(answer);
      throw new CloseConnectionException("there are too many connections");
    }

    private void listenForEnd(Thread sender) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  context.dataReader().ensureAvailable();
                } catch (RuntimeException e) {
                  // At its end, reset, or closed by ourselves: the web server has a type for each.
                  if (answering) {
                    sender.interrupt();
                  }
                }
              });
    }

    @Override
    public Duration idleTime() {
      if (answering) {
        return Duration.ZERO;
      }
      return refusing == null ? connection.idleTime() : Duration.ofNanos(System.nanoTime() - begun);
    }

    /**
     * Whoever is only waiting for the client is interrupted, in the middle of a request as well.
     */
    @Override
    public void close(boolean interrupt) {
      Thread thread = refusing;
      if (thread == null) {
        connection.close(interrupt || !answering);
      } else {
        thread.interrupt();
      }
    }

    @Override
    public boolean canInterrupt() {
      return connection instanceof InterruptableTask<?> task && task.canInterrupt();
    }
  }
}
