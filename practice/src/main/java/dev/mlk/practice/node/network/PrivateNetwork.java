package dev.mlk.practice.node.network;

import dev.mlk.practice.node.process.SystemPrograms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A network of their own for programs that listen on every address, as TensorFlow's servers do, so
 * that other machines cannot reach them: a network namespace of Linux with nothing in it but a
 * loopback device. It is made when it is first needed, without any rights but those that a user
 * namespace gives; a process in it, the {@link Gateway}, connects it with this machine.
 */
public final class PrivateNetwork implements AutoCloseable {
  /** Starts a long-lived process of the cluster. */
  @FunctionalInterface
  public interface Launcher {
    Started start(List<String> command) throws IOException;
  }

  /** A process that was started. */
  public record Started(long pid, OutputStream input, java.io.InputStream output) {}

  private static final System.Logger LOG = System.getLogger(PrivateNetwork.class.getName());
  private static final int SECONDS = 20;
  private static final int LONGEST_SOCKET = 90;

  /**
   * Brings the loopback device up, says so, and holds the network while the gateway runs in it: one
   * that was killed begins again in the same network, where the pods are. It ends well with its
   * standard input.
   */
  private static final String SCRIPT =
      "ip link set lo up 2>/dev/null || ifconfig lo up 2>/dev/null || exit 1; echo ready; tries=0;"
          + " until \"$@\"; do tries=$((tries + 1)); [ $tries -lt 100 ] || exit 1; sleep 0.1; done";

  private record Kind(List<String> make, List<String> enter) {}

  private static final Kind AS_ROOT = new Kind(List.of("-n"), List.of("-n"));
  private static final Kind AS_USER =
      new Kind(List.of("-U", "-r", "-n"), List.of("-U", "-n", "--preserve-credentials"));

  private final Path folder;
  private final Launcher launcher;
  private final ExecutorService executor;
  private final Set<InetSocketAddress> mirrored = ConcurrentHashMap.newKeySet();
  private volatile CompletableFuture<Path> gate = new CompletableFuture<>();
  private Optional<List<String>> entrance = Optional.empty();
  private Optional<OutputStream> orders = Optional.empty();
  private Optional<ServerSocketChannel> outside = Optional.empty();
  private boolean tried;
  private boolean closed;
  private long pid;

  /**
   * A network that is made when it is first entered.
   *
   * @param folder where its sockets lie
   */
  public PrivateNetwork(Path folder, Launcher launcher, ExecutorService executor) {
    this.folder = folder;
    this.launcher = launcher;
    this.executor = executor;
  }

  /** Whether this machine lets networks be made, by trying one. */
  public static boolean possible() {
    return SystemPrograms.find("unshare").isPresent()
        && SystemPrograms.find("nsenter").isPresent()
        && (works(AS_ROOT) || works(AS_USER));
  }

  private static boolean works(Kind kind) {
    List<String> command = new ArrayList<>();
    command.add(SystemPrograms.find("unshare").orElseThrow());
    command.addAll(kind.make());
    command.addAll(List.of("/bin/sh", "-c", "ip link set lo up || ifconfig lo up"));
    return SystemPrograms.succeeds(command);
  }

  /** What to put before a command so that it runs in this network; empty where there is none. */
  public synchronized Optional<List<String>> entrance() {
    if (closed) {
      return Optional.empty();
    }
    if (entrance.isPresent() && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "process {0} of this cluster, which held the private network of its pods, was killed:"
              + " pods that start from now on get another network and do not reach the earlier"
              + " ones; submit jobs that were running again",
          Long.toString(pid));
      forget();
    }
    if (!tried) {
      tried = true;
      try {
        make();
      } catch (IOException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "no network namespace can be made here ({0}): ports of training processes can be"
                + " reached from other machines",
            e.getMessage());
      }
    }
    return entrance;
  }

  private void forget() {
    outside.ifPresent(PrivateNetwork::close);
    entrance = Optional.empty();
    orders = Optional.empty();
    gate = new CompletableFuture<>();
    tried = false;
  }

  private static void close(ServerSocketChannel listener) {
    try {
      listener.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing the private network", e);
    }
  }

  private void make() throws IOException {
    if (SystemPrograms.find("unshare").isEmpty() || SystemPrograms.find("nsenter").isEmpty()) {
      throw new IOException("unshare and nsenter are needed");
    }
    Kind kind = works(AS_ROOT) ? AS_ROOT : AS_USER;
    Path sockets = sockets();
    ServerSocketChannel out = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    out.bind(UnixDomainSocketAddress.of(sockets.resolve("out.sock")));
    outside = Optional.of(out);
    executor.execute(() -> accept(out));
    List<String> command = new ArrayList<>();
    command.add(SystemPrograms.find("unshare").orElseThrow());
    command.addAll(kind.make());
    command.addAll(List.of("/bin/sh", "-c", SCRIPT, "mlk-network"));
    command.addAll(gateway(sockets));
    Started started = launcher.start(command);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(started.output(), StandardCharsets.US_ASCII));
    if (!"ready".equals(lines.readLine())) {
      throw new IOException("unshare failed");
    }
    List<String> enter = new ArrayList<>();
    enter.add(SystemPrograms.find("nsenter").orElseThrow());
    enter.addAll(List.of("-t", Long.toString(started.pid())));
    enter.addAll(kind.enter());
    List<String> trial = new ArrayList<>(enter);
    trial.add("/bin/true");
    if (!SystemPrograms.succeeds(trial)) {
      throw new IOException("nsenter failed");
    }
    pid = started.pid();
    entrance = Optional.of(List.copyOf(enter));
    orders = Optional.of(started.input());
    mirrored.forEach(address -> order("+ ", address));
    CompletableFuture<Path> opened = gate;
    Thread.ofPlatform()
        .daemon()
        .name("private-network")
        .start(() -> follow(lines, sockets.resolve("in.sock"), opened));
  }

  /** The gateway says a word whenever it has begun. */
  private void follow(BufferedReader lines, Path socket, CompletableFuture<Path> opened) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals("open") && !opened.complete(socket)) {
          begunAgain();
        }
      }
      opened.completeExceptionally(new IOException("the gateway did not start"));
    } catch (IOException e) {
      opened.completeExceptionally(e);
    }
  }

  private synchronized void begunAgain() {
    LOG.log(
        System.Logger.Level.WARNING,
        "the gateway of the pods' private network was killed and has begun again: connections"
            + " through it are broken, new ones work");
    // What the one before had read is lost; what is said twice does no harm.
    mirrored.forEach(address -> order("+ ", address));
  }

  /** Socket names have little room; a deep cluster folder needs another place. */
  private Path sockets() throws IOException {
    Path place =
        folder.resolve("out.sock").toString().length() > LONGEST_SOCKET
            ? Files.createTempDirectory("mlk-net")
            : Files.createDirectories(folder);
    Files.deleteIfExists(place.resolve("in.sock"));
    Files.deleteIfExists(place.resolve("out.sock"));
    return place;
  }

  private static List<String> gateway(Path sockets) throws IOException {
    try {
      Path code =
          Path.of(Gateway.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-Xmx32m",
          "-cp",
          code.toString(),
          Gateway.class.getName(),
          sockets.resolve("in.sock").toString(),
          sockets.resolve("out.sock").toString());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private void accept(ServerSocketChannel listener) {
    while (listener.isOpen()) {
      try {
        SocketChannel client = listener.accept();
        executor.execute(() -> Splice.serve(client, mirrored::contains, executor));
      } catch (IOException e) {
        // Closed, or out of file handles: in the latter case the next one may go well.
        Thread.onSpinWait();
      }
    }
  }

  /** Lets programs in this network reach an address of the machine. */
  synchronized void mirror(InetSocketAddress address) {
    if (mirrored.add(address)) {
      order("+ ", address);
    }
  }

  /** Stops what {@link #mirror} began. */
  synchronized void forget(InetSocketAddress address) {
    if (mirrored.remove(address)) {
      order("- ", address);
    }
  }

  private void order(String what, InetSocketAddress address) {
    if (orders.isEmpty()) {
      return;
    }
    try {
      orders.get().write((what + Splice.line(address)).getBytes(StandardCharsets.US_ASCII));
      orders.get().flush();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the private network has lost its gateway", e);
    }
  }

  /**
   * Connects to an address in this network.
   *
   * @throws ConnectException if nobody listens there
   */
  Socket connect(InetSocketAddress to) throws IOException {
    SocketChannel through = Splice.open(gate(), to);
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Socket socket = new Socket();
      socket.connect(listener.getLocalAddress());
      SocketChannel other = listener.accept();
      while (!other.getRemoteAddress().equals(socket.getLocalSocketAddress())) {
        // Somebody else on this machine was faster.
        other.close();
        other = listener.accept();
      }
      SocketChannel mine = other;
      executor.execute(() -> Splice.pass(mine, through, executor));
      return socket;
    } catch (IOException e) {
      through.close();
      throw e;
    }
  }

  private Path gate() throws IOException {
    try {
      return gate.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the private network has no gateway", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Ends the gateway and with it, once the last program in it has ended, the network. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      if (orders.isPresent()) {
        orders.get().close();
      }
      if (outside.isPresent()) {
        Path socket = ((UnixDomainSocketAddress) outside.get().getLocalAddress()).getPath();
        outside.get().close();
        Files.deleteIfExists(socket);
        Files.deleteIfExists(socket.resolveSibling("in.sock"));
        Files.deleteIfExists(socket.getParent());
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing the private network", e);
    }
  }
}
