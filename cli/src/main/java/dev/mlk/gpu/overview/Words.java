package dev.mlk.gpu.overview;

import dev.mlk.console.Age;
import dev.mlk.console.Cell;
import dev.mlk.console.Style;
import dev.mlk.facts.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Figures as the tables write them; {@code ?} for what is not known. */
final class Words {
  static final String UNKNOWN = "?";
  private static final double GIBI = 1024;
  private static final double SMALL = 10;

  private Words() {}

  /** {@code 93%}. */
  static Cell percent(Optional<GpuUse.Figure> use) {
    return Cell.of(
        use.filter(GpuUse.Figure::tellsBusy)
            .map(figure -> Math.round(figure.percent()) + "%")
            .orElse(UNKNOWN));
  }

  /** {@code 31/80Gi}. */
  static Cell gpuMemory(Optional<GpuUse.Figure> use) {
    return Cell.of(
        use.filter(GpuUse.Figure::tellsMemory)
            .map(
                figure -> gibi(figure.usedMebibytes()) + "/" + gibi(figure.totalMebibytes()) + "Gi")
            .orElse(UNKNOWN));
  }

  private static String gibi(long mebibytes) {
    double gibi = mebibytes / GIBI;
    if (gibi >= SMALL || mebibytes == 0) {
      return Long.toString(Math.round(gibi));
    }
    long tenths = Math.round(gibi * 10);
    return tenths / 10 + "." + tenths % 10;
  }

  /** How much of something is in use, in hundredths. */
  static String share(long used, long of) {
    return of <= 0 ? UNKNOWN : Math.round(100.0 * used / of) + "%";
  }

  /**
   * Since when a pod does nothing; {@code -} when it works.
   *
   * @param eyes whether ages are wanted, and not times
   */
  static Cell idle(Idle idle, Instant now, boolean eyes) {
    return switch (idle.state()) {
      case BUSY -> Cell.of("-");
      case UNKNOWN -> Cell.of(UNKNOWN);
      case IDLE ->
          Cell.of(
              idle.since().map(since -> since(idle, since, now, eyes)).orElse("now"), Style.WARN);
    };
  }

  private static String since(Idle idle, Instant since, Instant now, boolean eyes) {
    if (!eyes) {
      return (idle.atLeast() ? "<=" : "") + since;
    }
    return Age.of(Duration.between(since, now)) + (idle.atLeast() ? "+" : "");
  }

  /** {@code 4 GPUs, 2 MIG 1g.10gb}. */
  static String devices(Map<Device, Long> devices) {
    List<String> words = new ArrayList<>();
    devices.forEach((device, number) -> words.add(device.count(number)));
    return words.isEmpty() ? "no GPU" : String.join(", ", words);
  }

  /** The same where the column says GPUs: {@code 4}, {@code 2 1g.10gb}, {@code 2 amd}. */
  static String number(Map<Device, Long> devices) {
    List<String> words = new ArrayList<>();
    devices.forEach((device, number) -> words.add((number + " " + device.brief()).strip()));
    return String.join(", ", words);
  }

  /** {@code 3 pods ask for 6 GPUs}. */
  static String asking(long pods, Map<Device, Long> devices) {
    return Names.count(pods, "pod") + (pods == 1 ? " asks" : " ask") + " for " + devices(devices);
  }
}
