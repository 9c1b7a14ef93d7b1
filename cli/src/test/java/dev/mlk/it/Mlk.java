package dev.mlk.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The installed {@code mlk}, as a user of an empty machine runs it: processes with a home folder of
 * their own. Closing it stops the practice cluster and fails when anything is left behind.
 */
final class Mlk implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(4);
  private final Path checkout = Path.of("..").toAbsolutePath().normalize();
  private final Path home;
  private final Map<String, String> environment = new TreeMap<>();

  Mlk() {
    try {
      home = Files.createTempDirectory("mlk-it");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment.put("HOME", home.toString());
    environment.put("PATH", System.getenv("PATH"));
    environment.put("NO_COLOR", "1");
    environment.put("LC_ALL", "C.UTF-8");
  }

  Path home() {
    return home;
  }

  Path checkout() {
    return checkout;
  }

  /** Adds an environment variable for all later commands. */
  void set(String name, String value) {
    environment.put(name, value);
  }

  /**
   * A command that has ended.
   *
   * @param code its exit code
   * @param out standard output
   * @param err standard error
   */
  record Result(int code, String out, String err) {
    String all() {
      return out + err;
    }
  }

  /** Text that one thread writes and others read. */
  private static final class Text {
    private final StringBuilder text = new StringBuilder();

    synchronized void add(String more) {
      text.append(more);
    }

    @Override
    public synchronized String toString() {
      return text.toString();
    }
  }

  /** A command that is running; its lines arrive while it does. */
  static final class Running implements AutoCloseable {
    private final Process process;
    private final Text out = new Text();
    private final Text err = new Text();
    private final List<Thread> readers = new ArrayList<>();

    private Running(Process process) {
      this.process = process;
      read(process.getInputStream(), out);
      read(process.getErrorStream(), err);
    }

    private void read(java.io.InputStream stream, Text into) {
      readers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var lines =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        into.add(line + '\n');
                      }
                    } catch (IOException e) {
                      into.add("(broken: " + e + ")\n");
                    }
                  }));
    }

    String out() {
      return out.toString();
    }

    String err() {
      return err.toString();
    }

    Process process() {
      return process;
    }

    /** Waits until the output so far satisfies the condition. */
    void awaitOut(String what, Predicate<String> condition) {
      await(what, () -> condition.test(out()) || !process.isAlive());
      if (!condition.test(out())) {
        throw new AssertionError("ended without " + what + ":\n" + out() + err());
      }
    }

    Result end() throws InterruptedException {
      if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running:\n" + out() + err());
      }
      for (Thread reader : readers) {
        reader.join();
      }
      return new Result(process.exitValue(), out(), err());
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /**
   * Starts a command and goes on. In a run for the real control plane, clusters have that engine,
   * and the one that a job's command would start by itself is there before.
   */
  Running start(String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", checkout.resolve("mlk").toString()));
    command.addAll(List.of(arguments));
    if (Engine.real()) {
      String verb = String.join(" ", arguments);
      if (verb.startsWith("cluster start") && !verb.contains("--engine")) {
        command.addAll(Engine.options());
      } else if (verb.startsWith("tfjob") && !Files.exists(home.resolve(".mlk"))) {
        startedBefore();
      }
    }
    return program(command);
  }

  private void startedBefore() {
    try {
      ok("cluster", "start");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Starts any program in the same surroundings. */
  Running program(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(heedful(command)).directory(checkout.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return new Running(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A suite that runs in a shell's background ignores Ctrl-C, and so would all that it starts. */
  private static List<String> heedful(List<String> command) {
    Path status = Path.of("/proc/self/status");
    try {
      boolean deaf =
          Files.exists(status)
              && Files.readAllLines(status).stream()
                  .filter(line -> line.startsWith("SigIgn:"))
                  .anyMatch(line -> (Long.parseUnsignedLong(line.substring(8), 16) & 2) != 0);
      List<String> heedful = new ArrayList<>();
      if (deaf) {
        heedful.addAll(List.of("env", "--default-signal=INT"));
      }
      heedful.addAll(command);
      return heedful;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a command to its end. */
  Result run(String... arguments) throws InterruptedException {
    try (Running running = start(arguments)) {
      return running.end();
    }
  }

  /** Runs a command that must succeed and returns its output. */
  String ok(String... arguments) throws InterruptedException {
    Result result = run(arguments);
    if (result.code != 0) {
      throw new AssertionError(
          String.join(" ", arguments) + " ended with " + result.code + ":\n" + result.all());
    }
    return result.out;
  }

  /** The same, where nobody interrupts. */
  Result mayFail(String... arguments) {
    try {
      return run(arguments);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** A small file's text. */
  String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file into the home folder and returns its name. */
  String file(String name, String content) throws IOException {
    Path file = home.resolve(name);
    Files.writeString(file, content);
    return file.toString();
  }

  /** Waits for something that happens elsewhere. */
  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("in vain waited for: " + what);
      }
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }

  /** Processes that were started in this home, by whatever way: their environment tells. */
  List<ProcessHandle> processes(String contains) {
    return ProcessHandle.allProcesses()
        .filter(process -> mine(process.pid()) && commandLine(process.pid()).contains(contains))
        .toList();
  }

  private boolean mine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1)
              .contains("HOME=" + home)
          || commandLine(pid).contains(home.toString());
    } catch (IOException e) {
      return false;
    }
  }

  static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1)
          .replace('\0', ' ');
    } catch (IOException e) {
      return "";
    }
  }

  /** A process' environment variable; empty when it has none. */
  static String variable(long pid, String name) {
    try {
      for (String entry :
          Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.UTF_8)
              .split("\0", -1)) {
        if (entry.startsWith(name + "=")) {
          return entry.substring(name.length() + 1);
        }
      }
    } catch (IOException e) {
      return "";
    }
    return "";
  }

  private Result stop() {
    try {
      return run("cluster", "stop", "--yes");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    Result stopped = stop();
    // Stop returns when the lock is free; the process itself needs a moment more to be gone.
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!processes("").isEmpty() && System.nanoTime() < deadline) {
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
    List<String> left =
        processes("").stream()
            .map(process -> process.pid() + " " + commandLine(process.pid()))
            .toList();
    processes("").forEach(ProcessHandle::destroyForcibly);
    for (Path path : LiveFiles.below(home).reversed()) {
      Files.deleteIfExists(path);
    }
    if (!left.isEmpty()) {
      throw new AssertionError("left behind after cluster stop (" + stopped.all() + "): " + left);
    }
  }
}
