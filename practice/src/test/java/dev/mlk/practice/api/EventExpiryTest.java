package dev.mlk.practice.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.Resources;
import dev.mlk.practice.api.catalog.Catalog;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.store.Limits;
import dev.mlk.practice.store.ObjectStore;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class EventExpiryTest {
  @Test
  void eventsGoAnHourAfterTheyWereLastSeen(@TempDir Path folder) {
    try (ObjectStore store = ObjectStore.open(folder, Limits.DEFAULT)) {
      Objects objects = new Objects(store, Catalog.builtIn());
      create(objects, "old", "2026-01-01T10:00:00Z", "");
      create(objects, "repeated", "2026-01-01T10:00:00Z", "2026-01-01T11:30:00Z");
      create(objects, "new", "2026-01-01T11:30:00Z", "");
      Instant now = Instant.parse("2026-01-01T12:00:00Z");
      try (EventExpiry expiry = EventExpiry.start(objects, () -> now)) {
        expiry.look();
      }
      assertThat(objects.list(Resources.EVENTS, "default"))
          .extracting(event -> event.path("metadata").path("name").asString())
          .containsExactly("new", "repeated");
    }
  }

  private static void create(Objects objects, String name, String made, String last) {
    ObjectNode event =
        (ObjectNode)
            JsonMapper.shared()
                .readTree(
                    "{\"metadata\":{\"name\":\""
                        + name
                        + "\",\"namespace\":\"default\",\"creationTimestamp\":\""
                        + made
                        + "\"},\"lastTimestamp\":\""
                        + last
                        + "\"}");
    objects.create(objects.catalog().require(Resources.EVENTS), event);
  }
}
