package dev.mlk.practice.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A disk that takes no more, for a real process: its files may not grow. */
@EnabledOnOs(OS.LINUX)
final class DiskFullTest {
  @TempDir Path folder;

  @Test
  void aFullDiskIsSaidReadingGoesOnAndWritingGoesOnAfterwards() throws Exception {
    try (ServerProcess server = ServerProcess.start(folder);
        ApiClient client = server.client()) {
      List<String> acknowledged = new ArrayList<>();
      write(client, acknowledged, "before", 20);
      server.limitFiles("4096");
      assertThatThrownBy(() -> write(client, acknowledged, "full", 2_000))
          .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(500))
          .hasMessageContaining("the cluster's store cannot be written")
          .hasMessageContaining("once there is space on the disk");
      assertThat(names(client)).containsAll(acknowledged);
      assertThatThrownBy(() -> client.open(Request.of("GET", "/readyz")))
          .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(500))
          .hasMessageContaining("[-]store failed: the cluster's store cannot be written");
      said(server, "the cluster's store cannot be written");

      server.limitFiles("unlimited");
      TestCluster.await(() -> ready(client), good -> good);
      write(client, acknowledged, "after", 20);
      assertThat(names(client)).containsAll(acknowledged);
      said(server, "can be written again");
      server.kill();
      try (ServerProcess next = ServerProcess.start(folder);
          ApiClient again = next.client()) {
        assertThat(names(again)).containsAll(acknowledged);
      }
    }
  }

  /** The log is another thread's: a line is there soon, and once only. */
  private static void said(ServerProcess server, String words) {
    TestCluster.await(
        () -> server.log().stream().filter(line -> line.contains(words)).count(),
        number -> number > 0);
    assertThat(server.log()).filteredOn(line -> line.contains(words)).hasSize(1);
  }

  private static boolean ready(ApiClient client) {
    try {
      client.open(Request.of("GET", "/readyz")).close();
      return true;
    } catch (ApiException e) {
      return false;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void write(ApiClient client, List<String> acknowledged, String prefix, int count) {
    for (int i = 0; i < count; i++) {
      String name = prefix + "-" + i;
      client.create(
          Resources.CONFIG_MAPS, "default", TestCluster.json("{metadata: {name: '" + name + "'}}"));
      acknowledged.add(name);
    }
  }

  private static List<String> names(ApiClient client) {
    ObjectNode list = client.list(Resources.CONFIG_MAPS, "default", java.util.Map.of());
    return list.path("items")
        .valueStream()
        .map(item -> item.path("metadata").path("name").asString())
        .toList();
  }
}
