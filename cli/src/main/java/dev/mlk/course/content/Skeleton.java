package dev.mlk.course.content;

import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A module to begin with. */
public final class Skeleton {
  private static final String MODULE =
      """
      apiVersion: mlk.dev/v1
      kind: Module
      name: NAME
      title: A title
      summary: What it is about, in one line
      minutes: 5
      needs: []
      steps:
      - id: "NUMBER.1"
        title: A ConfigMap of your own
        minutes: 5
        checks:
        - exists: {kind: ConfigMap, name: greeting}
          says: the ConfigMap greeting is there
          next: kubectl create configmap greeting -n ${namespace} --from-literal=text=hello
        - field: {kind: ConfigMap, name: greeting, path: data.text, op: equals, value: hello}
          says: it says hello
          code: WRONG-GREETING
          why: whoever reads it expects this word
          next: kubectl edit configmap greeting -n ${namespace}
        hints:
        - kubectl get configmaps -n ${namespace}
        - a ConfigMap holds texts under names
        - kubectl create configmap ___ --from-literal=text=___
        - kubectl create configmap greeting -n ${namespace} --from-literal=text=hello
        solution:
        - apply: solution/greeting.yaml
        mistakes:
        - name: bye
          code: WRONG-GREETING
          seen: bye
          inject:
          - apply: mistakes/bye.yaml
        perturb:
        - delete: ConfigMap/greeting
      """;

  private static final String PAGE =
      """
      # Module NUMBER: A title

      What it is about, and why.

      ## NUMBER.1 A ConfigMap of your own

      What to do, and what is to be seen.

      ## Debrief

      What happened.
      """;

  private static final String GREETING =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: greeting
      data:
        text: WORD
      """;

  private Skeleton() {}

  /**
   * Writes it.
   *
   * @throws Problem.Conflict when the folder is there already
   */
  public static void write(Path folder, String name) {
    if (Files.exists(folder)) {
      throw new Problem.Conflict(
          Explanation.of("the folder " + folder + " exists already").next("another name"));
    }
    String number = name.substring(name.lastIndexOf('-') + 1);
    try {
      Files.createDirectories(folder.resolve("solution"));
      Files.createDirectories(folder.resolve("mistakes"));
      Files.writeString(
          folder.resolve("module.yaml"), MODULE.replace("NAME", name).replace("NUMBER", number));
      Files.writeString(folder.resolve("page.md"), PAGE.replace("NUMBER", number));
      Files.writeString(
          folder.resolve("solution/greeting.yaml"), GREETING.replace("WORD", "hello"));
      Files.writeString(folder.resolve("mistakes/bye.yaml"), GREETING.replace("WORD", "bye"));
    } catch (IOException e) {
      throw new Problem.BadInput(
          Explanation.of("the folder " + folder + " cannot be written").because(e.getMessage()));
    }
  }
}
