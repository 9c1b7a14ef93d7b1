package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What people type all day finds its classes in the AOT cache that the launcher chose for it. A
 * class that comes from elsewhere is either missing in the training or made anew in every process,
 * which is slower still.
 */
final class StartUpIT {
  /** Events of the JDK's flight recorder, which no cache takes, and a few more of the kind. */
  private static final int UNAVOIDABLE = 15;

  /** TLS adds the JDK's own pattern switches, which are linked anew in each process. */
  private static final int UNAVOIDABLE_WITH_TLS = 45;

  private static final String JOB =
      """
      apiVersion: kubeflow.org/v1
      kind: TFJob
      metadata:
        name: NAME
      spec:
        tfReplicaSpecs:
          Worker:
            replicas: 1
            template:
              spec:
                containers:
                - name: tensorflow
                  image: mlk/simulated
                  args: ["--duration=1h"]
      """;

  private static Mlk mlk;
  private static Path log;

  @BeforeAll
  static void startCluster() throws Exception {
    mlk = new Mlk();
    mlk.ok("cluster", "start");
    mlk.ok("tfjob", "submit", job("there"));
    log = mlk.home().resolve("classes");
    mlk.set("MLK_JDK", recordingJdk().toString());
  }

  @AfterAll
  static void stopCluster() throws Exception {
    mlk.close();
  }

  private static String job(String name) throws IOException {
    return mlk.file(name + ".yaml", JOB.replace("NAME", name));
  }

  /** The JDK of these tests with a java that notes each class and where it came from. */
  private static Path recordingJdk() throws IOException {
    Path folder = Files.createDirectories(mlk.home().resolve("jdk/bin"));
    Path java =
        Files.writeString(
            folder.resolve("java"),
            """
            #!/bin/sh
            for word; do
              shift
              set -- "$@" "$word"
              [ "$word" = -Xlog:disable ] && set -- "$@" "-Xlog:class+load:file=%s"
            done
            exec "%s/bin/java" "$@"
            """
                .formatted(log, System.getProperty("java.home")));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    return folder.getParent();
  }

  @Test
  void whatIsTypedAllDayFindsItsClassesInItsCache() throws Exception {
    cached("--version");
    cached("tfjob", "list");
    cached("tfjob", "submit", job("new"));
    cached("tfjob", "get", "new");
    cached("tfjob", "get", "new", "-o", "json");
  }

  @Test
  void soItDoesOverTls() throws Exception {
    Path own = mlk.home().resolve(".mlk/clusters/practice/kubeconfig");
    String other = Files.readString(own).replace("mlk.dev/practice", "example.com/other");
    mlk.set("KUBECONFIG", mlk.file("kubeconfig-tls", other));
    try {
      cached(UNAVOIDABLE_WITH_TLS, "tfjob", "list");
      cached(UNAVOIDABLE_WITH_TLS, "tfjob", "submit", job("secure"));
    } finally {
      mlk.set("KUBECONFIG", "");
    }
  }

  private static void cached(String... command) throws Exception {
    cached(UNAVOIDABLE, command);
  }

  private static void cached(int most, String... command) throws Exception {
    mlk.ok(command);
    List<String> elsewhere =
        Files.readAllLines(log).stream().filter(line -> !line.contains("shared objects")).toList();
    assertThat(elsewhere)
        .as("classes from outside the cache: %s", String.join(" ", command))
        .hasSizeLessThan(most);
  }
}
