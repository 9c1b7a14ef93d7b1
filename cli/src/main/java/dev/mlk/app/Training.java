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
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
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

  private static final List<Step> EVERYTHING =
      List.of(
          ends(0, "version"),
          ends(0, "cluster", "status"),
          ends(0, "template", "list"),
          ends(0, "tfjob", "submit", "job.yaml", "--dry-run=server"),
          ends(0, "tfjob", "submit", "job.yaml", "--follow", "--timeout", "20s"),
          ends(0, "tfjob", "list"),
          ends(0, "tfjob", "list", "-o", "json"),
          ends(0, "tfjob", "get", "training"),
          ends(0, "tfjob", "logs", "training"),
          ends(0, "tfjob", "wait", "training", "--timeout", "5s"),
          ends(0, "tfjob", "why", "training"),
          ends(0, "tfjob", "delete", "training"),
          ends(0, "metrics", "logs"),
          ends(0, "metrics", "logs", "-o", "csv"),
          ends(0, "tensorboard", "logs", "--text"),
          ends(3, "tfjob", "get", "nothing"));

  /** An event file with two numbers. */
  private static final String EVENT_FILE =
      "GgAAAAAAAAASm9gtCQAAIABlzc1BEAAaDWJyYWluLkV2ZW50OjKji/8/LQAAAAAAAAA8QYr7CQAAoABl"
          + "zc1BEAEqIAoeCgRsb3NzQgkIARIALQAAAD9KCwoJCgdzY2FsYXJzxTE2kxoAAAAAAAAAEpvYLQkAACAB"
          + "Zc3NQRACKg0KCwoEbG9zcxUAAIA+00+ZNQ==";

  /** A command and how it must end: one that fails early trains nothing of what follows. */
  private record Step(int code, List<String> words) {}

  private final Path folder;
  private final PrintStream report;

  private final Map<String, String> environment;

  private Training(Path folder, PrintStream report, Map<String, String> environment) {
    this.folder = folder;
    this.report = report;
    this.environment = environment;
  }

  private static Step ends(int code, String... words) {
    return new Step(code, List.of(words));
  }

  /**
   * Trains; ends with an exception when a command ended otherwise than it must.
   *
   * @param arguments {@code short}: what is typed all day, over the socket; {@code tls}: the same
   *     over TLS; {@code all} and a command line, run while the cluster is up, that trains those
   *     two
   */
  public static void main(String[] arguments)
      throws IOException,
          ReflectiveOperationException,
          GeneralSecurityException,
          InterruptedException {
    // What the real main class does before the command's turn; the class itself belongs to the
    // cache too.
    Class.forName("dev.mlk.Mlk");
    Class.forName("java.lang.ApplicationShutdownHooks");
    System.setProperty("mlk.kubeconfig", arguments[0].equals("tls") ? "another" : "");
    QuietLogging.install();
    Ahead.start();
    Path folder = Path.of(System.getenv("MLK_HOME"));
    Files.writeString(folder.resolve("job.yaml"), JOB);
    Path logs = Files.createDirectories(folder.resolve("logs"));
    Files.write(
        logs.resolve("events.out.tfevents.1.training"), Base64.getDecoder().decode(EVENT_FILE));
    PrintStream report = Console.system(System.getenv()).err();
    Training training = new Training(folder, report, Map.copyOf(System.getenv()));
    try {
      switch (arguments[0]) {
        case "short" -> training.allDay("short");
        case "tls" -> {
          training.overTls().allDay("tls");
          rsa();
        }
        default -> training.all(List.of(arguments).subList(1, arguments.length));
      }
    } finally {
      report.flush();
    }
  }

  /** What is typed all day, as it is typed most: the small caches hold what this takes. */
  private void allDay(String job) throws IOException {
    String file = job + ".yaml";
    Files.writeString(folder.resolve(file), JOB.replace("training", job));
    run(
        List.of(
            ends(0, "tfjob", "submit", file),
            ends(0, "tfjob", "list"),
            ends(0, "tfjob", "list", "-o", "json"),
            ends(0, "tfjob", "get", job),
            ends(0, "tfjob", "get", job, "-o", "json"),
            ends(3, "tfjob", "get", "nothing")));
  }

  /** The same with a kubeconfig as that of any other cluster, which leads to TLS. */
  private Training overTls() throws IOException {
    String own = Files.readString(folder.resolve("clusters/practice/kubeconfig"));
    Path other = folder.resolve("kubeconfig-tls");
    Files.writeString(other, own.replace("mlk.dev/practice", "example.com/other"));
    Map<String, String> more = new HashMap<>(environment);
    more.put("KUBECONFIG", other.toString());
    return new Training(folder, report, Map.copyOf(more));
  }

  /** Many clusters have RSA keys where the practice cluster has elliptic ones. */
  private static void rsa() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    for (String algorithm : List.of("SHA256withRSA", "RSASSA-PSS")) {
      Signature signature = Signature.getInstance(algorithm);
      if (algorithm.equals("RSASSA-PSS")) {
        signature.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      }
      signature.initSign(pair.getPrivate());
      signature.update(new byte[1]);
      byte[] signed = signature.sign();
      signature.initVerify(pair.getPublic());
      signature.update(new byte[1]);
      if (!signature.verify(signed)) {
        throw new GeneralSecurityException(algorithm);
      }
    }
  }

  private void all(List<String> smaller) throws IOException, InterruptedException {
    run(List.of(ends(0, "cluster", "start", "--yes")));
    try {
      run(EVERYTHING);
      overTls().run(List.of(ends(0, "tfjob", "list")));
      report.flush();
      int code = new ProcessBuilder(smaller).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("the training of the small caches ended with " + code);
      }
    } finally {
      run(List.of(ends(0, "cluster", "stop", "--yes")));
    }
  }

  private void run(List<Step> steps) {
    for (Step step : steps) {
      int code = command(step.words);
      if (code != step.code) {
        throw new IllegalStateException(step.words + " ended with " + code);
      }
    }
  }

  private int command(List<String> words) {
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
        new App(console, environment, folder, InstantSource.system())
            .run(words.toArray(String[]::new));
    report.println(String.join(" ", words) + ": " + code);
    if (code != 0) {
      report.print(said.toString(StandardCharsets.UTF_8));
    }
    return code;
  }
}
