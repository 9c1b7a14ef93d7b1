package dev.mlk.practice.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import dev.mlk.practice.kubelet.PodStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeadFirstTest {
  @Test
  void clientsOfSilentStreamsGetTheHeadAtOnceAndTheBodyUnchanged(@TempDir Path folder)
      throws IOException {
    PipedOutputStream log = new PipedOutputStream();
    PipedInputStream said = new PipedInputStream(log);
    try (TestCluster cluster = TestCluster.start(folder);
        HttpTransport transport =
            new HttpTransport(
                Endpoint.unix(cluster.cluster().socket()),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10))) {
      cluster.cluster().podStreams(new Silent(said));
      cluster.create(
          Resources.PODS,
          "default",
          "{metadata: {name: 'quiet'}, spec: {nodeName: 'n', containers: [{name: 'main', image: 'i'}]}}");
      Request follow =
          Request.of("GET", Resources.PODS.path("default", "quiet", "log")).query("follow", "true");
      try (Reply reply = transport.send(follow)) {
        assertThat(reply.status()).isEqualTo(200);
        log.write("at last\n".getBytes(StandardCharsets.UTF_8));
        log.close();
        assertThat(new String(reply.body().readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo("at last\n");
      }
      Request watch = Request.of("GET", Resources.LEASES.path("default")).query("watch", "true");
      try (Reply reply = transport.send(watch)) {
        assertThat(reply.status()).isEqualTo(200);
      }
    }
  }

  /** A node agent whose pods' logs are one stream, and that can do nothing else. */
  private record Silent(InputStream log) implements PodStreams {
    @Override
    public InputStream log(Target target, LogOptions options) {
      return log;
    }

    @Override
    public RunningCommand exec(Target target, List<String> command, boolean terminal)
        throws IOException {
      throw new IOException("only logs");
    }

    @Override
    public RunningCommand attach(Target target, boolean terminal) throws IOException {
      throw new IOException("only logs");
    }

    @Override
    public Socket connect(Target target, int port) throws IOException {
      throw new IOException("only logs");
    }
  }
}
