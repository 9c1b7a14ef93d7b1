import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An API server over TLS with a client certificate, and the processes that are its memory.
 *
 * @param clients each for any number of threads, but keeping only so many connections
 * @param processes process ids
 */
record Target(List<ApiClient> clients, List<Long> processes) {
  private static final int CLIENTS = 8;

  static Target of(URI server, Path authority, Path certificate, Path key, List<Long> processes)
      throws IOException {
    Endpoint endpoint =
        Endpoint.at(server)
            .trusting(Files.readAllBytes(authority))
            .identity(Files.readAllBytes(certificate), Files.readAllBytes(key));
    List<ApiClient> clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(_ -> new ApiClient(new HttpTransport(endpoint), "benchmark"))
            .toList();
    return new Target(clients, processes);
  }

  /** The client of this thread. */
  ApiClient client() {
    return clients.get((int) (Thread.currentThread().threadId() % CLIENTS));
  }

  /** Sends a request and returns the whole answer, unread. */
  byte[] send(String method, String path, String body) {
    return send(request(method, path, "application/json", body));
  }

  byte[] patch(String path, String body) {
    return send(request("PATCH", path, "application/merge-patch+json", body));
  }

  byte[] send(Request request) {
    try (Reply reply = client().open(request)) {
      return reply.body().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What kubectl and the Go client ask for. */
  byte[] getZipped(String path) {
    return send(request("GET", path, "", "").header("Accept-Encoding", "gzip"));
  }

  private static Request request(String method, String path, String type, String body) {
    int question = path.indexOf('?');
    Request request = Request.of(method, question < 0 ? path : path.substring(0, question));
    if (question >= 0) {
      for (String pair : path.substring(question + 1).split("&", -1)) {
        String[] parts = pair.split("=", 2);
        request = request.query(parts[0], parts[1]);
      }
    }
    return body.isEmpty() ? request : request.body(type, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Processor time of all its processes so far, s. */
  double processorSeconds() {
    return processes.stream()
        .map(process -> ProcessHandle.of(process).orElseThrow())
        .mapToDouble(handle -> handle.info().totalCpuDuration().orElseThrow().toNanos() / 1e9)
        .sum();
  }

  /** Resident memory of all its processes, MiB. */
  long resident() {
    long kibibytes = 0;
    for (long process : processes) {
      try {
        for (String line : Files.readAllLines(Path.of("/proc/" + process + "/status"))) {
          if (line.startsWith("VmRSS:")) {
            kibibytes += Long.parseLong(line.replaceAll("[^0-9]", ""));
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return kibibytes / 1024;
  }
}
