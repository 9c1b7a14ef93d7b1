package dev.mlk.practice.stream;

import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.kubelet.PodStreams.RunningCommand;
import dev.mlk.practice.kubelet.PodStreams.TerminalSize;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** Connects a client's streams with a command in a container until the command ends. */
final class CommandSession {
  private static final Logger LOG = System.getLogger(CommandSession.class.getName());
  private static final int CHUNK = 16 << 10;

  private final PodStreams pods;
  private final PodStream.Command wanted;
  private final CommandStreams streams;
  private final CommandStreams.Ending ending;

  CommandSession(
      PodStreams pods,
      PodStream.Command wanted,
      CommandStreams streams,
      CommandStreams.Ending ending) {
    this.pods = pods;
    this.wanted = wanted;
    this.streams = streams;
    this.ending = ending;
  }

  /**
   * Runs the command. Interrupting the thread, as the end of the connection does, ends the command.
   */
  void run() throws IOException, InterruptedException {
    try (RunningCommand command = start()) {
      Thread input = copy("stdin", streams.stdin(), command.stdin(), true);
      Thread sizes = Thread.ofVirtual().name("resize").start(() -> resize(command));
      Thread output = copy("stdout", command.stdout(), streams.stdout(), false);
      Thread errors = copy("stderr", command.stderr(), streams.stderr(), false);
      int code = command.waitFor();
      output.join();
      errors.join();
      tell(code == 0 ? EndingText.success() : EndingText.exit(code), EndingText.exitText(code));
      input.interrupt();
      sizes.interrupt();
    } catch (StartException e) {
      tell(EndingText.failure(e.getMessage()), e.getMessage());
    } finally {
      streams.stdin().close();
      streams.resize().close();
      streams.close();
    }
  }

  private RunningCommand start() throws StartException {
    try {
      return wanted.command().isEmpty()
          ? pods.attach(wanted.target(), wanted.terminal())
          : pods.exec(wanted.target(), wanted.command(), wanted.terminal());
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The command could not be started, for the reason that the node agent gave. */
  private static final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    StartException(String message, IOException cause) {
      super(message, cause);
    }
  }

  private void tell(String status, String text) throws IOException {
    String words = ending == CommandStreams.Ending.STATUS ? status : text;
    streams.error().write(words.getBytes(StandardCharsets.UTF_8));
    streams.error().flush();
  }

  private static Thread copy(String name, InputStream from, OutputStream to, boolean close) {
    return Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try {
                copyAll(from, to);
              } catch (IOException e) {
                // The other end is gone; whoever waits for it notices.
                LOG.log(Level.DEBUG, name + " ended early", e);
              } finally {
                if (close) {
                  closeQuietly(to);
                }
              }
            });
  }

  static void copyAll(InputStream from, OutputStream to) throws IOException {
    byte[] chunk = new byte[CHUNK];
    int count = from.read(chunk);
    while (count >= 0) {
      to.write(chunk, 0, count);
      to.flush();
      count = from.read(chunk);
    }
  }

  private static void closeQuietly(OutputStream out) {
    try {
      out.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "input was closed already", e);
    }
  }

  private void resize(RunningCommand command) {
    try (MappingIterator<JsonNode> sizes =
        JsonMapper.shared().readerFor(JsonNode.class).readValues(streams.resize())) {
      while (sizes.hasNext()) {
        JsonNode size = sizes.next();
        command.resize(new TerminalSize(size.path("Width").asInt(0), size.path("Height").asInt(0)));
      }
    } catch (JacksonException e) {
      LOG.log(Level.DEBUG, "no more sizes of the terminal", e);
    }
  }
}
