package dev.mlk.practice.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiException;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a DELETE says of itself in its query or its body; the texts are those of Kubernetes. */
final class DeleteOptionsTest {
  private static final String GONE = "gone";
  private static final String KEPT = "kept";
  private static final String ORPHANED = "orphaned";

  /**
   * A DELETE and what comes of it.
   *
   * @param query as in a URL, empty for none
   * @param body JSON, empty for none
   * @param outcome GONE, KEPT or ORPHANED when it is accepted, else the code and the message
   */
  private record Case(String query, String body, String outcome) {
    static Case query(String query, String outcome) {
      return new Case(query, "", outcome);
    }

    static Case body(String body, String outcome) {
      return new Case("", body, outcome);
    }
  }

  private static final List<Case> CASES =
      List.of(
          Case.query("dryRun=All", KEPT),
          Case.query("dryRun=", unsupportedDryRun("\"\"")),
          Case.query("dryRun=None", unsupportedDryRun("\"None\"")),
          Case.body("{\"dryRun\":[]}", GONE),
          Case.body("{\"dryRun\":null}", GONE),
          Case.body("{\"dryRun\":[\"All\"]}", KEPT),
          Case.body("{\"dryRun\":[\"All\",\"All\"]}", KEPT),
          Case.body("{\"dryRun\":[\"\"]}", unsupportedDryRun("\"\"")),
          Case.body("{\"dryRun\":[\"All\",\"\"]}", unsupportedDryRun("\"All\",\"\"")),
          Case.body("{\"dryRun\":\"All\"}", "400 " + wrongType("string", "dryRun", "[]string")),
          Case.body("{\"dryRun\":[1]}", "400 " + wrongType("number", "dryRun", "string")),
          Case.body(
              "{\"gracePeriodSeconds\":\"5\"}",
              "400 " + wrongType("string", "gracePeriodSeconds", "int64")),
          Case.body("{\"propagationPolicy\":\"\"}", invalid(unsupportedPolicy(""))),
          Case.body("{\"unknown\":1}", GONE),
          Case.body(
              "{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}",
              "400 no kind \"Pod\" is registered for version \"v1\" in scheme"
                  + " \"pkg/runtime/scheme.go:111\""),
          Case.query("propagationPolicy=", invalid(unsupportedPolicy(""))),
          Case.query(
              "dryRun=&propagationPolicy=Nope",
              invalid(
                  "["
                      + unsupportedPolicy("Nope")
                      + ", dryRun: Unsupported value: [\"\"]: supported values: \"All\"]")),
          Case.query("gracePeriodSeconds=", "400 strconv.ParseInt: parsing \"\": invalid syntax"),
          Case.query("orphanDependents=", ORPHANED),
          Case.query("orphanDependents=False", GONE),
          // A query beside a body says nothing.
          new Case("dryRun=All", "{}", GONE),
          new Case("dryRun=None&propagationPolicy=Nope&gracePeriodSeconds=x", "{}", GONE),
          new Case("orphanDependents=true", "{\"propagationPolicy\":\"Orphan\"}", ORPHANED));

  @Test
  void queryOrBodySayHowObjectsAreDeleted(@TempDir Path folder) throws IOException {
    try (TestCluster cluster = TestCluster.start(folder)) {
      SoftAssertions all = new SoftAssertions();
      for (int i = 0; i < CASES.size(); i++) {
        Case each = CASES.get(i);
        create(cluster, "one-" + i);
        String one = Resources.CONFIG_MAPS.path("default", "one-" + i);
        String outcome = outcome(cluster, Request.of("DELETE", one), each, "one-" + i);
        all.assertThat(outcome).as("one: %s", each).isEqualTo(each.outcome());
        create(cluster, "some-" + i);
        Request some =
            Request.of("DELETE", Resources.CONFIG_MAPS.path("default"))
                .query("labelSelector", "case=some-" + i);
        if (!each.outcome().equals(ORPHANED)) {
          all.assertThat(outcome(cluster, some, each, "some-" + i))
              .as("collection: %s", each)
              .isEqualTo(each.outcome());
        }
      }
      all.assertAll();
    }
  }

  @Test
  void aDeletedCollectionIsShownAsItWas(@TempDir Path folder) throws IOException {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.create(
          Resources.CONFIG_MAPS,
          "default",
          "{metadata: {name: 'held', labels: {case: 'held'}, finalizers: ['example.org/hold']}}");
      JsonNode before = cluster.client().get(Resources.CONFIG_MAPS, "default", "held");
      Request request =
          Request.of("DELETE", Resources.CONFIG_MAPS.path("default"))
              .query("labelSelector", "case=held");
      JsonNode item = cluster.client().call(request).path("items").path(0);
      assertThat(item.path("metadata")).isEqualTo(before.path("metadata"));
      assertThat(item.has("kind")).isFalse();
      JsonNode after = cluster.client().get(Resources.CONFIG_MAPS, "default", "held");
      assertThat(after.path("metadata").has("deletionTimestamp")).isTrue();
    }
  }

  @Test
  void anEvictionThatIsOnlyTriedLeavesThePodAsItWas(@TempDir Path folder) throws IOException {
    try (TestCluster cluster = TestCluster.start(folder)) {
      cluster.create(
          Resources.PODS,
          "default",
          "{metadata: {name: 'web'}, spec: {nodeName: 'node-1', containers: [{name: 'main', image:"
              + " 'nginx'}]}}");
      JsonNode before = cluster.client().get(Resources.PODS, "default", "web");
      for (String deleteOptions : List.of("{\"dryRun\":[\"All\"]}", "{}")) {
        String eviction =
            "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"web\"},"
                + "\"deleteOptions\":"
                + deleteOptions
                + "}";
        Request request =
            Request.of("POST", Resources.PODS.path("default", "web") + "/eviction")
                .body("application/json", eviction.getBytes(StandardCharsets.UTF_8));
        // Asked for in the body, and in the query of one that has none there.
        boolean inQuery = deleteOptions.equals("{}");
        cluster.client().call(inQuery ? request.query("dryRun", "All") : request);
        assertThat(cluster.client().get(Resources.PODS, "default", "web")).isEqualTo(before);
      }
    }
  }

  private static void create(TestCluster cluster, String name) {
    cluster.create(
        Resources.CONFIG_MAPS,
        "default",
        "{metadata: {name: '" + name + "', labels: {case: '" + name + "'}}}");
  }

  private static String outcome(TestCluster cluster, Request request, Case each, String name) {
    for (String pair : each.query().isEmpty() ? new String[0] : each.query().split("&", -1)) {
      int equals = pair.indexOf('=');
      request = request.query(pair.substring(0, equals), pair.substring(equals + 1));
    }
    if (!each.body().isEmpty()) {
      request = request.body("application/json", each.body().getBytes(StandardCharsets.UTF_8));
    }
    try {
      JsonNode answer = cluster.client().call(request);
      if (answer.path("metadata").path("finalizers").toString().contains("orphan")) {
        return ORPHANED;
      }
      boolean there = cluster.client().find(Resources.CONFIG_MAPS, "default", name).isPresent();
      return there ? KEPT : GONE;
    } catch (ApiException e) {
      return e.code() + " " + e.getMessage();
    }
  }

  private static String wrongType(String found, String field, String type) {
    return "json: cannot unmarshal "
        + found
        + " into Go struct field DeleteOptions."
        + field
        + " of type "
        + type;
  }

  private static String unsupportedDryRun(String values) {
    return invalid("dryRun: Unsupported value: [" + values + "]: supported values: \"All\"");
  }

  private static String unsupportedPolicy(String value) {
    return "propagationPolicy: Unsupported value: \""
        + value
        + "\": supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"";
  }

  private static String invalid(String causes) {
    return "422 DeleteOptions.meta.k8s.io \"\" is invalid: " + causes;
  }
}
