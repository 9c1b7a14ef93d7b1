package dev.mlk.images.mnist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of the image, started as the practice cluster starts it. It ends with the test. */
final class Running implements AutoCloseable {
  private static final Path IMAGE = Path.of("target/image").toAbsolutePath();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;

  private Running(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts the image; what it prints goes to a file of this folder. */
  static Running start(Path folder, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(program());
    command.addAll(List.of(arguments));
    try {
      Path log = Files.createTempFile(folder, "process", ".log");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      for (String variable : List.of("TF_CONFIG", "CLUSTER_CONFIG", "POD_NAME")) {
        builder.environment().remove(variable);
      }
      builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "1");
      builder.environment().putAll(environment);
      return new Running(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command of the catalogue's entry, as its node agent would fill it in. */
  static List<String> program() {
    try {
      String catalog = Files.readString(Path.of("../catalog.yaml"));
      Matcher entry = Pattern.compile("mnist: \\[([^]]*)]").matcher(catalog.replace("[mnist]", ""));
      if (!entry.find(catalog.indexOf("programs:"))) {
        throw new AssertionError("the catalogue has no program for mnist");
      }
      List<String> words = new ArrayList<>();
      Matcher word = Pattern.compile("\"([^\"]*)\"").matcher(entry.group(1));
      while (word.find()) {
        words.add(
            word.group(1)
                .replace("${java}", Path.of(System.getProperty("java.home"), "bin/java").toString())
                .replace("${folder}", IMAGE.toString()));
      }
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ports that were free a moment ago. */
  static List<Integer> freePorts(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0);
        sockets.add(socket);
        ports.add(socket.getLocalPort());
      }
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that it printed so far. */
  String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last number that a line like this has in its first group. */
  long last(String line) {
    Matcher matcher = Pattern.compile(line, Pattern.MULTILINE).matcher(output());
    long number = -1;
    while (matcher.find()) {
      number = Long.parseLong(matcher.group(1));
    }
    if (number < 0) {
      throw new AssertionError("no line " + line + " in\n" + output());
    }
    return number;
  }

  /** The last global step it printed; 0 before the first. */
  long step() {
    Matcher matcher = Pattern.compile("^step=(\\d+)", Pattern.MULTILINE).matcher(output());
    long step = 0;
    while (matcher.find()) {
      step = Long.parseLong(matcher.group(1));
    }
    return step;
  }

  /** Waits until it has printed a step beyond this one. */
  Running awaitStepAfter(long step) {
    return await(() -> step() > step, "a step after " + step);
  }

  /** Waits until it has printed something that matches. */
  Running awaitLine(String expression) {
    Pattern pattern = Pattern.compile(expression, Pattern.MULTILINE);
    return await(() -> pattern.matcher(output()).find(), expression);
  }

  private Running await(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      // Looked at again after the end: what it printed last may be what is waited for.
      boolean over = !process.isAlive() && !condition.getAsBoolean();
      if (over || System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what + " in\n" + output());
      }
      LockSupport.parkNanos(20_000_000);
    }
    return this;
  }

  /** Its exit code, when it has ended by itself. */
  int exit() {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still running:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** As kill does. */
  Running terminate() {
    process.destroy();
    return this;
  }

  /** As kill -9 does. */
  void kill() {
    process.destroyForcibly();
    exit();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
