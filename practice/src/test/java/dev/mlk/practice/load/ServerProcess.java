package dev.mlk.practice.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.practice.RunCluster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A practice cluster without nodes in a process of its own, to be killed. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final Path socket;
  private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();

  private ServerProcess(Process process, Path folder) {
    this.process = process;
    this.socket = folder.resolve("api.sock");
    Thread.ofVirtual().start(this::readErrors);
  }

  /** Starts it and returns when it answers. */
  static ServerProcess start(Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                RunCluster.class.getName(),
                folder.toString())
            .start();
    ServerProcess server = new ServerProcess(process, folder);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    assertThat(line).as("the server says %s", server.errors).startsWith("ready ");
    return server;
  }

  private void readErrors() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(errors::add);
    } catch (IOException | UncheckedIOException e) {
      errors.add("(" + e + ")");
    }
  }

  ApiClient client() {
    return new ApiClient(new HttpTransport(Endpoint.unix(socket)), "test");
  }

  /** What it wrote to its log so far. */
  List<String> log() {
    return List.copyOf(errors);
  }

  /** Lets no file that the process writes grow beyond so many bytes: "unlimited" lifts that. */
  void limitFiles(String bytes) throws IOException, InterruptedException {
    Process limit =
        new ProcessBuilder(
                "prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":")
            .redirectErrorStream(true)
            .start();
    String said = new String(limit.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(limit.waitFor()).as(said).isZero();
  }

  /** Ends it as a kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
