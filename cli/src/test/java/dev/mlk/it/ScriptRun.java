package dev.mlk.it;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * One run of a script with one client. In what commands write, the namespace's name is replaced by
 * {@code NS}, as it differs from client to client.
 */
record ScriptRun(Script script, String client, String namespace, Shell shell) {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** What is not as expected; empty when all is. It ends at the first difference. */
  List<String> run() throws IOException {
    shell.run(
        "kubectl create namespace $NS && kubectl config set-context --current --namespace $NS");
    // A namespace takes pods once a controller has made its service account.
    shell.run("until kubectl get serviceaccount default; do sleep 0.1; done");
    try {
      for (Script.Step step : script.steps()) {
        if (!step.notFor().contains(client)) {
          Shell.Answer answer = answer(step);
          if (!good(step, answer)) {
            return difference(step, answer);
          }
        }
      }
      return List.of();
    } finally {
      if (shell.alive()) {
        shell.run("kubectl delete namespace $NS --wait=false");
      }
    }
  }

  private Shell.Answer answer(Script.Step step) throws IOException {
    long end = System.nanoTime() + LONGEST.toNanos();
    Shell.Answer answer = ask(step);
    while (step.repeated() && !good(step, answer) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(PAUSE.toNanos());
      answer = ask(step);
    }
    return answer;
  }

  private Shell.Answer ask(Script.Step step) throws IOException {
    Shell.Answer answer = shell.run(step.command());
    return new Shell.Answer(
        answer.code(), answer.lines().stream().map(line -> line.replace(namespace, "NS")).toList());
  }

  private boolean good(Script.Step step, Shell.Answer answer) {
    return step.expected(client).matches(answer);
  }

  private List<String> difference(Script.Step step, Shell.Answer answer) {
    List<String> text = new ArrayList<>();
    text.add("\n" + script.name() + ".t line " + step.line() + ": " + step.command());
    text.add("expected [" + step.expected(client).code() + "]:");
    text.addAll(step.expected(client).lines());
    text.add("but was [" + answer.code() + "]:");
    text.addAll(answer.lines());
    return text.stream().map(line -> line + "\n").toList();
  }
}
