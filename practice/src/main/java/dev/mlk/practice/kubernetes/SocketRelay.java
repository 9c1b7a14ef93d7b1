package dev.mlk.practice.kubernetes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * The owner's Unix socket before an API server that has none: what comes in goes on over TLS with
 * the owner's certificate, byte for byte, so that upgraded connections pass as well. The folder's
 * permissions are the credential.
 */
public final class SocketRelay implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SocketRelay.class.getName());

  private final ServerSocketChannel listener;
  private final SSLContext owner;
  private final int port;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

  private SocketRelay(ServerSocketChannel listener, SSLContext owner, int port) {
    this.listener = listener;
    this.owner = owner;
    this.port = port;
  }

  /**
   * Opens the socket.
   *
   * @param socket where it is made
   * @param owner the owner's side of TLS
   * @param port the API server's port on loopback
   */
  public static SocketRelay open(Path socket, SSLContext owner, int port) throws IOException {
    Files.deleteIfExists(socket);
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    if (socket.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    }
    SocketRelay relay = new SocketRelay(listener, owner, port);
    Thread.ofVirtual().name("socket-relay").start(relay::accept);
    return relay;
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        SocketChannel connection = listener.accept();
        connections.add(connection);
        Thread.ofVirtual().name("socket-relay").start(() -> carry(connection));
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "the owner's socket takes no more connections", e);
        return;
      }
    }
  }

  private void carry(SocketChannel connection) {
    try (connection;
        SSLSocket server = connect()) {
      Carrier.carry(connection, server);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "a connection of the owner's socket ended: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  /**
   * A connection whose handshake is over. Left to the first read and the first write, which are two
   * threads', it went wrong now and then: the API server said decrypt_error.
   */
  private SSLSocket connect() throws IOException {
    SSLSocket server =
        (SSLSocket) owner.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    try {
      server.startHandshake();
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing the owner's socket", e);
    }
    connections.forEach(Carrier::close);
  }
}
