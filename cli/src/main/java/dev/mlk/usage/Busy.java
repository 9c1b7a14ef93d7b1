package dev.mlk.usage;

import dev.mlk.facts.Names;
import dev.mlk.tfjob.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How busy the GPUs of running pods are at this moment. Of any other moment nobody has written it
 * down.
 *
 * @param percent of those pods of which an exporter tells, by {@code namespace/name}
 */
record Busy(Map<String, Double> percent) {
  /** Nothing is known, or nothing runs. */
  static final Busy UNKNOWN = new Busy(Map.of());

  Busy {
    percent = Map.copyOf(percent);
  }

  /** Whether a pod holds GPUs now. */
  static boolean holds(LedgerEntry entry) {
    return entry.times().scheduled().isPresent()
        && entry.times().ended().isEmpty()
        && entry.amounts().gpus() > 0;
  }

  OptionalDouble of(LedgerEntry entry) {
    Double known = percent.get(key(entry));
    return known == null ? OptionalDouble.empty() : OptionalDouble.of(known);
  }

  private static String key(LedgerEntry entry) {
    return entry.who().namespace() + "/" + entry.who().pod();
  }

  /** What to say beside the figures; nothing where nothing is known. */
  List<String> notes(List<LedgerEntry> entries) {
    long held = 0;
    long idle = 0;
    List<String> pods = new ArrayList<>();
    for (LedgerEntry entry : entries) {
      if (holds(entry) && of(entry).isPresent()) {
        held += entry.amounts().gpus();
        if (of(entry).getAsDouble() == 0) {
          idle += entry.amounts().gpus();
          pods.add(key(entry));
        }
      }
    }
    if (idle == 0) {
      return List.of();
    }
    return List.of(
        "right now "
            + idle
            + " of "
            + Names.count(held, "GPU")
            + " that pods hold "
            + (idle == 1 ? "does" : "do")
            + " nothing, the exporter says: "
            + Names.some(pods.stream().sorted().toList())
            + "; how it was before, nobody has written down");
  }
}
