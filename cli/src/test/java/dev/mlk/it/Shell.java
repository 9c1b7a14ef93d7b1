package dev.mlk.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One shell that runs commands one after another, as a person at a terminal does. */
final class Shell implements AutoCloseable {
  private static final long LONGEST_SECONDS = 90;
  private static final long GRACE_SECONDS = 10;
  private final Process process;
  private final BufferedReader out;
  private final Writer in;
  private final String mark = "end-" + UUID.randomUUID();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  /**
   * A command's result.
   *
   * @param code its exit code
   * @param lines what it wrote to output and errors, in order
   */
  record Answer(int code, List<String> lines) {}

  Shell(Path folder, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh").directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    process = builder.start();
    out = process.inputReader(StandardCharsets.UTF_8);
    in = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Runs a command; what takes too long is killed, which its exit code and a last line then say.
   *
   * @throws IOException when the shell has ended
   */
  Answer run(String command) throws IOException {
    in.write("{\n" + command + "\n} </dev/null\nprintf '\\n%s %s\\n' " + mark + " $?\n");
    in.flush();
    AtomicBoolean tooLong = new AtomicBoolean();
    Future<?> late =
        watch.schedule(
            () -> {
              tooLong.set(true);
              killPrograms();
            },
            LONGEST_SECONDS,
            TimeUnit.SECONDS);
    Future<?> last = watch.schedule(this::kill, LONGEST_SECONDS + GRACE_SECONDS, TimeUnit.SECONDS);
    List<String> lines = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith(mark)) {
        late.cancel(false);
        last.cancel(false);
        // The line before the mark ends what the command wrote last.
        if (!lines.isEmpty() && lines.getLast().isEmpty()) {
          lines.removeLast();
        }
        if (tooLong.get()) {
          lines.add("killed after " + LONGEST_SECONDS + " s");
        }
        return new Answer(Integer.parseInt(line.substring(mark.length() + 1)), lines);
      }
      lines.add(line.replace("\r", ""));
    }
    throw new IOException(
        "the shell ended, or was killed with what it ran: " + command + "\n" + lines);
  }

  /** Whether it can run another command. */
  boolean alive() {
    return process.isAlive();
  }

  private void killPrograms() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  private void kill() {
    killPrograms();
    process.destroyForcibly();
  }

  @Override
  public void close() {
    watch.shutdownNow();
    kill();
  }
}
