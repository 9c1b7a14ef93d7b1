package dev.mlk.sweep;

import static dev.mlk.events.EventFileWriter.message;
import static dev.mlk.events.EventFileWriter.plugin;
import static dev.mlk.events.EventFileWriter.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.cluster.PracticeInProcess;
import dev.mlk.events.EventFileWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials that write event files, as real processes of a practice cluster. */
final class SweepEventsTest {
  @TempDir private static Path home;
  private static PracticeInProcess cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = PracticeInProcess.start(home);
    Files.writeString(
        home.resolve("job.yaml"),
        """
        apiVersion: kubeflow.org/v1
        kind: TFJob
        metadata: {name: writer}
        spec:
          tfReplicaSpecs:
            Worker:
              restartPolicy: Never
              template:
                spec:
                  containers:
                  - name: tensorflow
                    image: busybox
                    command: [sh, -c]
                    args:
                    - |
                      mkdir -p $TF_LOG_DIR/test
                      for one in $ONE $OTHER; do
                        n=$((n + 1)); echo $one | base64 -d > $TF_LOG_DIR/test/events.out.tfevents.$n.host
                      done
                      echo $SAYS
                    env:
                    - {name: TF_LOG_DIR, value: /logs}
                    - {name: SAYS, value: done}
                    volumeMounts: [{name: logs, mountPath: /logs}]
                  volumes: [{name: logs, emptyDir: {}}]
        """);
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  private static String file(String tag, float... values) throws IOException {
    EventFileWriter writer = new EventFileWriter().version();
    for (int step = 1; step <= values.length; step++) {
      writer.scalar(step, tag, values[step - 1]);
    }
    return text(writer);
  }

  private static String words() throws IOException {
    EventFileWriter writer = new EventFileWriter().version();
    EventFileWriter.Message text = message().varint(1, 7).text(8, "high");
    writer.summary(1, value("accuracy").message(8, text).message(9, plugin("scalars")));
    return text(writer);
  }

  private static String text(EventFileWriter writer) throws IOException {
    Path file = home.resolve("one.tfevents");
    writer.to(file);
    return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
  }

  @Test
  void everyWayInWhichANumberCanBeMissingIsTold() throws IOException {
    String values =
        String.join(
            ",",
            file("accuracy", 0.5f, 0.75f),
            file("acuracy", 0.5f),
            file("accuracy", 0.5f, Float.NaN),
            words());
    PracticeInProcess.Result result =
        cluster.run("sweep", "job.yaml", "--param", "env.ONE=" + values, "--name", "only");
    assertThat(result.code()).as(result.err()).isEqualTo(1);
    assertThat(result.out())
        .contains("Best: trial 1")
        .contains("accuracy 0.75")
        .contains("NoMetric: trial 2")
        .contains("looked for accuracy=NUMBER in the log of worker-0: no line has the form")
        .contains("there is none (did you mean acuracy?); they have test/acuracy")
        .contains("worker-0 | done")
        .contains("test/accuracy: 1 of its values are no numbers: the text \"high\"")
        .contains("diverged: test/accuracy=NaN in the event files in /logs of job only-");
    // What nobody had looked for is found when somebody asks for it, without another training.
    PracticeInProcess.Result again =
        cluster.run("sweep", "resume", "only", "--metric", "test/acuracy");
    assertThat(again.out()).contains("Best: trial 2").contains("test/acuracy 0.5");
  }

  @Test
  void filesAndLogThatDisagreeAreTold() throws IOException {
    PracticeInProcess.Result result =
        cluster.run(
            "sweep",
            "job.yaml",
            "--param",
            "env.OTHER=" + file("accuracy", 0.25f, 0.5f) + "," + file("loss", 1f),
            "--set",
            "env.ONE=" + file("accuracy", 0.5f, 0.75f),
            "--set",
            "env.SAYS=accuracy=0.9",
            "--name",
            "disagree");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.out())
        .contains("two files disagree at step 1: 0.5 in events.out.tfevents.1.host, 0.25 in")
        .contains("the log of worker-0 and the event files disagree: accuracy=0.9 there, ")
        .contains("; the log counts");
  }
}
