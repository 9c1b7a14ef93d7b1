package dev.mlk.practice.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.TestCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two definitions of one group that want the same names. */
final class NameConflictTest {
  private static PracticeCluster cluster;
  private static ApiClient owner;

  @BeforeAll
  static void start() {
    cluster = PracticeCluster.start(config -> config.nodes(0));
    owner = new ApiClient(cluster.transport(), "test");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void theSecondWaitsUntilTheFirstIsGone() {
    define("a.example.org", "firsts", "First", "shared");
    await("firsts.a.example.org", "True", "NoConflicts", "no conflicts found");
    define("a.example.org", "seconds", "Second", "shared");
    await("seconds.a.example.org", "False", "ShortNamesConflict", "\"shared\" is already in use");
    JsonNode waiting = owner.get(Resources.CUSTOM_RESOURCES, "", "seconds.a.example.org");
    assertThat(TestCluster.reason(waiting, "Established", "False")).isEqualTo("NotAccepted");
    assertThat(waiting.path("status").path("acceptedNames").has("shortNames")).isFalse();
    assertThat(waiting.path("status").path("acceptedNames").path("kind").asString())
        .isEqualTo("Second");
    assertThat(resources("a.example.org")).contains("firsts").doesNotContain("seconds");

    owner.delete(Resources.CUSTOM_RESOURCES, "", "firsts.a.example.org", TestCluster.json("{}"));
    await("seconds.a.example.org", "True", "NoConflicts", "no conflicts found");
    TestCluster.await(() -> resources("a.example.org"), found -> found.contains("seconds"));
  }

  @Test
  void kindsAreNamesToo() {
    define("b.example.org", "firsts", "Thing", "f");
    await("firsts.b.example.org", "True", "NoConflicts", "no conflicts found");
    define("b.example.org", "seconds", "Thing", "s");
    await("seconds.b.example.org", "False", "ListKindConflict", "\"ThingList\" is already in use");
    define("c.example.org", "seconds", "Thing", "f");
    await("seconds.c.example.org", "True", "NoConflicts", "no conflicts found");
  }

  @Test
  void anEstablishedOneKeepsItsNamesWhenItWantsThoseOfAnother() {
    define("d.example.org", "firsts", "First", "f");
    define("d.example.org", "seconds", "Second", "s");
    await("seconds.d.example.org", "True", "NoConflicts", "no conflicts found");
    owner.patch(
        Resources.CUSTOM_RESOURCES.path("", "seconds.d.example.org"),
        ApiClient.PatchType.MERGE,
        TestCluster.json("{spec: {names: {shortNames: ['f']}}}"));
    JsonNode now =
        await("seconds.d.example.org", "False", "ShortNamesConflict", "\"f\" is already in use");
    assertThat(TestCluster.reason(now, "Established", "True")).isEqualTo("InitialNamesAccepted");
    assertThat(resources("d.example.org")).contains("[\"s\"]");
  }

  private static void define(String group, String plural, String kind, String shortName) {
    owner.create(
        Resources.CUSTOM_RESOURCES,
        "",
        TestCluster.json(
            """
            {metadata: {name: 'PLURAL.GROUP'}, spec: {group: 'GROUP', scope: 'Namespaced',
             names: {plural: 'PLURAL', kind: 'KIND', shortNames: ['SHORT']},
             versions: [{name: 'v1', served: true, storage: true, schema: {openAPIV3Schema: {type: 'object'}}}]}}
            """
                .replace("PLURAL", plural)
                .replace("GROUP", group)
                .replace("KIND", kind)
                .replace("SHORT", shortName)));
  }

  private static JsonNode await(String name, String status, String reason, String message) {
    JsonNode definition =
        TestCluster.await(
            () -> owner.get(Resources.CUSTOM_RESOURCES, "", name),
            now -> TestCluster.reason(now, "NamesAccepted", status).equals(reason));
    assertThat(definition.path("status").path("conditions").path(0).path("message").asString())
        .isEqualTo(message);
    return definition;
  }

  private static String resources(String group) {
    return owner.call(Request.of("GET", "/apis/" + group + "/v1")).path("resources").toString();
  }
}
