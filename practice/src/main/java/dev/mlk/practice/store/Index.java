package dev.mlk.practice.store;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The values of a collection by words that are told of them. The store guards it. */
final class Index {
  private static final NavigableMap<String, Stored> NONE = Collections.emptyNavigableMap();
  private final Function<Stored, List<String>> words;
  private final Map<String, NavigableMap<String, Stored>> byWord = new HashMap<>();

  Index(Function<Stored, List<String>> words) {
    this.words = words;
  }

  void add(Stored value) {
    for (String word : words.apply(value)) {
      byWord.computeIfAbsent(word, _ -> new TreeMap<>()).put(value.key(), value);
    }
  }

  void remove(Stored value) {
    for (String word : words.apply(value)) {
      byWord.computeIfPresent(
          word,
          (_, values) -> {
            values.remove(value.key());
            return values.isEmpty() ? null : values;
          });
    }
  }

  /** The fewest that one of the words has: all values that have each of them are among these. */
  NavigableMap<String, Stored> fewest(List<String> all) {
    NavigableMap<String, Stored> fewest = byWord.getOrDefault(all.getFirst(), NONE);
    for (String word : all.subList(1, all.size())) {
      NavigableMap<String, Stored> values = byWord.getOrDefault(word, NONE);
      if (values.size() < fewest.size()) {
        fewest = values;
      }
    }
    return fewest;
  }
}
