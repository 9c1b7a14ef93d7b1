package dev.mlk.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.problem.Problem;
import org.junit.jupiter.api.Test;

final class KubeconfigTextTest {
  private static final String OURS =
      """
      apiVersion: v1
      kind: Config
      clusters:
      - name: mlk-practice
        cluster:
          server: https://127.0.0.1:40000
          extensions:
          - name: mlk.dev/practice
            extension:
              cluster: practice
      users:
      - name: mlk-practice
        user:
          token: "123"
      contexts:
      - name: mlk-practice
        context:
          cluster: mlk-practice
          user: mlk-practice
      current-context: mlk-practice
      """;

  private static final String THEIRS =
      """
      # my clusters
      apiVersion: v1
      kind: Config
      preferences: {}
      clusters:
        # the big one
        - cluster:
            server: https://work:6443   # behind the VPN
          name: work

      contexts:
        - context: {cluster: work, user: me}
          name: work
      # who I am
      users:
        - name: me
          user: {token: abc}
      current-context: work # careful
      """;

  private static KubeconfigText text(String text) {
    return new KubeconfigText(text, "config");
  }

  @Test
  void mergingKeepsEveryLineOfTheUser() {
    KubeconfigText merged = text(THEIRS).with(OURS, "mlk-practice");
    assertThat(merged.text().lines()).containsSubsequence(THEIRS.lines().toList());
    assertThat(merged.hasContext("mlk-practice")).isTrue();
    assertThat(merged.current()).isEqualTo("work");
  }

  @Test
  void takingItOutAgainGivesTheVeryTextBack() {
    assertThat(text(THEIRS).with(OURS, "mlk-practice").without("mlk-practice").text())
        .isEqualTo(THEIRS);
  }

  @Test
  void mergingTwiceIsMergingOnceWithTheLaterEntries() {
    String newer = OURS.replace("40000", "50000");
    KubeconfigText twice = text(THEIRS).with(OURS, "mlk-practice").with(newer, "mlk-practice");
    assertThat(twice.text()).isEqualTo(text(THEIRS).with(newer, "mlk-practice").text());
  }

  @Test
  void whereNothingIsItBecomesTheCurrentContext() {
    for (String empty :
        new String[] {"", "apiVersion: v1\nclusters: []\nusers: null\ncontexts:\n"}) {
      KubeconfigText merged = text(empty).with(OURS, "mlk-practice");
      assertThat(merged.current()).isEqualTo("mlk-practice");
      assertThat(merged.hasContext("mlk-practice")).isTrue();
      KubeconfigText gone = merged.without("mlk-practice");
      assertThat(gone.current()).isEmpty();
      assertThat(gone.hasContext("mlk-practice")).isFalse();
    }
  }

  @Test
  void textsThatLookLikeNumbersStayTexts() {
    assertThat(text("").with(OURS, "mlk-practice").text()).contains("token: \"123\"");
  }

  @Test
  void jsonAndFlowStyleAreWrittenAnewAndLoseNothing() {
    String json =
        """
        {"apiVersion":"v1","clusters":[{"name":"a","cluster":{"server":"https://a","insecure-skip-tls-verify":true}}],
         "contexts":[{"name":"a","context":{"cluster":"a","user":"a"}}],"users":[{"name":"a","user":{"token":"1"}}],
         "current-context":"a"}
        """;
    KubeconfigText merged = text(json).with(OURS, "mlk-practice");
    assertThat(merged.current()).isEqualTo("a");
    assertThat(merged.text())
        .contains("server: https://a", "insecure-skip-tls-verify: true", "token: \"1\"")
        .contains("mlk-practice");
  }

  @Test
  void anEntryBetweenOthersIsTakenOutAlone() {
    String between =
        """
        clusters:
        - {name: a, cluster: {server: "https://a"}}
        - name: mlk-practice
          cluster: {server: "https://x"}
        # about b
        - name: b
          cluster: {server: "https://b"}
        """;
    assertThat(text(between).without("mlk-practice").text())
        .isEqualTo(
            """
            clusters:
            - {name: a, cluster: {server: "https://a"}}
            # about b
            - name: b
              cluster: {server: "https://b"}
            """);
  }

  @Test
  void whatIsNoKubeconfigIsNotTouched() {
    assertThatThrownBy(() -> text("- a\n- b\n").with(OURS, "mlk-practice"))
        .isInstanceOf(Problem.BadInput.class);
  }
}
