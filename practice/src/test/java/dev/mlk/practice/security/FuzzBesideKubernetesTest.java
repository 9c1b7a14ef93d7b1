package dev.mlk.practice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.KubernetesCluster;
import dev.mlk.practice.KubernetesConfig.Parts;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.PracticeConfig;
import dev.mlk.practice.security.RandomRequests.Drawn;
import dev.mlk.practice.security.Wire.Reply;
import dev.mlk.practice.testing.RealPrograms;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests of {@link FuzzTest} go to the practice cluster and to the real API server, one after
 * the other: where the practice cluster blames itself, so does Kubernetes. A request about an
 * object that the two know differently by then proves nothing and is only counted.
 */
@Tag("slow")
final class FuzzBesideKubernetesTest {
  private static final int SECONDS = Integer.getInteger("fuzz.seconds", 20);
  private static final long SEED = Long.getLong("fuzz.seed", 20_261_122L);
  private static final int LEAST = 3;

  @TempDir Path folder;
  private final List<String> faults = new ArrayList<>();
  private final Map<String, Integer> counts = new TreeMap<>();

  @Test
  void whatIsAServerErrorHereIsOneThere() throws IOException {
    RealPrograms.needed();
    Path real = Files.createDirectory(folder.resolve("real"));
    try (PracticeCluster practice =
            PracticeCluster.start(PracticeConfig.of("fuzz", folder.resolve("practice")));
        KubernetesCluster kubernetes = RealPrograms.start(real, Parts.OWN);
        Peer here = new Peer(practice.server(), Keys.token(practice));
        Peer there =
            new Peer(
                kubernetes.server(),
                Files.readString(real.resolve("pki").resolve("owner.token")).strip())) {
      RandomRequests requests = new RandomRequests(new SplittableRandom(SEED));
      long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
      while (System.nanoTime() < end) {
        compare(requests.next(), here, there);
      }
    }
    System.out.println("fuzz beside kubernetes, seed " + SEED + ": " + counts);
    assertThat(faults).as("seed %d, %s", SEED, counts).isEmpty();
    assertThat(counts.getOrDefault("faults of both", 0))
        .as("seed %d, %s", SEED, counts)
        .isGreaterThanOrEqualTo(LEAST);
  }

  private void compare(Drawn drawn, Peer here, Peer there) throws IOException {
    Reply reply = answer(drawn, here);
    int status = reply.status();
    boolean fault = status >= 500;
    boolean same = !fault || content(drawn, here).equals(content(drawn, there));
    Reply answer = answer(drawn, there);
    int other = answer.status();
    count(fault ? same ? other >= 500 ? "faults of both" : "faults here" : "drifted" : "fine");
    if (!fault && other >= 500) {
      count("faults of kubernetes alone");
      System.out.println(other + " of Kubernetes, " + status + " here: " + drawn + answer.text());
    }
    if (fault && same && other < 500) {
      faults.add(
          status
              + " here, "
              + other
              + " there: "
              + drawn
              + "\n  "
              + reply.text()
              + "\n  "
              + answer.text());
    }
  }

  private static Reply answer(Drawn drawn, Peer peer) throws IOException {
    Reply none = new Reply(0, List.of(), new byte[0]);
    try {
      return peer.send(drawn).orElse(none);
    } catch (SocketTimeoutException e) {
      return none;
    }
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  /** What the request is about, as far as two servers can agree on it. */
  private static Object content(Drawn drawn, Peer peer) throws IOException {
    String path = drawn.path().replaceAll("\\?.*", "");
    Drawn get = new Drawn("GET", path, List.of("Accept: application/json"), new byte[0]);
    Reply reply = peer.send(get).orElseThrow();
    if (reply.status() != 200) {
      return reply.status();
    }
    try {
      JsonNode object = JsonMapper.shared().readTree(reply.body());
      if (object.path("kind").asString("").endsWith("List")) {
        return "list";
      }
      if (object.path("metadata") instanceof ObjectNode metadata) {
        metadata.remove(
            List.of("uid", "resourceVersion", "creationTimestamp", "generation", "managedFields"));
        ((ObjectNode) object).remove("status");
      }
      return object;
    } catch (JacksonException e) {
      return reply.text();
    }
  }
}
