package dev.mlk.practice.node.network;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The process inside a {@link PrivateNetwork}: brings connections in, and out to those addresses of
 * the machine that it is told to mirror. It ends with its standard input.
 */
final class Gateway {
  private final Path outside;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<InetSocketAddress, ServerSocketChannel> mirrored = new HashMap<>();

  private Gateway(Path outside) {
    this.outside = outside;
  }

  /**
   * Runs until standard input ends. Lines on it are {@code + ADDRESS PORT} and {@code - ADDRESS
   * PORT}: listen there and lead outside, or stop it.
   *
   * @param arguments the socket that leads in, to be made, and the one that leads out
   */
  public static void main(String[] arguments) throws IOException {
    Gateway gateway = new Gateway(Path.of(arguments[1]));
    // One that was killed has left it.
    Files.deleteIfExists(Path.of(arguments[0]));
    try (ServerSocketChannel inside = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      inside.bind(UnixDomainSocketAddress.of(Path.of(arguments[0])));
      gateway.executor.execute(
          () ->
              gateway.accept(inside, client -> Splice.serve(client, _ -> true, gateway.executor)));
      // Whoever started this process waits for a word.
      System.out.println("open");
      gateway.obey();
    }
    Runtime.getRuntime().halt(0);
  }

  private void obey() throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      InetSocketAddress address = Splice.address(line.substring(2));
      if (line.charAt(0) == '+') {
        listen(address);
      } else {
        ServerSocketChannel gone = mirrored.remove(address);
        if (gone != null) {
          gone.close();
        }
      }
    }
  }

  private void listen(InetSocketAddress address) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    try {
      listener.bind(address);
    } catch (IOException e) {
      // A program of this network was faster: it is the nearer one.
      listener.close();
      return;
    }
    mirrored.put(address, listener);
    executor.execute(
        () ->
            accept(
                listener,
                client -> {
                  try {
                    Splice.pass(client, Splice.open(outside, address), executor);
                  } catch (IOException e) {
                    close(client);
                  }
                }));
  }

  private void accept(
      ServerSocketChannel listener, java.util.function.Consumer<SocketChannel> then) {
    while (listener.isOpen()) {
      try {
        SocketChannel client = listener.accept();
        executor.execute(() -> then.accept(client));
      } catch (IOException e) {
        // Closed, or out of file handles: in the latter case the next one may go well.
        Thread.onSpinWait();
      }
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      System.err.println("closing: " + e.getMessage());
    }
  }
}
