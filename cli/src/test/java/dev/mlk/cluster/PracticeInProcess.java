package dev.mlk.cluster;

import dev.mlk.app.App;
import dev.mlk.console.TestConsole;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * A practice cluster in this process, in a folder of the test's, and commands that find it as they
 * would find the background process: by its socket, with no kubeconfig.
 */
public final class PracticeInProcess implements AutoCloseable {
  /**
   * How a command ended.
   *
   * @param code its exit code
   * @param out standard output
   * @param err standard error
   */
  public record Result(int code, String out, String err) {}

  private final Path home;
  private final ClusterServer server;
  private final ClusterFolder folder;

  private PracticeInProcess(Path home, ClusterFolder folder, ClusterServer server) {
    this.home = home;
    this.folder = folder;
    this.server = server;
  }

  /** Starts the default practice cluster of a home folder. */
  public static PracticeInProcess start(Path home) throws IOException {
    ClusterFolder folder =
        new ClusterFolder("practice", home.resolve(".mlk").resolve("clusters").resolve("practice"));
    PrivateFiles.createFolder(folder.path());
    ClusterLock lock = ClusterLock.take(folder.lock(), ProcessHandle.current().pid()).orElseThrow();
    return new PracticeInProcess(
        home,
        folder,
        ClusterServer.start(
            folder,
            lock,
            ClusterProcess.images(),
            System.getenv("PATH"),
            Clock.systemUTC(),
            _ -> {}));
  }

  /** The owner's kubeconfig: TLS, client certificate. */
  public Path kubeconfig() {
    return folder.kubeconfig();
  }

  /** A client with the owner's rights; the caller closes it. */
  public ApiClient client() {
    return new ApiClient(new HttpTransport(Endpoint.unix(folder.socket())), "test");
  }

  /** The environment of the commands. */
  public Map<String, String> environment() {
    return Map.of("HOME", home.toString());
  }

  /** Runs a command as a script would. */
  public Result run(String... arguments) {
    return run(TestConsole.pipe(), Map.of(), arguments);
  }

  /** Runs a command with a console and more environment variables. */
  public Result run(TestConsole console, Map<String, String> more, String... arguments) {
    return run(console, more, InstantSource.system(), arguments);
  }

  /** The same at another time than the cluster's. */
  public Result run(
      TestConsole console, Map<String, String> more, InstantSource clock, String... arguments) {
    Map<String, String> environment = new HashMap<>(environment());
    environment.putAll(more);
    App app = new App(console.console(), environment, home, clock);
    int code = app.run(arguments);
    return new Result(code, console.out(), console.err());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
