package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A user whom an administrator gave rights in one namespace and none in the cluster: all work with
 * jobs goes on there, and everything elsewhere is refused.
 */
final class NamespaceRightsIT {
  private static final String RIGHTS =
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: team
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: learner
        namespace: team
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata:
        name: learner
        namespace: team
      rules:
      - apiGroups: [kubeflow.org]
        resources: [tfjobs]
        verbs: [get, list, watch, create, update, patch, delete]
      - apiGroups: [""]
        resources: [pods, events, services]
        verbs: [get, list, watch]
      - apiGroups: [""]
        resources: [pods/log]
        verbs: [get]
      - apiGroups: [""]
        resources: [persistentvolumeclaims, configmaps]
        verbs: [get, list, create, update, patch, delete]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata:
        name: learner
        namespace: team
      roleRef:
        apiGroup: rbac.authorization.k8s.io
        kind: Role
        name: learner
      subjects:
      - kind: ServiceAccount
        name: learner
        namespace: team
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata:
        name: looker
        namespace: team
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata:
        name: looker
        namespace: team
      rules:
      - apiGroups: [kubeflow.org]
        resources: [tfjobs]
        verbs: [get, list, create, delete]
      - apiGroups: [""]
        resources: [pods, pods/log, events]
        verbs: [get, list]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata:
        name: looker
        namespace: team
      roleRef:
        apiGroup: rbac.authorization.k8s.io
        kind: Role
        name: looker
      subjects:
      - kind: ServiceAccount
        name: looker
        namespace: team
      """;

  private static final String SHORT_JOB =
      """
      apiVersion: kubeflow.org/v1
      kind: TFJob
      metadata:
        name: seldom-seen
      spec:
        tfReplicaSpecs:
          Worker:
            replicas: 1
            template:
              spec:
                containers:
                - name: tensorflow
                  image: mlk/simulated
                  args: ["--duration=3s", "--log=step=1 loss=0.5"]
      """;

  private static final JsonMapper JSON = JsonMapper.shared();
  private static Mlk mlk;
  private static String looker;

  @BeforeAll
  static void startCluster() throws Exception {
    mlk = new Mlk();
    mlk.ok("cluster", "start");
    mlk.ok("tfjob", "submit", mlk.file("rights.yaml", RIGHTS));
    String owner = mlk.ok("cluster", "kubeconfig");
    mlk.set("KUBECONFIG", mlk.file("team.yaml", kubeconfig(owner, "learner")));
    looker = mlk.file("looker.yaml", kubeconfig(owner, "looker"));
  }

  @AfterAll
  static void stopCluster() throws Exception {
    mlk.set("KUBECONFIG", "");
    mlk.close();
  }

  /** The owner's kubeconfig with the service account's token and namespace instead of the owner. */
  private static String kubeconfig(String owner, String account) throws Exception {
    Matcher server = Pattern.compile("server: \"?(https://[0-9.:]+)").matcher(owner);
    Matcher authority =
        Pattern.compile("certificate-authority-data: \"?([^\"\\s]+)").matcher(owner);
    assertThat(server.find() && authority.find()).as(owner).isTrue();
    return """
    apiVersion: v1
    kind: Config
    current-context: team
    clusters:
    - name: cluster
      cluster: {server: "%s", certificate-authority-data: "%s"}
    contexts:
    - name: team
      context: {cluster: cluster, user: learner, namespace: team}
    users:
    - name: learner
      user: {token: "%s"}
    """
        .formatted(server.group(1), authority.group(1), token(account));
  }

  /** A token from the TokenRequest API, as an administrator gets it for a service account. */
  private static String token(String account) throws Exception {
    Path cluster = mlk.home().resolve(".mlk/clusters/practice");
    JsonNode endpoint = JSON.readTree(Files.readString(cluster.resolve("endpoint.json")));
    Endpoint owner = Endpoint.unix(Path.of(endpoint.path("socket").asString()));
    try (ApiClient api = new ApiClient(new HttpTransport(owner), "mlk-it")) {
      String path = "/api/v1/namespaces/team/serviceaccounts/" + account + "/token";
      String body =
          "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}";
      JsonNode reply =
          api.call(
              Request.of("POST", path)
                  .body("application/json", body.getBytes(StandardCharsets.UTF_8)));
      return reply.path("status").path("token").asString();
    }
  }

  @Test
  void aJobIsSubmittedFollowedAndLookedAtWithRightsInOneNamespace() throws Exception {
    Mlk.Result followed = mlk.run("tfjob", "submit", "mnist", "--set", "steps=200", "--follow");
    assertThat(followed.code()).as(followed.all()).isZero();
    assertThat(followed.out()).contains("worker-0 | step=");
    assertThat(mlk.ok("tfjob", "list")).containsPattern("mnist +Succeeded");
    assertThat(mlk.ok("tfjob", "get", "mnist")).contains("Succeeded", "worker-0");
    assertThat(mlk.ok("tfjob", "logs", "mnist"))
        .isEqualTo(followed.out().replaceAll("^.*created\n", ""));
    assertThat(mlk.ok("tfjob", "wait", "mnist")).isNotNull();
    assertThat(mlk.ok("tfjob", "why", "mnist")).contains("has succeeded");
    mlk.ok("tfjob", "delete", "mnist", "--yes");
    assertThat(mlk.run("tfjob", "get", "mnist").code()).isEqualTo(3);
  }

  @Test
  void aJobIsSuspendedAndResumedWithRightsInOneNamespace() throws Exception {
    mlk.ok("tfjob", "submit", "mnist-distributed", "--set", "steps=100000");
    try (Mlk.Running follow = mlk.start("tfjob", "logs", "mnist-distributed", "--follow")) {
      follow.awaitOut("training", out -> out.contains("step="));
    }
    mlk.ok("tfjob", "suspend", "mnist-distributed");
    Mlk.await("the pods to go", () -> mlk.processes("dev.mlk.images.mnist").isEmpty());
    assertThat(mlk.ok("tfjob", "why", "mnist-distributed")).contains("suspended");
    mlk.ok("tfjob", "resume", "mnist-distributed");
    Mlk.await("the pods to come back", () -> mlk.processes("dev.mlk.images.mnist").size() == 4);
    mlk.ok("tfjob", "delete", "mnist-distributed", "--yes");
  }

  @Test
  void whatStandsInAJobsWayIsExplainedThoughNodesCannotBeSeen() throws Exception {
    Mlk.Result large =
        mlk.run(
            "tfjob",
            "submit",
            "mnist-gpu",
            "--name",
            "large",
            "--set",
            "gpus=64",
            "--wait",
            "--timeout",
            "20s");
    // The nodes cannot be seen, but the scheduler has said enough about them.
    assertThat(large.code()).as(large.all()).isEqualTo(7);
    assertThat(large.all())
        .contains("can never run here: no node has that much nvidia.com/gpu")
        .contains("Insufficient nvidia.com/gpu");
    assertThat(mlk.ok("tfjob", "why", "large")).contains("can never run here");
    mlk.run("tfjob", "delete", "large", "--yes");
    Mlk.Result image =
        mlk.run(
            "tfjob", "submit", "mnist", "--name", "odd", "--set", "image=mlk/mnits:0.1", "--wait");
    assertThat(image.code()).as(image.all()).isEqualTo(8);
    mlk.ok("tfjob", "delete", "odd", "--yes");
  }

  @Test
  void aJobIsFollowedToItsEndWithoutTheRightToWatch() throws Exception {
    String file = mlk.file("short.yaml", SHORT_JOB);
    Mlk.Result followed = mlk.run("tfjob", "submit", file, "--follow", "--kubeconfig", looker);
    assertThat(followed.code()).as(followed.all()).isZero();
    assertThat(followed.out()).contains("worker-0 | step=1 loss=0.5");
    assertThat(followed.err()).containsOnlyOnce("asking every second").contains("has succeeded");
    Mlk.Result waited = mlk.run("tfjob", "wait", "seldom-seen", "--kubeconfig", looker);
    assertThat(waited.code()).as(waited.all()).isZero();
    mlk.ok("tfjob", "delete", "seldom-seen", "--yes", "--kubeconfig", looker);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tfjob list -n default",
        "tfjob list -A",
        "tfjob get mnist -n default",
        "tfjob logs mnist -n default",
        "tfjob logs mnist -n default --follow",
        "tfjob wait mnist -n default",
        "tfjob why mnist -n default",
        "tfjob suspend mnist -n default",
        "tfjob resume mnist -n default",
        "tfjob delete mnist -n default --yes",
        "tfjob submit mnist -n default",
        "tfjob submit mnist -n default --follow"
      })
  void everythingElsewhereIsRefused(String command) throws Exception {
    Mlk.Result result = mlk.run(command.split(" "));
    assertThat(result.code()).as(result.all()).isEqualTo(5);
    assertThat(result.err()).contains("system:serviceaccount:team:learner", "Next:");
  }

  @Tag("slow")
  @Tag("sweep-rights")
  @Test
  void aSweepNeedsNoMoreThanTheNamespaceAndDetachingSaysWhatItNeedsBesides() throws Exception {
    String file = mlk.file("swept.yaml", SHORT_JOB.replace("3s", "0.2s"));
    String[] words = {"sweep", file, "--log", "accuracy=0.1,accuracy=0.2", "--name", "swept"};
    Mlk.Result detached = mlk.run(with(words, "--detach", "--runner-image=mlk/mlk:0.1"));
    assertThat(detached.code()).as(detached.all()).isEqualTo(5);
    assertThat(detached.err())
        .contains("the sweep's runner cannot be made: you may not look at Jobs")
        .contains("the same command without --detach runs the sweep from here");
    Mlk.Result result = mlk.run(words);
    assertThat(result.code()).as(result.all()).isZero();
    assertThat(result.out()).contains("Best: trial 2");
    assertThat(detached.err()).contains("you may not look at the nodes");
    assertThat(mlk.ok("sweep", "list")).contains("swept");
    mlk.ok("sweep", "delete", "swept");
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }
}
