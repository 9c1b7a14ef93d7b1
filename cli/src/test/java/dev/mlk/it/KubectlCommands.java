package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A practice cluster, and one kubectl that runs there in a namespace of its own. */
abstract class KubectlCommands {
  static Mlk mlk;
  private static String kubeconfig;
  private static final Set<String> prepared = new java.util.HashSet<>();
  final Kubectl kubectl;

  KubectlCommands(Kubectl kubectl) {
    this.kubectl = kubectl;
  }

  @BeforeAll
  static void startCluster() throws Exception {
    mlk = new Mlk();
    mlk.ok("cluster", "start");
    kubeconfig = mlk.file("kubeconfig.yaml", mlk.ok("cluster", "kubeconfig"));
  }

  @AfterAll
  static void stopCluster() throws Exception {
    mlk.close();
  }

  @BeforeEach
  void prepare() throws Exception {
    kubectl.assumeThere();
    if (prepared.add(kubectl.label())) {
      assertThat(ok("create", "namespace", kubectl.label())).contains("created");
    }
  }

  static String page(String url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(kubectl.program(), "--kubeconfig", kubeconfig, "-n", kubectl.label()));
    command.addAll(List.of(arguments));
    return command;
  }

  String line(String... arguments) {
    return String.join(" ", command(arguments));
  }

  Mlk.Running start(String... arguments) {
    return mlk.program(command(arguments));
  }

  Mlk.Result program(String... command) throws InterruptedException {
    try (Mlk.Running running = mlk.program(List.of(command))) {
      return running.end();
    }
  }

  Mlk.Result run(String... arguments) throws InterruptedException {
    try (Mlk.Running running = start(arguments)) {
      return running.end();
    }
  }

  String ok(String... arguments) throws InterruptedException {
    Mlk.Result result = run(arguments);
    assertThat(result.code()).as(String.join(" ", arguments) + ":\n" + result.all()).isZero();
    return result.out();
  }

  /** The output of a command that prints a value without an end of line. */
  String value(String... arguments) throws InterruptedException {
    return ok(arguments).strip();
  }

  /** Output of a command in a condition that is waited for. */
  String text(String... arguments) {
    try {
      return ok(arguments);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
