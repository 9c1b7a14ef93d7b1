package dev.mlk.tfjob.ledger;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the ledger lies: ConfigMaps in the namespace of the jobs, {@code tfjob-usage-2026-11-1} and
 * so on for what ended in a month (UTC), {@code tfjob-usage-open-1} for what has not ended. Their
 * data has one entry a pod, under the pod's uid.
 */
public final class Ledger {
  /** Label of every ConfigMap of the ledger: {@link #OPEN}, or the month. */
  public static final String LABEL = "mlk.dev/usage";

  /** Value of {@link #LABEL} for the pods that have not ended. */
  public static final String OPEN = "open";

  /** Annotation of the open ones: until when the operator has watched, RFC 3339. */
  public static final String SEEN = "mlk.dev/usage-seen";

  /** Entries of one ConfigMap: with 1,024 bytes each it stays below the API's limit of 1 MiB. */
  static final int MOST_ENTRIES = 500;

  /** Beyond that many months a reader asks for everything. */
  private static final int MOST_MONTHS = 36;

  private Ledger() {}

  static String name(String period, int part) {
    return "tfjob-usage-" + period + "-" + part;
  }

  /** The month that something which ended then is written to. */
  static String period(Instant ended) {
    return YearMonth.from(ended.atOffset(ZoneOffset.UTC)).toString();
  }

  /**
   * A label selector for all that may have ended after a moment, or not at all.
   *
   * @param since the moment
   * @param now the time; a clock may be a month wrong
   */
  public static String selector(Instant since, Instant now) {
    YearMonth first = YearMonth.from(since.atOffset(ZoneOffset.UTC));
    YearMonth last = YearMonth.from(now.atOffset(ZoneOffset.UTC)).plusMonths(1);
    List<String> periods = new ArrayList<>(List.of(OPEN));
    for (YearMonth month = first; !month.isAfter(last); month = month.plusMonths(1)) {
      periods.add(month.toString());
      if (periods.size() > MOST_MONTHS) {
        return LABEL;
      }
    }
    return LABEL + " in (" + String.join(",", periods) + ")";
  }
}
