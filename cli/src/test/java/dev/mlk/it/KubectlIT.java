package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What people type at kubectl, with the kubectls that they have. */
@Tag("slow")
@ParameterizedClass
@MethodSource("dev.mlk.it.Kubectl#all")
final class KubectlIT extends KubectlCommands {
  KubectlIT(Kubectl kubectl) {
    super(kubectl);
  }

  @Test
  void versionAndWhatTheServerHas() throws Exception {
    assertThat(ok("version")).contains("1.35");
    assertThat(ok("api-resources"))
        .containsPattern("tfjobs +.*kubeflow.org/v1 +true +TFJob")
        .containsPattern("deployments +deploy +apps/v1 +true +Deployment");
    assertThat(ok("api-versions")).contains("kubeflow.org/v1\n", "apps/v1\n");
    assertThat(ok("cluster-info")).contains("is running at");
    assertThat(ok("auth", "can-i", "create", "pods")).isEqualTo("yes\n");
    assertThat(run("auth", "can-i", "create", "pods", "--as", "stranger").code()).isEqualTo(1);
    assertThat(ok("auth", "can-i", "--list")).contains("*.*");
  }

  @Test
  void everyOutputOfGet() throws Exception {
    assertThat(ok("get", "nodes"))
        .containsPattern("NAME +STATUS +ROLES +AGE +VERSION")
        .containsPattern("node-1 +Ready ");
    assertThat(ok("get", "nodes", "-o", "wide")).contains("INTERNAL-IP", "CONTAINER-RUNTIME");
    assertThat(ok("get", "node", "node-1", "-o", "yaml"))
        .contains("kind: Node\n", "nvidia.com/gpu: \"1\"");
    assertThat(ok("get", "node", "node-1", "-o", "json")).contains("\"kind\": \"Node\"");
    assertThat(ok("get", "nodes", "-o", "name"))
        .isEqualTo("node/node-1\nnode/node-2\nnode/node-3\n");
    assertThat(value("get", "nodes", "-o", "jsonpath={.items[*].status.capacity.nvidia\\.com/gpu}"))
        .isEqualTo("1 1 1");
    assertThat(ok("get", "nodes", "-o", "custom-columns=N:.metadata.name,C:.status.capacity.cpu"))
        .containsPattern("node-3 +8");
    assertThat(ok("get", "pods", "-A")).contains("NAMESPACE");
    assertThat(ok("get", "all", "-A")).contains("daemonset.apps/nvidia-device-plugin-daemonset");
    assertThat(ok("get", "sc")).contains("standard (default)");
    Mlk.Result missing = run("get", "pod", "nobody");
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err())
        .isEqualTo("Error from server (NotFound): pods \"nobody\" not found\n");
  }

  @Test
  void watchTellsNews() throws Exception {
    try (Mlk.Running watch = start("get", "configmaps", "--watch", "-o", "name")) {
      ok("create", "configmap", "news", "--from-literal=a=b");
      watch.awaitOut("the news", out -> out.contains("configmap/news"));
    }
    assertThat(value("get", "configmap", "news", "-o", "jsonpath={.data.a}")).isEqualTo("b");
    assertThat(ok("delete", "configmap", "news")).contains("deleted");
  }

  @Test
  void explainKnowsBuiltInAndCustomFields() throws Exception {
    assertThat(ok("explain", "pods.spec.containers"))
        .contains("imagePullPolicy", "A single application container");
    assertThat(ok("explain", "tfjob.spec")).contains("tfReplicaSpecs", "runPolicy");
    assertThat(ok("explain", "tfjob.spec.runPolicy.cleanPodPolicy")).contains("cleanPodPolicy");
  }

  @Test
  void applyCreatesChangesAndSeesThatNothingChanged() throws Exception {
    String manifest =
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: applied}\ndata: {key: one}\n---\n"
            + "apiVersion: v1\nkind: Service\nmetadata: {name: applied}\nspec:\n  selector: {app: a}\n  ports:\n"
            + "  - {port: 80}\n";
    String file = mlk.file("applied.yaml", manifest);
    assertThat(ok("apply", "-f", file))
        .isEqualTo("configmap/applied created\nservice/applied created\n");
    assertThat(ok("apply", "-f", file))
        .isEqualTo("configmap/applied unchanged\nservice/applied unchanged\n");
    mlk.file("applied.yaml", manifest.replace("key: one", "key: two"));
    Mlk.Result difference = run("diff", "-f", file);
    assertThat(difference.code()).as(difference.all()).isEqualTo(1);
    assertThat(difference.out()).contains("-  key: one", "+  key: two");
    assertThat(ok("apply", "-f", file))
        .isEqualTo("configmap/applied configured\nservice/applied unchanged\n");
    assertThat(value("get", "cm", "applied", "-o", "jsonpath={.data}"))
        .isEqualTo("{\"key\":\"two\"}");
    String served = mlk.file("served.yaml", manifest.replace("name: applied", "name: served"));
    assertThat(ok("apply", "--server-side", "-f", served))
        .contains("configmap/served serverside-applied");
    assertThat(ok("apply", "--server-side", "-f", served))
        .contains("service/served serverside-applied");
    Mlk.Result conflict =
        run(
            "apply",
            "--server-side",
            "--field-manager=other",
            "-f",
            mlk.file(
                "served.yaml",
                manifest.replace("name: applied", "name: served").replace("one", "two")));
    assertThat(conflict.code()).isEqualTo(1);
    assertThat(conflict.err()).contains("conflict", ".data.key");
    assertThat(ok("delete", "-f", file)).contains("\"applied\" deleted");
  }

  @Test
  void aTemplateIsAppliedAsItStands() throws Exception {
    String file =
        mlk.checkout().resolve("templates/mnist-distributed/mnist-distributed.yaml").toString();
    assertThat(ok("apply", "-f", file)).contains("tfjob.kubeflow.org/mnist-distributed created");
    // Here and elsewhere: what the definition's defaults add to a list, kubectl takes away again.
    assertThat(ok("apply", "-f", file)).containsPattern("mnist-distributed (unchanged|configured)");
    assertThat(value("get", "tfjob", "mnist-distributed", "-o", "jsonpath={.metadata.generation}"))
        .isEqualTo("1");
    ok("wait", "--for=condition=Running", "tfjob/mnist-distributed", "--timeout=60s");
    assertThat(ok("get", "tfjobs")).containsPattern("NAME +STATE +AGE").contains("Running");
    assertThat(ok("describe", "tfjob", "mnist-distributed"))
        .contains("Tf Replica Specs:", "TFJobRunning", "SuccessfulCreatePod");
    assertThat(ok("get", "pods", "-l", "training.kubeflow.org/job-name=mnist-distributed"))
        .contains("mnist-distributed-chief-0", "mnist-distributed-ps-0", "1/1");
    assertThat(ok("describe", "pvc")).contains("Status:        Bound");
    assertThat(ok("get", "events")).contains("SuccessfulCreatePod");
    ok("delete", "-f", file);
    Mlk.await(
        "the pods to follow their job",
        () ->
            text("get", "pods", "-l", "training.kubeflow.org/job-name=mnist-distributed")
                .isEmpty());
  }

  @Test
  void aDeploymentRollsForthAndBackAndTakesItsPodsAlong() throws Exception {
    ok("create", "deployment", "web", "--image=busybox", "--replicas=2", "--", "sleep", "1000");
    assertThat(ok("rollout", "status", "deployment/web", "--timeout=60s"))
        .contains("successfully rolled out");
    assertThat(ok("get", "deployment", "web")).containsPattern("web +2/2 +2 +2 ");
    assertThat(ok("scale", "deployment", "web", "--replicas=3")).contains("scaled");
    ok("rollout", "status", "deployment/web", "--timeout=60s");
    assertThat(ok("get", "rs", "-l", "app=web")).containsPattern("web-[a-z0-9]+ +3 +3 +3 ");
    ok("set", "image", "deployment/web", "busybox=alpine");
    ok("rollout", "status", "deployment/web", "--timeout=60s");
    assertThat(ok("rollout", "history", "deployment/web")).contains("1 ", "2 ");
    assertThat(ok("rollout", "undo", "deployment/web")).contains("rolled back");
    ok("rollout", "status", "deployment/web", "--timeout=60s");
    assertThat(
            value(
                "get",
                "deployment",
                "web",
                "-o",
                "jsonpath={.spec.template.spec.containers[0].image}"))
        .isEqualTo("busybox");
    assertThat(ok("describe", "deployment", "web")).contains("ScalingReplicaSet", "RollingUpdate");
    ok("delete", "deployment", "web", "--cascade=foreground", "--timeout=60s");
    assertThat(ok("get", "rs", "-l", "app=web", "-o", "name")).isEmpty();
    Mlk.await(
        "its pods to be gone", () -> text("get", "pods", "-l", "app=web", "-o", "name").isEmpty());
  }

  @Test
  void aJobCompletesAndItsLogIsThere() throws Exception {
    ok("create", "job", "hello", "--image=busybox", "--", "echo", "hello there");
    ok("wait", "--for=condition=complete", "job/hello", "--timeout=60s");
    assertThat(ok("logs", "job/hello")).isEqualTo("hello there\n");
    assertThat(ok("get", "job", "hello")).contains("1/1");
    assertThat(ok("describe", "job", "hello")).contains("SuccessfulCreate", "Completed");
    ok("delete", "job", "hello");
  }

  @Test
  void aPodIsRunFollowedDescribedAndDeleted() throws Exception {
    ok(
        "run",
        "counter",
        "--image=busybox",
        "--restart=Never",
        "--",
        "sh",
        "-c",
        "i=0; while [ $i -lt 20 ]; do echo line $i; i=$((i+1)); sleep 0.05; done; sleep 1000");
    ok("wait", "--for=condition=Ready", "pod/counter", "--timeout=60s");
    try (Mlk.Running logs = start("logs", "-f", "counter")) {
      logs.awaitOut("the last line", out -> out.contains("line 19\n"));
    }
    assertThat(ok("logs", "counter", "--tail=2")).isEqualTo("line 18\nline 19\n");
    assertThat(ok("logs", "counter", "--timestamps", "--tail=1"))
        .matches("[-0-9]+T[:.0-9]+(Z|[+-][0-9:]+) line 19\n");
    assertThat(ok("describe", "pod", "counter"))
        .contains(
            "Status:", "Running", "Scheduled", "Pulled", "Started", "QoS Class:", "BestEffort");
    assertThat(ok("get", "pod", "counter", "-o", "wide")).contains("node-", "1/1");
    assertThat(ok("label", "pod", "counter", "color=red")).contains("labeled");
    assertThat(ok("annotate", "pod", "counter", "note=yes")).contains("annotated");
    assertThat(ok("get", "pods", "-l", "color=red", "-o", "name")).isEqualTo("pod/counter\n");
    assertThat(
            ok("patch", "pod", "counter", "-p", "{\"metadata\":{\"labels\":{\"color\":\"blue\"}}}"))
        .contains("patched");
    assertThat(ok("delete", "pod", "counter", "--grace-period=1")).contains("deleted");
    assertThat(run("get", "pod", "counter").code()).isEqualTo(1);
  }

  @Test
  void commandsRunInPods() throws Exception {
    ok("run", "shell", "--image=busybox", "--restart=Never", "--", "sleep", "1000");
    ok("wait", "--for=condition=Ready", "pod/shell", "--timeout=60s");
    assertThat(ok("exec", "shell", "--", "echo", "hi")).isEqualTo("hi\n");
    Mlk.Result failed = run("exec", "shell", "--", "sh", "-c", "echo out; echo err >&2; exit 3");
    assertThat(failed.code()).as(failed.all()).isEqualTo(3);
    assertThat(failed.out()).isEqualTo("out\n");
    assertThat(failed.err()).contains("err\n", "exit code 3");
    Mlk.Result piped =
        program("sh", "-c", "echo from outside | " + line("exec", "-i", "shell", "--", "cat"));
    assertThat(piped.out()).isEqualTo("from outside\n");
    Mlk.Result terminal =
        program(
            "script",
            "-qec",
            line("exec", "-it", "shell", "--", "sh", "-c", "'test -t 0 && echo a terminal'"),
            "/dev/null");
    assertThat(terminal.code()).as(terminal.all()).isZero();
    assertThat(terminal.out()).contains("a terminal");
    String file = mlk.file("copied.txt", "content\n");
    ok("cp", file, "shell:/tmp/copied.txt");
    assertThat(ok("exec", "shell", "--", "cat", "/tmp/copied.txt")).isEqualTo("content\n");
    ok("cp", "shell:tmp/copied.txt", mlk.home().resolve("back.txt").toString());
    assertThat(Files.readString(mlk.home().resolve("back.txt"))).isEqualTo("content\n");
    ok("delete", "pod", "shell", "--grace-period=0", "--force");
  }

  @Test
  void aWebServerIsReachedThroughAForwardedPort() throws Exception {
    ok("run", "web", "--image=nginx", "--port=80");
    ok("wait", "--for=condition=Ready", "pod/web", "--timeout=60s");
    // Without a readiness probe a pod is ready when its program has started, not when it listens.
    Mlk.await("the server to listen", () -> text("logs", "web").contains("port"));
    try (Mlk.Running forward = start("port-forward", "pod/web", ":80", "--address=127.0.0.1")) {
      forward.awaitOut("the port", out -> out.contains("Forwarding from"));
      Matcher port = Pattern.compile("127.0.0.1:([0-9]+) -> 80").matcher(forward.out());
      assertThat(port.find()).as(forward.out()).isTrue();
      for (int i = 0; i < 3; i++) {
        assertThat(page("http://127.0.0.1:" + port.group(1) + "/")).contains("nginx");
      }
    }
    ok("expose", "pod", "web", "--port=80", "--name=web");
    try (Mlk.Running forward = start("port-forward", "service/web", ":80", "--address=127.0.0.1")) {
      forward.awaitOut("the port", out -> out.contains("Forwarding from"));
      Matcher port = Pattern.compile("127.0.0.1:([0-9]+) -> 80").matcher(forward.out());
      assertThat(port.find()).as(forward.out()).isTrue();
      assertThat(page("http://127.0.0.1:" + port.group(1) + "/")).contains("nginx");
    }
    assertThat(ok("get", "endpoints", "web")).contains(":80");
    ok("delete", "service/web", "pod/web");
  }

  @Test
  void nodesAreLabelledTaintedCordonedAndDrained() throws Exception {
    assertThat(ok("label", "node", "node-3", "disk=ssd")).contains("labeled");
    assertThat(ok("taint", "node", "node-3", "only=me:NoSchedule")).contains("tainted");
    assertThat(ok("describe", "node", "node-3"))
        .contains(
            "disk=ssd",
            "only=me:NoSchedule",
            "Allocatable:",
            "nvidia.com/gpu",
            "Allocated resources:");
    assertThat(ok("taint", "node", "node-3", "only-")).contains("untainted");
    assertThat(ok("label", "node", "node-3", "disk-")).containsPattern("(un)?labeled");
    ok("create", "deployment", "moving", "--image=busybox", "--", "sleep", "1000");
    ok("rollout", "status", "deployment/moving", "--timeout=60s");
    String node =
        value("get", "pods", "-l", "app=moving", "-o", "jsonpath={.items[0].spec.nodeName}");
    assertThat(ok("cordon", node)).contains("cordoned");
    assertThat(ok("get", "node", node)).contains("SchedulingDisabled");
    assertThat(
            ok(
                "drain",
                node,
                "--ignore-daemonsets",
                "--force",
                "--grace-period=1",
                "--timeout=60s",
                "--delete-emptydir-data"))
        .contains("evicting pod " + kubectl.label() + "/moving")
        .containsPattern("node/" + node + " (drained|evicted)");
    assertThat(ok("uncordon", node)).contains("uncordoned");
    ok("rollout", "status", "deployment/moving", "--timeout=60s");
    assertThat(value("get", "pods", "-l", "app=moving", "-o", "jsonpath={.items[*].spec.nodeName}"))
        .doesNotContain(node);
    ok("delete", "deployment", "moving");
  }

  @Test
  void smallObjectsAreMadeFromFlags() throws Exception {
    ok("create", "secret", "generic", "password", "--from-literal=word=xyzzy");
    assertThat(value("get", "secret", "password", "-o", "jsonpath={.data.word}"))
        .isEqualTo("eHl6enk=");
    assertThat(ok("describe", "secret", "password")).contains("word:  5 bytes");
    ok("create", "serviceaccount", "robot");
    ok("create", "role", "reader", "--verb=get,list", "--resource=pods");
    ok(
        "create",
        "rolebinding",
        "robot",
        "--role=reader",
        "--serviceaccount=" + kubectl.label() + ":robot");
    String robot = "--as=system:serviceaccount:" + kubectl.label() + ":robot";
    assertThat(ok("auth", "can-i", "list", "pods", robot)).isEqualTo("yes\n");
    assertThat(run("auth", "can-i", "delete", "pods", robot).out()).isEqualTo("no\n");
    Mlk.Result refused = run("delete", "pod", "x", robot);
    assertThat(refused.err())
        .contains("Error from server (Forbidden)", "cannot delete resource \"pods\"");
    ok("create", "quota", "limit", "--hard=pods=12321");
    assertThat(ok("describe", "quota", "limit")).containsPattern("pods +[0-9]+ +12321");
    mlk.set("KUBE_EDITOR", "sed -i s/12321/12322/");
    assertThat(ok("edit", "quota", "limit")).contains("edited");
    assertThat(value("get", "quota", "limit", "-o", "jsonpath={.spec.hard.pods}"))
        .isEqualTo("12322");
    ok("delete", "quota/limit", "secret/password", "role/reader", "rolebinding/robot", "sa/robot");
  }
}
