package dev.mlk.practice.controller;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** Sets of completion indexes as a job's status writes them: {@code 0,2-4}. */
final class Indexes {
  private Indexes() {}

  static SortedSet<Integer> parse(String text) {
    SortedSet<Integer> indexes = new TreeSet<>();
    if (text.isEmpty()) {
      return indexes;
    }
    for (String part : text.split(",", -1)) {
      int dash = part.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
      for (int index = first; index <= last; index++) {
        indexes.add(index);
      }
    }
    return indexes;
  }

  static String text(Collection<Integer> indexes) {
    StringBuilder text = new StringBuilder();
    int first = -2;
    int last = -2;
    for (int index : new TreeSet<>(indexes)) {
      if (index != last + 1) {
        append(text, first, last);
        first = index;
      }
      last = index;
    }
    append(text, first, last);
    return text.toString();
  }

  private static void append(StringBuilder text, int first, int last) {
    if (first < 0) {
      return;
    }
    text.append(text.isEmpty() ? "" : ",").append(first);
    if (last > first) {
      // Two in a row are written one by one.
      text.append(last == first + 1 ? "," : "-").append(last);
    }
  }
}
