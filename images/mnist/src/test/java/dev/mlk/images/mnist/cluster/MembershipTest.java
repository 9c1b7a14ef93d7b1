package dev.mlk.images.mnist.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MembershipTest {
  private static final String DENSE =
      """
      {"cluster":{"chief":["j-chief-0.ns.svc:2222"],"evaluator":["j-evaluator-0.ns.svc:2222"],
       "ps":["j-ps-0.ns.svc:2222"],"worker":["j-worker-0.ns.svc:2222","j-worker-1.ns.svc:2222"]},
       "task":{"type":"%s","index":%d},"environment":"cloud"}
      """;

  private static Membership config(String text) {
    return Membership.from(Map.of("TF_CONFIG", text));
  }

  @Test
  void withoutAWordItTrainsAlone() {
    Membership alone = Membership.from(Map.of());
    assertThat(alone.role()).isEqualTo(Role.LOCAL);
    assertThat(alone.trainsAlone()).isTrue();
    assertThat(alone.chief()).isTrue();
    assertThat(config("{}")).isEqualTo(alone);
  }

  @Test
  void readsTheDenseForm() {
    Membership worker = config(DENSE.formatted("worker", 1));
    assertThat(worker.label()).isEqualTo("worker-1");
    assertThat(worker.address()).isEqualTo("j-worker-1.ns.svc:2222");
    assertThat(worker.of(Role.PS)).containsEntry(0, "j-ps-0.ns.svc:2222");
    assertThat(worker.chief()).isFalse();
    assertThat(worker.holderRole()).isEqualTo(Role.PS);
    assertThat(worker.trainsAlone()).isFalse();
    assertThat(config(DENSE.formatted("chief", 0)).chief()).isTrue();
    assertThat(config(DENSE.formatted("evaluator", 0)).role()).isEqualTo(Role.EVALUATOR);
  }

  @Test
  void readsTheSparseForm() {
    Membership worker =
        config(
            "{\"cluster\":{\"worker\":{\"3\":\"w3:2222\"},\"ps\":[\"p0:2222\",\"p1:2222\"]},"
                + "\"task\":{\"type\":\"worker\",\"index\":3}}");
    assertThat(worker.partial()).isTrue();
    assertThat(worker.address()).isEqualTo("w3:2222");
    assertThat(worker.of(Role.PS)).hasSize(2);
    Membership ps =
        config(
            "{\"cluster\":{\"worker\":{},\"ps\":[\"p1:2222\"]},"
                + "\"task\":{\"type\":\"ps\",\"index\":1}}");
    assertThat(ps.of(Role.PS)).containsOnlyKeys(1);
    assertThat(ps.address()).isEqualTo("p1:2222");
  }

  @Test
  void theSparseFormMayNameNoParameterServers() {
    Membership worker =
        config(
            "{\"cluster\":{\"worker\":{\"0\":\"w0:2222\"},\"ps\":null},"
                + "\"task\":{\"type\":\"worker\",\"index\":0}}");
    assertThat(worker.trainsAlone()).isTrue();
    Membership chief =
        config("{\"cluster\":{\"worker\":{},\"ps\":[]},\"task\":{\"type\":\"chief\",\"index\":0}}");
    assertThat(chief.trainsAlone()).isTrue();
    assertThat(chief.chief()).isTrue();
  }

  @Test
  void readsAClusterWithTrailingCommasAndThePodsName() {
    String cluster =
        """
        {"ps": ["ps-0.tf:2222",],
         "worker": ["worker-0.tf:2222", "worker-1.tf:2222",],}
        """;
    for (String pod : new String[] {"worker-1", "inception-worker-1", "a-b-c-worker-1"}) {
      Membership worker = Membership.from(Map.of("CLUSTER_CONFIG", cluster, "POD_NAME", pod));
      assertThat(worker.label()).isEqualTo("worker-1");
      assertThat(worker.address()).isEqualTo("worker-1.tf:2222");
    }
  }

  @Test
  void tfConfigCountsMoreThanClusterConfig() {
    Membership ps =
        Membership.from(
            Map.of("TF_CONFIG", DENSE.formatted("ps", 0), "CLUSTER_CONFIG", "nonsense"));
    assertThat(ps.label()).isEqualTo("ps-0");
  }

  @Test
  void withoutChiefTheFirstWorkerIsIt() {
    String config =
        "{\"cluster\":{\"ps\":[\"p:1\"],\"worker\":[\"w:1\",\"v:1\"]},"
            + "\"task\":{\"type\":\"worker\",\"index\":%d}}";
    assertThat(config(config.formatted(0)).chief()).isTrue();
    assertThat(config(config.formatted(1)).chief()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          nonsense                                                | TF_CONFIG is not JSON, line 1 column
          []                                                      | TF_CONFIG is not a JSON object
          {"cluster":{"worker":["w:1"]}}                          | TF_CONFIG: task is missing
          {"task":{"type":"worker","index":0}}                    | TF_CONFIG: cluster is missing
          {"cluster":{"worker":["w:1"]},"task":{"type":"boss"}}   | TF_CONFIG: task.type: "boss" is none of chief, master
          {"cluster":{"worker":["w:1"]},"task":{"type":"worker"}} | TF_CONFIG: task.index: "null" is not a number
          {"cluster":{"worker":["w:1"]},"task":{"type":"worker","index":4}} | TF_CONFIG: the cluster has 1 worker, and none is worker 4
          {"cluster":{"worker":["w"]},"task":{"type":"worker","index":0}}   | TF_CONFIG: cluster.worker has "w", not host:port
          """)
  void saysWhatIsWrong(String text, String sentence) {
    assertThatThrownBy(() -> config(text))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo(ExitCode.USAGE))
        .hasMessageStartingWith(sentence);
  }

  @Test
  void aPodNameMustEndInRoleAndNumber() {
    assertThatThrownBy(
            () ->
                Membership.from(
                    Map.of("CLUSTER_CONFIG", "{\"worker\":[\"w:1\"]}", "POD_NAME", "worker")))
        .hasMessage("POD_NAME=worker does not end in a role and a number, such as worker-0");
  }
}
