package dev.mlk.practice.node.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/**
 * One connection that leads from one network into another, through a socket in the file system. It
 * begins with a line that says where to: address, space, port; a byte tells whether that went well.
 */
final class Splice {
  private static final int BUFFER = 64 * 1024;
  private static final int LONGEST_LINE = 100;
  private static final byte CONNECTED = 'y';
  private static final byte REFUSED = 'n';

  private Splice() {}

  /**
   * Connects to an address in the network on the other side of a socket.
   *
   * @throws ConnectException if nobody listens there
   */
  static SocketChannel open(Path socket, InetSocketAddress to) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      write(channel, ByteBuffer.wrap(line(to).getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer answer = ByteBuffer.allocate(1);
      if (channel.read(answer) < 1 || answer.get(0) != CONNECTED) {
        throw new ConnectException("connection refused");
      }
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** How an address is written: its numbers, whatever name it was made with. */
  static String line(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + " " + address.getPort() + "\n";
  }

  /** Reads an address as it is written. */
  static InetSocketAddress address(String line) {
    int space = line.indexOf(' ');
    return new InetSocketAddress(
        InetAddress.ofLiteral(line.substring(0, Math.max(0, space))),
        Integer.parseInt(line.substring(space + 1).strip()));
  }

  /** Serves a connection that came through the socket: connects it and passes bytes on. */
  static void serve(SocketChannel from, Wanted wanted, Executor executor) {
    try (from;
        SocketChannel to = SocketChannel.open()) {
      try {
        InetSocketAddress address = address(readLine(from));
        if (!wanted.allowed(address)) {
          throw new ConnectException("not a mirrored address");
        }
        to.connect(address);
      } catch (IOException | IllegalArgumentException e) {
        write(from, ByteBuffer.wrap(new byte[] {REFUSED}));
        return;
      }
      write(from, ByteBuffer.wrap(new byte[] {CONNECTED}));
      pass(from, to, executor);
    } catch (IOException e) {
      // Either side has gone: so has the connection.
      return;
    }
  }

  /** Which addresses may be connected to. */
  @FunctionalInterface
  interface Wanted {
    boolean allowed(InetSocketAddress address);
  }

  /** Passes bytes both ways until both sides have ended, then closes both. */
  static void pass(SocketChannel one, SocketChannel other, Executor executor) {
    try (one;
        other) {
      var back = new java.util.concurrent.CompletableFuture<Void>();
      executor.execute(
          () -> {
            copy(other, one);
            back.complete(null);
          });
      copy(one, other);
      back.join();
    } catch (IOException e) {
      // Closing a connection that is broken already.
      return;
    }
  }

  private static void copy(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    try {
      while (from.read(buffer) >= 0) {
        write(to, buffer.flip());
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      try {
        from.close();
        to.close();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
    }
  }

  private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String readLine(SocketChannel channel) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (line.size() < LONGEST_LINE && channel.read(one.clear()) > 0 && one.get(0) != '\n') {
      line.write(one.get(0));
    }
    return line.toString(StandardCharsets.US_ASCII);
  }
}
