package dev.mlk.app;

import dev.mlk.console.Console;
import dev.mlk.console.QuietLogging;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * Runs what people type all day, once, in one process and against a real practice cluster, while
 * the JVM notes for the AOT caches which classes that takes: the build's last step. {@code
 * MLK_HOME} must name an empty folder.
 */
public final class Training {
  /** A job that needs no image and ends at once. */
  private static final String JOB =
      """
      apiVersion: kubeflow.org/v1
      kind: TFJob
      metadata:
        name: training
      spec:
        tfReplicaSpecs:
          Worker:
            replicas: 1
            template:
              spec:
                containers:
                - name: tensorflow
                  image: mlk/simulated
                  args: ["--duration=1s", "--log=step=1 loss=0.5 accuracy=0.9"]
                  resources:
                    requests:
                      cpu: 100m
                      memory: 64Mi
      """;

  private final Path folder;
  private final PrintStream report;

  private Training(Path folder, PrintStream report) {
    this.folder = folder;
    this.report = report;
  }

  /** Trains; ends with an exception when a command met a defect. */
  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    // What the real main class does before the command's turn; the class itself belongs to the
    // cache too.
    Class.forName("dev.mlk.Mlk");
    QuietLogging.install();
    Ahead.start();
    Path folder = Path.of(System.getenv("MLK_HOME"));
    Files.writeString(folder.resolve("job.yaml"), JOB);
    PrintStream report = Console.system(System.getenv()).err();
    int code = new Training(folder, report).run();
    report.flush();
    if (code != 0) {
      throw new IllegalStateException("a command met a defect: exit code " + code);
    }
  }

  private int run() {
    int started = command("cluster", "start", "--yes");
    if (started != 0) {
      return started;
    }
    String[][] commands = {
      {"version"},
      {"cluster", "status"},
      {"template", "list"},
      {"tfjob", "submit", "job.yaml", "--dry-run=server"},
      {"tfjob", "submit", "job.yaml", "--follow", "--timeout", "20s"},
      {"tfjob", "list"},
      {"tfjob", "list", "-o", "json"},
      {"tfjob", "get", "training"},
      {"tfjob", "logs", "training"},
      {"tfjob", "wait", "training", "--timeout", "5s"},
      {"tfjob", "why", "training"},
      {"tfjob", "delete", "training"},
      {"tfjob", "get", "nothing"},
    };
    int worst = 0;
    for (String[] words : commands) {
      worst = Math.max(worst, command(words) == 70 ? 70 : 0);
    }
    return Math.max(worst, command("cluster", "stop", "--yes") == 70 ? 70 : 0);
  }

  private int command(String... words) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            stream,
            stream,
            Console.Terminals.NONE,
            80,
            false,
            true);
    int code =
        new App(console, Map.copyOf(System.getenv()), folder, InstantSource.system()).run(words);
    report.println(String.join(" ", words) + ": " + code);
    if (code != 0) {
      report.print(said.toString(StandardCharsets.UTF_8));
    }
    return code;
  }
}
