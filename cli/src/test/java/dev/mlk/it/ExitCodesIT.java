package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every exit code comes out of a situation that really produces it, with a sentence, and why names
 * the cause.
 */
final class ExitCodesIT {
  private static Mlk mlk;

  @BeforeAll
  static void startCluster() throws Exception {
    mlk = new Mlk();
    mlk.ok("cluster", "start");
  }

  @AfterAll
  static void stopCluster() throws Exception {
    mlk.close();
  }

  @Test
  void oneWhenTrainingFails() throws Exception {
    Mlk.Result result =
        mlk.run(
            "tfjob",
            "submit",
            "mnist",
            "--name",
            "fails",
            "--set",
            "arg.data-dir=/nowhere",
            "--follow");
    refused(
        result,
        1,
        "worker-0 ended with exit code 4",
        "Next: mlk tfjob logs fails --replica worker-0");
    assertThat(why("fails")).contains("worker-0 ended with exit code 4").contains("/nowhere");
  }

  @Test
  void twoWhenTheFileIsBad() throws Exception {
    String file =
        mlk.file("bad.yaml", "apiVersion: kubeflow.org/v1\nkind: TFJob\nmetadata:\n  name: Bad\n");
    refused(
        mlk.run("tfjob", "submit", file),
        2,
        "bad.yaml:4:3: the name \"Bad\" is not legal",
        "nothing was created");
    refused(mlk.run("tfjob", "sumbit", file), 2, "tfjob sumbit", "submit");
  }

  @Test
  void threeWhenTheJobIsNotThere() throws Exception {
    refused(mlk.run("tfjob", "get", "nobody"), 3, "there is no job nobody", "Next: mlk tfjob list");
    refused(
        mlk.run("tfjob", "submit", "mnits"),
        3,
        "there is no file and no template mnits",
        "did you mean the template mnist?");
  }

  @Test
  void fourWhenNoClusterAnswers() throws Exception {
    String file = mlk.file("gone.yaml", kubeconfig("https://127.0.0.1:1"));
    refused(mlk.run("tfjob", "list", "--kubeconfig", file), 4, "https://127.0.0.1:1", "Next:");
  }

  @Test
  void fiveWhenItIsForbidden() throws Exception {
    refused(
        mlk.run("tfjob", "list", "--as", "stranger"),
        5,
        "User \"stranger\" cannot list resource \"tfjobs\"",
        "Next:");
  }

  @Test
  void sixWhenTimeIsUpAndTheJobGoesOn() throws Exception {
    Mlk.Result result =
        mlk.run(
            "tfjob",
            "submit",
            "mnist",
            "--name",
            "late",
            "--set",
            "steps=1000000",
            "--wait",
            "--timeout",
            "4s");
    refused(result, 6, "job late has not ended within 4 s", "Next: mlk tfjob wait late");
    assertThat(why("late")).contains("late is");
    mlk.ok("tfjob", "delete", "late");
  }

  @Test
  void sevenWhenNoNodeIsLargeEnough() throws Exception {
    Mlk.Result result =
        mlk.run("tfjob", "submit", "mnist-gpu", "--name", "huge", "--set", "gpus=64");
    refused(result, 7, "can never be scheduled", "it asks for 64 nvidia.com/gpu, and a node has 1");
    refused(mlk.run("tfjob", "get", "huge"), 3, "there is no job huge", "Next:");
    Mlk.Result waiting =
        mlk.run(
            "tfjob",
            "submit",
            "mnist-gpu",
            "--name",
            "huge",
            "--set",
            "gpus=64",
            "--even-if-it-never-fits",
            "--wait");
    refused(waiting, 7, "worker-0 can never run here", "Insufficient nvidia.com/gpu");
    assertThat(why("huge")).contains("worker-0 can never run here");
    mlk.ok("tfjob", "delete", "huge");
  }

  @Test
  void sevenWhenTheQuotaIsUsedUp() throws Exception {
    String quota =
        mlk.file(
            "quota.yaml",
            "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: tight\n---\napiVersion: v1\nkind: ResourceQuota\nmetadata:\n"
                + "  name: none\n  namespace: tight\nspec:\n  hard:\n    pods: \"0\"\n");
    mlk.ok("tfjob", "submit", quota);
    refused(
        mlk.run("tfjob", "submit", "mnist", "-n", "tight", "--wait"),
        7,
        "over the quota of namespace tight",
        "exceeded quota: none");
    assertThat(mlk.ok("tfjob", "why", "mnist", "-n", "tight"))
        .contains("over the quota of namespace tight");
  }

  @Test
  void eightWhenTheImageIsNotThere() throws Exception {
    Mlk.Result result =
        mlk.run(
            "tfjob",
            "submit",
            "mnist",
            "--name",
            "imageless",
            "--set",
            "image=mlk/mnits:0.1",
            "--wait");
    refused(result, 8, "the image mlk/mnits:0.1 of worker-0 cannot be pulled", "mlk/mnist");
    assertThat(why("imageless")).contains("mlk/mnits:0.1").contains("cannot be pulled");
    mlk.ok("tfjob", "delete", "imageless");
  }

  @Test
  void nineWhenMemoryRunsOut() throws Exception {
    Mlk.Result result =
        mlk.run(
            "tfjob",
            "submit",
            "mnist",
            "--name",
            "greedy",
            "--set",
            "memory=64Mi",
            "--set",
            "worker.restartPolicy=Never",
            "--set",
            "spec.tfReplicaSpecs.Worker.template.spec.containers[tensorflow].resources.requests.memory=32Mi",
            "--wait");
    refused(
        result,
        9,
        "worker-0 was killed because it used more memory than its limit of 64Mi",
        "raise resources.limits.memory");
    assertThat(why("greedy")).contains("more memory than its limit of 64Mi");
  }

  @Test
  void tenWhenTheJobExists() throws Exception {
    mlk.ok("tfjob", "submit", "mnist", "--name", "twice", "--set", "steps=1");
    refused(
        mlk.run("tfjob", "submit", "mnist", "--name", "twice"),
        10,
        "twice exists already",
        "Next: mlk tfjob get twice");
  }

  @Test
  void seventyIsADefectAndLeavesDetails() throws Exception {
    // A home that is a file where a folder must be: nothing the program has words for.
    Path dist = mlk.home().resolve("dist");
    Files.createDirectories(dist);
    Mlk.Running broken =
        mlk.program(
            java.util.List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                mlk.checkout().resolve("cli/target/dist/lib/mlk.jar").toString(),
                "-Dmlk.dist=" + dist,
                "dev.mlk.Mlk",
                "template",
                "list"));
    refused(broken.end(), 70, "this is a defect in mlk", "details:");
  }

  @Test
  void oneHundredThirtyWhenInterruptedAndTheJobGoesOn() throws Exception {
    try (Mlk.Running running =
        mlk.start(
            "tfjob",
            "submit",
            "mnist",
            "--name",
            "detached",
            "--set",
            "steps=200000",
            "--follow")) {
      running.awaitOut("training", out -> out.contains("step="));
      new ProcessBuilder("kill", "-INT", String.valueOf(running.process().pid())).start().waitFor();
      refused(running.end(), 130, "detached", "mlk tfjob logs detached --follow");
    }
    assertThat(mlk.ok("tfjob", "list")).containsPattern("detached +Running");
    mlk.ok("tfjob", "delete", "detached");
  }

  private static String why(String job) throws InterruptedException {
    return mlk.ok("tfjob", "why", job);
  }

  private static void refused(Mlk.Result result, int code, String... words) {
    assertThat(result.code()).as(result.all()).isEqualTo(code);
    assertThat(result.all()).contains(words);
  }

  private static String kubeconfig(String server) {
    return "apiVersion: v1\nkind: Config\ncurrent-context: c\nclusters:\n- name: c\n  cluster: {server: \""
        + server
        + "\"}\ncontexts:\n- name: c\n  context: {cluster: c, user: u}\nusers:\n- name: u\n  user: {token: t}\n";
  }
}
