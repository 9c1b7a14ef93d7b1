package dev.mlk.check;

import dev.mlk.connect.Connections;
import dev.mlk.facts.Names;
import dev.mlk.format.Json;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** The programs and settings beside mlk that the course, or an engineer's day, has a use for. */
final class ToolChecks {
  private ToolChecks() {}

  static List<Check<Machine>> all() {
    return List.of(
        new Check<>("tools", "kubeconfig", "the kubeconfig can be read", ToolChecks::kubeconfig),
        new Check<>("tools", "kubectl", "kubectl is there", ToolChecks::kubectl),
        new Check<>("tools", "helm", "helm is there (module 4)", ToolChecks::helm),
        new Check<>(
            "tools", "engine", "a container engine is there (module 1)", ToolChecks::engine),
        new Check<>("tools", "python", "TensorBoard's own program is there", ToolChecks::python),
        new Check<>("tools", "proxy", "proxies leave this machine alone", ToolChecks::proxy));
  }

  private static List<Verdict> kubeconfig(Machine machine) {
    List<String> contexts;
    Path file = Connections.fileToWrite(machine.invocation());
    try {
      contexts = Connections.contextNames(machine.invocation());
    } catch (Problem e) {
      return List.of(
          Verdict.fail(
              file.toString(),
              e.getMessage() + ": " + String.join(" ", e.explanation().causes()),
              "a kubeconfig",
              "kubectl config view"));
    }
    if (contexts.isEmpty()) {
      return List.of(
          Verdict.pass("no kubeconfig names a cluster: commands use the practice cluster"));
    }
    String seen = Names.count(contexts.size(), "context") + ": " + Names.some(contexts);
    return List.of(
        readable(file)
            ? Verdict.warn(
                file.toString(),
                seen + "; others may read " + file,
                "only you: it holds credentials",
                "chmod 600 " + file)
            : Verdict.pass(seen));
  }

  private static boolean readable(Path file) {
    try {
      var permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static List<Verdict> kubectl(Machine machine) {
    Optional<Path> program = machine.program("kubectl");
    if (program.isEmpty()) {
      return List.of(
          Verdict.warn(
              "",
              "kubectl is not on the PATH",
              "kubectl, for the modules on Kubernetes",
              "install kubectl, such as Debian's kubernetes-client"));
    }
    Optional<String> said = machine.says(program.get(), "version", "--client", "-o", "json");
    String version = said.map(ToolChecks::version).orElse("");
    return List.of(
        version.isEmpty()
            ? Verdict.warn(
                program.get().toString(),
                program.get() + " does not tell its version",
                "a kubectl that runs",
                "kubectl version --client")
            : Verdict.pass("kubectl " + version + ", " + program.get()));
  }

  private static String version(String json) {
    try {
      return Json.read(json).path("clientVersion").path("gitVersion").asString("");
    } catch (JacksonException e) {
      return "";
    }
  }

  private static List<Verdict> helm(Machine machine) {
    Optional<Path> program = machine.program("helm");
    if (program.isEmpty()) {
      return List.of(
          Verdict.skip("helm is not on the PATH; module 4 can do without", "install helm 3"));
    }
    String version =
        machine.says(program.get(), "version", "--short").map(String::strip).orElse("");
    return List.of(
        version.startsWith("v2")
            ? Verdict.warn(
                program.get().toString(),
                "helm " + version,
                "helm 3: version 2 needs Tiller, which is gone",
                "install helm 3")
            : Verdict.pass("helm " + version + ", " + program.get()));
  }

  private static List<Verdict> engine(Machine machine) {
    for (String name : List.of("docker", "podman", "nerdctl")) {
      Optional<Path> program = machine.program(name);
      if (program.isPresent()) {
        Optional<String> said =
            machine.says(program.get(), "version", "--format", "{{.Server.Version}}");
        if (said.isPresent()) {
          return List.of(Verdict.pass(name + " " + said.get().strip()));
        }
        return List.of(
            Verdict.warn(
                program.get().toString(),
                name + " is there, and its engine does not answer",
                "an engine that runs; only building images in module 1 needs it",
                name + " info"));
      }
    }
    return List.of(
        Verdict.skip("no docker, podman or nerdctl; only building images needs one", ""));
  }

  private static List<Verdict> python(Machine machine) {
    Optional<Path> program = machine.program("tensorboard");
    return List.of(
        program.isPresent()
            ? Verdict.pass("tensorboard, " + program.get())
            : Verdict.skip(
                "tensorboard is not on the PATH; it reads the event files that training writes",
                "pip install tensorboard"));
  }

  private static List<Verdict> proxy(Machine machine) {
    List<String> set = new ArrayList<>();
    for (String name : List.of("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")) {
      if (!machine.variable(name).isEmpty()
          || !machine.variable(name.toLowerCase(Locale.ROOT)).isEmpty()) {
        set.add(name);
      }
    }
    if (set.isEmpty()) {
      return List.of(Verdict.pass("no proxy is set"));
    }
    String none = machine.variable("NO_PROXY") + "," + machine.variable("no_proxy");
    return List.of(
        none.contains("127.0.0.") || none.contains("localhost")
            ? Verdict.pass(String.join(", ", set) + " set, and not for this machine")
            : Verdict.warn(
                "",
                String.join(", ", set) + " set, for this machine's own addresses too",
                "NO_PROXY with 127.0.0.0/8 and localhost: kubectl would ask the proxy otherwise",
                "export NO_PROXY=127.0.0.0/8,localhost"));
  }
}
