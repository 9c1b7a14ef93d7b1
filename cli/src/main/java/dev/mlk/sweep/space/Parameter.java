package dev.mlk.sweep.space;

import java.util.List;

/**
 * Something that differs between trials.
 *
 * @param name as the user calls it
 * @param targets the places in the TFJob that it fills, as {@code --set} writes them
 * @param domain its values
 */
public record Parameter(String name, List<String> targets, Domain domain) {
  public Parameter {
    targets = List.copyOf(targets);
  }
}
