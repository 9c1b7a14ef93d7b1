package dev.mlk.practice.node;

import dev.mlk.practice.node.log.ContainerLog;
import dev.mlk.practice.node.process.LocalProcess;
import dev.mlk.practice.quantity.Quantity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container without a process: it ends after a while with an exit code, or runs until it is
 * stopped. Options come as {@code --name=value} or {@code --name value} arguments, or as
 * environment variables in capitals.
 */
final class SimulatedWorkload implements Workload {
  private static final Pattern DURATION =
      Pattern.compile("(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+(?:\\.[0-9]+)?)s?)?");
  private static final int TERMINATED = 143;
  private static final int KILLED = 137;

  private final CompletableFuture<Exit> exit = new CompletableFuture<>();
  private final ContainerLog log;
  private final Usage use;
  private Runnable cancel = () -> {};

  private SimulatedWorkload(ContainerLog log, Usage use) {
    this.log = log;
    this.use = use;
  }

  /**
   * Starts.
   *
   * @throws IllegalArgumentException with a sentence when an option makes no sense
   */
  static SimulatedWorkload start(
      List<String> arguments, Map<String, String> environment, ContainerLog log, Ticker ticker)
      throws IOException {
    Options options = new Options(arguments, environment);
    Usage use =
        new Usage(
            options.quantity("cpu").map(SimulatedWorkload::nano).orElse(0L),
            options.quantity("memory").map(Quantity::units).orElse(0L));
    int code = Integer.parseInt(options.one("exit-code").orElse("0"));
    Optional<Duration> duration = options.one("duration").map(SimulatedWorkload::duration);
    SimulatedWorkload workload = new SimulatedWorkload(log, use);
    for (String line : options.all("log")) {
      log.line(line);
    }
    duration.ifPresent(
        time -> workload.cancel = ticker.after(time, () -> workload.end(new Exit(code, false))));
    return workload;
  }

  static Duration duration(String text) {
    Matcher match = DURATION.matcher(text);
    if (text.isEmpty() || !match.matches()) {
      throw new IllegalArgumentException(
          "duration \"" + text + "\" is not of the form 5s, 2m or 1h30m");
    }
    double seconds =
        3600 * number(match.group(1)) + 60 * number(match.group(2)) + number(match.group(3));
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private static long nano(Quantity cpu) {
    return cpu.amount().scaleByPowerOfTen(9).longValue();
  }

  private static double number(String digits) {
    return digits == null ? 0 : Double.parseDouble(digits);
  }

  @Override
  public CompletableFuture<Exit> exit() {
    return exit;
  }

  @Override
  public void terminate() {
    end(new Exit(TERMINATED, false));
  }

  @Override
  public void kill() {
    end(new Exit(KILLED, false));
  }

  @Override
  public void killForMemory() {
    end(new Exit(KILLED, true));
  }

  @Override
  public Optional<Usage> simulatedUse() {
    return Optional.of(use);
  }

  @Override
  public Optional<LocalProcess> process() {
    return Optional.empty();
  }

  private void end(Exit how) {
    cancel.run();
    try {
      log.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      exit.complete(how);
    }
  }

  /** Options of the simulated program. */
  private record Options(List<String> arguments, Map<String, String> environment) {
    List<String> all(String name) {
      List<String> values = new ArrayList<>();
      String flag = "--" + name;
      for (int i = 0; i < arguments.size(); i++) {
        String argument = arguments.get(i);
        if (argument.startsWith(flag + "=")) {
          values.add(argument.substring(flag.length() + 1));
        } else if (argument.equals(flag) && i + 1 < arguments.size()) {
          values.add(arguments.get(i + 1));
        }
      }
      String variable = environment.get(name.toUpperCase(Locale.ROOT).replace('-', '_'));
      if (values.isEmpty() && variable != null) {
        values.add(variable);
      }
      return values;
    }

    Optional<String> one(String name) {
      List<String> values = all(name);
      return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    Optional<Quantity> quantity(String name) {
      return one(name)
          .map(
              text ->
                  Quantity.parse(text)
                      .orElseThrow(
                          () ->
                              new IllegalArgumentException(
                                  name + " \"" + text + "\" is not a quantity")));
    }
  }
}
