package dev.mlk.practice.kubernetes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way of a kube-apiserver to nodes, pods and Services, which have addresses that only the node
 * agent can reach: an HTTP proxy at a Unix socket that knows {@code CONNECT} (RFC 9110, 9.3.6), as
 * an egress selector names it. Other clusters have konnectivity there.
 */
public final class Egress implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Egress.class.getName());
  private static final Pattern CONNECT =
      Pattern.compile("CONNECT \\[?([^ \\]]+)\\]?:([0-9]{1,5}) HTTP/1\\.[01]\r\n(?s:.*)");
  private static final int LONGEST_HEAD = 16 << 10;
  private static final int CHUNK = 16 << 10;

  /** Opens connections. */
  @FunctionalInterface
  public interface Dialer {
    /** Connects to an address or name, as the API server knows it. */
    Socket connect(String host, int port) throws IOException;
  }

  private final ServerSocketChannel listener;
  private final Path socket;
  private final Dialer dialer;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

  private Egress(ServerSocketChannel listener, Path socket, Dialer dialer) {
    this.listener = listener;
    this.socket = socket;
    this.dialer = dialer;
  }

  /** Starts to listen at the socket, which only its owner may use. */
  public static Egress open(Path socket, Dialer dialer) throws IOException {
    Files.deleteIfExists(socket);
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    if (socket.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    }
    Egress egress = new Egress(listener, socket, dialer);
    Thread.ofVirtual().name("egress").start(egress::accept);
    return egress;
  }

  /** Where it listens. */
  Path socket() {
    return socket;
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        SocketChannel client = listener.accept();
        connections.add(client);
        Thread.ofVirtual().name("egress").start(() -> serve(client));
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "the egress takes no more connections", e);
        return;
      }
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      Matcher wanted = CONNECT.matcher(head(client));
      if (!wanted.matches()) {
        answer(client, "400 Bad Request");
        return;
      }
      try (Socket target = connect(wanted.group(1), Integer.parseInt(wanted.group(2)))) {
        answer(client, target == null ? "502 Bad Gateway" : "200 OK");
        if (target != null) {
          Carrier.carry(client, target);
        }
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection of the API server ended", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(client);
    }
  }

  /** The connection; null when there is none to be had. */
  private Socket connect(String host, int port) {
    try {
      return dialer.connect(host, port);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "no way from the API server to " + host, e);
      return null;
    }
  }

  /** Up to the empty line; the client says nothing more before it has its answer. */
  private static String head(SocketChannel client) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    ByteBuffer some = ByteBuffer.allocate(CHUNK);
    String text = "";
    while (!text.endsWith("\r\n\r\n") && head.size() <= LONGEST_HEAD) {
      some.clear();
      if (client.read(some) < 0) {
        throw new IOException("no request");
      }
      head.write(some.array(), 0, some.position());
      text = head.toString(StandardCharsets.ISO_8859_1);
    }
    return text;
  }

  private static void answer(SocketChannel client, String status) throws IOException {
    ByteBuffer head = StandardCharsets.US_ASCII.encode("HTTP/1.1 " + status + "\r\n\r\n");
    while (head.hasRemaining()) {
      client.write(head);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      Files.deleteIfExists(socket);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing the egress", e);
    }
    connections.forEach(Carrier::close);
  }
}
