package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clusters whose control plane is the real one: their life, and what goes wrong with words. */
@Tag("slow")
final class KubernetesEngineIT {
  private static final List<String> PROGRAMS =
      List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler");

  @Test
  void whateverIsKilledComesBackWithAllObjectsAndNothingStaysBehind() throws Exception {
    List<String> options = Engine.options();
    try (Mlk mlk = new Mlk()) {
      Mlk.Result started = mlk.run(arguments("cluster", "start", options));
      assertThat(started.code()).as(started.all()).isZero();
      assertThat(started.err()).contains("Starting etcd and kube-apiserver ...");
      assertThat(mlk.ok("cluster", "status", "-o", "json")).contains("\"engine\" : \"kubernetes\"");
      submit(mlk, "before");
      mlk.ok("tfjob", "wait", "before");
      Path folder = mlk.home().resolve(".mlk/clusters/practice");
      ClusterFolderCheck.filesArePrivate(folder);
      ClusterFolderCheck.logKeepsSecrets(folder, List.of());

      Map<String, Long> pids = pids(mlk);
      for (String program : PROGRAMS) {
        ProcessHandle.of(pids.get(program)).orElseThrow().destroyForcibly();
        Mlk.await(
            program + " to be started again",
            () -> !pids(mlk).get(program).equals(pids.get(program)));
      }
      Mlk.await("the API to answer again", () -> mlk.mayFail("tfjob", "list").code() == 0);
      submit(mlk, "between");
      mlk.ok("tfjob", "wait", "between");
      assertThat(mlk.ok("tfjob", "logs", "between")).isEqualTo("worker-0 | hello\n");

      List<ProcessHandle> cluster = mlk.processes("dev.mlk.Mlk cluster serve");
      assertThat(cluster).hasSize(1);
      cluster.getFirst().destroyForcibly();
      Mlk.await("all processes to end with it", () -> mlk.processes("").isEmpty());

      // The engine is remembered.
      mlk.ok("cluster", "start");
      assertThat(mlk.ok("tfjob", "list")).contains("before", "between");
      mlk.ok("cluster", "stop");
      Mlk.await("no process after a stop", () -> mlk.processes("").isEmpty());
    }
  }

  @Test
  void aClustersEngineStaysAndWhatIsMissingIsNamed() throws Exception {
    String programs = Engine.needed().toString();
    try (Mlk mlk = new Mlk()) {
      Path empty = Files.createDirectory(mlk.home().resolve("empty"));
      Mlk.Result nothing =
          mlk.run("cluster", "start", "--engine", "kubernetes", "--kubernetes-bin", "" + empty);
      assertThat(nothing.code()).isEqualTo(3);
      assertThat(nothing.err())
          .contains("no etcd, no kube-apiserver, no kube-controller-manager, no kube-scheduler in ")
          .contains("Next: mlk cluster start --engine kubernetes --kubernetes-bin DIR");

      for (String program : PROGRAMS) {
        Files.createSymbolicLink(empty.resolve(program), Path.of("/bin/echo"));
      }
      Mlk.Result wrong =
          mlk.run("cluster", "start", "--engine", "kubernetes", "--kubernetes-bin", "" + empty);
      assertThat(wrong.code()).isEqualTo(2);
      assertThat(wrong.err())
          .contains("etcd is not etcd: asked for its version it said")
          .contains("is not Kubernetes' kube-scheduler")
          .contains("Next: mlk cluster start --engine kubernetes --kubernetes-bin DIR");

      Path broken = Files.createDirectory(mlk.home().resolve("broken"));
      Files.createSymbolicLink(broken.resolve("kube"), Path.of(programs).resolve("kube"));
      script(
          broken.resolve("etcd"),
          "[ \"$1\" = --version ] && echo etcd Version: 3.6.0 && exit\n"
              + "echo fatal: no disk for me; exit 3");
      Mlk.Result dead =
          mlk.run("cluster", "start", "--engine", "kubernetes", "--kubernetes-bin", "" + broken);
      assertThat(dead.code()).isEqualTo(4);
      assertThat(dead.err())
          .contains("etcd ended as soon as it had started")
          .contains("fatal: no disk for me");
      assertThat(mlk.processes("")).isEmpty();

      mlk.ok("cluster", "start", "--name", "other", "--engine", "built-in", "--nodes", "0");
      mlk.ok("cluster", "stop", "--name", "other");
      Mlk.Result refused =
          mlk.run(
              "cluster",
              "start",
              "--name",
              "other",
              "--engine",
              "kubernetes",
              "--kubernetes-bin",
              programs);
      assertThat(refused.code()).isEqualTo(10);
      assertThat(refused.err()).contains("\"other\" has the engine built-in");
    }
  }

  @Test
  void releasedProgramsAreOneFileEach() throws Exception {
    Path kube = Engine.needed().resolve("kube");
    try (Mlk mlk = new Mlk()) {
      Path folder = Files.createDirectory(mlk.home().resolve("bin"));
      for (String program : List.of("etcd", "kube-apiserver")) {
        Files.createSymbolicLink(folder.resolve(program), kube);
      }
      for (String program : List.of("kube-controller-manager", "kube-scheduler")) {
        script(folder.resolve(program), "exec '" + kube + "' " + program + " \"$@\"");
      }
      String[] start =
          arguments(
              "cluster",
              "start",
              List.of("--engine", "kubernetes", "--nodes", "0", "--kubernetes-bin", "" + folder));
      Path scheduler = folder.resolve("kube-scheduler");
      assertThat(scheduler.toFile().setExecutable(false)).isTrue();
      Mlk.Result closed = mlk.run(start);
      assertThat(closed.code()).isEqualTo(2);
      assertThat(closed.err())
          .contains(scheduler + " is not executable")
          .contains("Next: chmod +x " + scheduler);
      assertThat(scheduler.toFile().setExecutable(true)).isTrue();

      Mlk.Result started = mlk.run(start);
      assertThat(started.code()).as(started.all()).isZero();
      assertThat(mlk.processes(folder.resolve("etcd").toString())).isNotEmpty();
      assertThat(mlk.ok("version")).contains("Kubernetes v1.35.");
      mlk.ok("cluster", "stop");

      // What was there when it was started last may have gone since.
      Files.delete(folder.resolve("etcd"));
      Mlk.Result gone = mlk.run("cluster", "start");
      assertThat(gone.code()).as(gone.all()).isEqualTo(3);
      assertThat(gone.err()).contains("no etcd in " + folder);
    }
  }

  private static void script(Path file, String body) throws Exception {
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static String[] arguments(String noun, String verb, List<String> options) {
    return Stream.concat(Stream.of(noun, verb), options.stream()).toArray(String[]::new);
  }

  private static void submit(Mlk mlk, String name) throws Exception {
    String file =
        mlk.file(
            name + ".yaml",
            """
            apiVersion: kubeflow.org/v1
            kind: TFJob
            metadata: {name: %s}
            spec:
              tfReplicaSpecs:
                Worker:
                  replicas: 1
                  template:
                    spec:
                      containers:
                      - name: tensorflow
                        image: busybox
                        command: [echo, hello]
            """
                .formatted(name));
    mlk.ok("tfjob", "submit", file);
  }

  private static Map<String, Long> pids(Mlk mlk) {
    Map<String, Long> pids = new TreeMap<>();
    for (String program : PROGRAMS) {
      Path file = mlk.home().resolve(".mlk/clusters/practice/control-plane/" + program + ".pid");
      pids.put(program, Long.valueOf(mlk.text(file)));
    }
    return pids;
  }
}
