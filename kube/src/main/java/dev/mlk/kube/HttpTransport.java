package dev.mlk.kube;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * HTTP/1.1 over a Unix domain socket, TLS or plain TCP, for any number of threads. Connections are
 * kept and used again. Small on purpose: the JDK's own client costs more to start than a whole
 * command may take.
 */
public final class HttpTransport implements Transport {
  private static final int MOST_IDLE = 32;
  private static final long KEPT_FOR_READING = TimeUnit.SECONDS.toNanos(30);
  private static final long KEPT_FOR_WRITING = TimeUnit.SECONDS.toNanos(3);
  private final Endpoint endpoint;
  private final Duration connectTimeout;
  private final Duration answerTimeout;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Connection> idle = new ArrayDeque<>();
  private Tls tls;
  private ScheduledThreadPoolExecutor alarms;
  private boolean closed;

  /** A transport that waits 10 seconds for a connection and a minute for an answer to begin. */
  public HttpTransport(Endpoint endpoint) {
    this(endpoint, Duration.ofSeconds(10), Duration.ofMinutes(1));
  }

  /**
   * A transport.
   *
   * @param connectTimeout how long connecting may take, TLS included
   * @param answerTimeout how long the server may think before its answer begins; a body may take as
   *     long as it likes
   */
  public HttpTransport(Endpoint endpoint, Duration connectTimeout, Duration answerTimeout) {
    this.endpoint = endpoint;
    this.connectTimeout = connectTimeout;
    this.answerTimeout = answerTimeout;
  }

  @Override
  public Reply send(Request request) throws IOException {
    boolean reading = request.method().equals("GET");
    byte[] bytes = bytes(request);
    Connection kept = takeIdle(reading ? KEPT_FOR_READING : KEPT_FOR_WRITING);
    if (kept != null) {
      try {
        return exchange(kept, request, bytes);
      } catch (EOFException | SocketException | ClosedChannelException e) {
        // The server may have closed it while it lay idle. Only a read may safely be sent twice.
        if (!reading || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
    return exchange(connect(), request, bytes);
  }

  /** The connection is the WebSocket's alone, so the pool knows nothing of it. */
  @Override
  public Upgrade upgrade(String path, String protocol) throws IOException {
    byte[] nonce = new byte[16];
    new SecureRandom().nextBytes(nonce);
    Request request =
        Request.of("GET", "")
            .header("Connection", "Upgrade")
            .header("Upgrade", "websocket")
            .header("Sec-WebSocket-Version", "13")
            .header("Sec-WebSocket-Key", Base64.getEncoder().encodeToString(nonce))
            .header("Sec-WebSocket-Protocol", protocol);
    byte[] bytes = bytes(request, path);
    Connection connection = connect();
    Alarm alarm = alarm(connection, answerTimeout);
    try {
      connection.write(bytes);
      Connection.Head head = connection.readHead();
      if (head.status() == 101) {
        return new Upgrade.Opened(new WebSocket(connection));
      }
      Body body = new Body(connection, head, false, (used, _) -> used.close());
      return new Upgrade.Refused(new Reply(head.status(), Map.copyOf(head.headers()), body));
    } catch (IOException | RuntimeException e) {
      connection.close();
      if (alarm.rang) {
        throw late("no answer from " + endpoint.server(), answerTimeout, e);
      }
      throw e;
    } finally {
      alarm.off();
    }
  }

  private Connection connect() throws IOException {
    Connection connection = Connection.prepare(endpoint);
    Alarm alarm = alarm(connection, connectTimeout);
    try {
      connection.connect(endpoint, tls());
      return connection;
    } catch (IOException | RuntimeException e) {
      connection.close();
      if (alarm.rang) {
        throw late("no connection to " + endpoint.server(), connectTimeout, e);
      }
      throw e;
    } finally {
      alarm.off();
    }
  }

  private Reply exchange(Connection connection, Request request, byte[] bytes) throws IOException {
    Alarm alarm = alarm(connection, answerTimeout);
    try {
      connection.write(bytes);
      Connection.Head head = connection.readHead();
      boolean keep =
          head.version() == 1
              && !head.headers().getOrDefault("connection", "").equalsIgnoreCase("close");
      Body body =
          new Body(connection, head, endless(request), (used, whole) -> release(used, keep, whole));
      return new Reply(head.status(), Map.copyOf(head.headers()), body);
    } catch (IOException | RuntimeException e) {
      connection.close();
      if (alarm.rang) {
        throw late("no answer from " + endpoint.server(), answerTimeout, e);
      }
      throw e;
    } finally {
      alarm.off();
    }
  }

  private static boolean endless(Request request) {
    return isTrue(request.query().get("watch")) || isTrue(request.query().get("follow"));
  }

  private static boolean isTrue(String value) {
    return "true".equals(value) || "1".equals(value);
  }

  private static IOException late(String what, Duration limit, Exception cause) {
    var timeout = new SocketTimeoutException(what + " within " + limit.toMillis() + " ms");
    timeout.initCause(cause);
    return timeout;
  }

  private void release(Connection connection, boolean keep, boolean whole) {
    lock.lock();
    try {
      if (keep && whole && !closed && idle.size() < MOST_IDLE && connection.isOpen()) {
        connection.idleSince = System.nanoTime();
        idle.addFirst(connection);
        return;
      }
    } finally {
      lock.unlock();
    }
    connection.close();
  }

  private Connection takeIdle(long longest) throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new IOException("the client is closed");
      }
      long now = System.nanoTime();
      while (!idle.isEmpty() && now - idle.peekLast().idleSince > KEPT_FOR_READING) {
        idle.pollLast().close();
      }
      Connection first = idle.peekFirst();
      return first == null || now - first.idleSince > longest ? null : idle.pollFirst();
    } finally {
      lock.unlock();
    }
  }

  private Tls tls() throws IOException {
    if (!endpoint.isTls()) {
      return null;
    }
    lock.lock();
    try {
      if (tls == null) {
        tls = new Tls(endpoint);
      }
      return tls;
    } finally {
      lock.unlock();
    }
  }

  /** Closes the connection when time is up: works alike for Unix sockets, which know no timeout. */
  private Alarm alarm(Connection connection, Duration limit) {
    lock.lock();
    try {
      if (alarms == null) {
        alarms =
            new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("http-alarm").factory());
        alarms.setRemoveOnCancelPolicy(true);
      }
      Alarm alarm = new Alarm(connection);
      alarm.future = alarms.schedule(alarm, limit.toNanos(), TimeUnit.NANOSECONDS);
      return alarm;
    } finally {
      lock.unlock();
    }
  }

  private static final class Alarm implements Runnable {
    private final Connection connection;
    private volatile boolean rang;
    private ScheduledFuture<?> future;

    Alarm(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void run() {
      rang = true;
      connection.close();
    }

    void off() {
      future.cancel(false);
    }
  }

  private byte[] bytes(Request request) {
    StringBuilder target = new StringBuilder(128);
    Encoding.path(request.path(), target);
    Encoding.query(request.query(), target);
    return bytes(request, target.toString());
  }

  /** The request with a path and query that are encoded already. */
  private byte[] bytes(Request request, String target) {
    StringBuilder head = new StringBuilder(256);
    head.append(request.method()).append(' ').append(endpoint.prefix()).append(target);
    head.append(" HTTP/1.1\r\n");
    header(head, "Host", endpoint.hostHeader());
    if (request.headers().keySet().stream().noneMatch("Accept"::equalsIgnoreCase)) {
      header(head, "Accept", "application/json");
    }
    for (Map.Entry<String, Supplier<String>> header : endpoint.headers().entrySet()) {
      header(head, header.getKey(), header.getValue().get());
    }
    request.headers().forEach((name, value) -> header(head, name, value));
    if (request.body().length > 0 || !request.method().equals("GET")) {
      header(head, "Content-Length", Integer.toString(request.body().length));
    }
    head.append("\r\n");
    var bytes = new ByteArrayOutputStream(head.length() + request.body().length);
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(request.body());
    return bytes.toByteArray();
  }

  private static void header(StringBuilder head, String name, String value) {
    if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
      throw new IllegalArgumentException("a line break in header " + name);
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }

  /** Closes idle connections and refuses further requests; answers in progress go on. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      idle.forEach(Connection::close);
      idle.clear();
      if (alarms != null) {
        alarms.shutdown();
      }
    } finally {
      lock.unlock();
    }
  }
}
