package dev.mlk.course;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A step of a module: one thing to do, and how it is seen that it was done.
 *
 * @param id module and step, such as {@code 3.3}
 * @param title such as {@code Ask for one GPU}
 * @param minutes how long it takes
 * @param requires what a cluster must be able to do
 * @param definitions names of custom resource definitions that the cluster must have
 * @param optional whether it is a stretch, which {@code next} does not stop at
 * @param workload the workload that the shared diagnosis explains, if there is one
 * @param checks what must hold, in the order of the diagnosis
 * @param hints four texts, from where to look to the exact command
 * @param script what the course itself does
 * @param mistakes what goes wrong, each with the code that recognises it
 */
public record Step(
    String id,
    String title,
    int minutes,
    Set<Capability> requires,
    List<String> definitions,
    boolean optional,
    Optional<Workload> workload,
    List<Check> checks,
    List<String> hints,
    Script script,
    List<Mistake> mistakes) {
  public Step {
    requires = Set.copyOf(requires);
    definitions = List.copyOf(definitions);
    checks = List.copyOf(checks);
    hints = List.copyOf(hints);
    mistakes = List.copyOf(mistakes);
  }
}
