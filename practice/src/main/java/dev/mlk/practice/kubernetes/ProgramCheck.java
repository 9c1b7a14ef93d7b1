package dev.mlk.practice.kubernetes;

import dev.mlk.practice.kubernetes.Programs.Trouble;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks one program of the control plane for its version, to see whether it is what it should be.
 */
final class ProgramCheck {
  private static final int PATIENCE_SECONDS = 20;
  private static final int MOST_WORDS = 200;
  private static final Pattern KUBERNETES = Pattern.compile("^Kubernetes v(\\d+\\.\\d+)\\.\\S+");
  private static final Pattern ETCD = Pattern.compile("etcd Version: (\\d+\\.\\d+)\\.\\S+");

  private final String name;
  private final List<String> command;

  ProgramCheck(String name, List<String> command) {
    this.name = name;
    this.command = command;
  }

  /** What it said, and whether it ended well. */
  private record Said(String text, boolean well) {}

  /** What is wrong with it, if anything. */
  Optional<Trouble> trouble() throws InterruptedException {
    String path = command.getFirst();
    Said said;
    try {
      said = ask();
    } catch (IOException e) {
      return Optional.of(
          foreign(path).orElse(new Trouble(path + " cannot be started: " + cause(e), "")));
    }
    boolean etcd = name.equals("etcd");
    Matcher version = (etcd ? ETCD : KUBERNETES).matcher(said.text);
    if (!said.well || !version.find()) {
      return Optional.of(foreign(path).orElse(new Trouble(nobody(path, said.text), "")));
    }
    List<String> fit = etcd ? Programs.ETCD_VERSIONS : List.of(Programs.KUBERNETES_VERSION);
    if (!fit.contains(version.group(1))) {
      return Optional.of(
          new Trouble(
              path
                  + " is of version "
                  + version.group().replaceAll("^(Kubernetes v|etcd Version: )", "")
                  + ": this mlk runs "
                  + (etcd ? "etcd " : "Kubernetes ")
                  + String.join(" or ", fit),
              ""));
    }
    return Optional.empty();
  }

  private String nobody(String path, String text) {
    String begin = text.length() > MOST_WORDS ? text.substring(0, MOST_WORDS) + "..." : text;
    return path
        + " is not "
        + (name.equals("etcd") ? "etcd" : "Kubernetes' " + name)
        + ": asked for its version it said \""
        + begin.replace('\n', ' ')
        + "\"";
  }

  private Said ask() throws IOException, InterruptedException {
    List<String> asking = new ArrayList<>(command);
    asking.add("--version");
    Process process =
        new ProcessBuilder(asking)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    FutureTask<String> reading =
        new FutureTask<>(
            () -> new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    Thread.ofVirtual().start(reading);
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
      return new Said("nothing within " + PATIENCE_SECONDS + " s", false);
    }
    try {
      String text = reading.get(PATIENCE_SECONDS, TimeUnit.SECONDS).strip();
      return new Said(text, process.exitValue() == 0);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      return new Said("nothing to the end", false);
    }
  }

  /** A program for another machine says nothing of use itself. */
  private Optional<Trouble> foreign(String path) {
    String system = System.getProperty("os.name");
    String architecture = System.getProperty("os.arch");
    try {
      return Executable.foreign(Path.of(path), system, architecture)
          .map(
              machine ->
                  new Trouble(
                      path
                          + " is a program for "
                          + machine
                          + ": this machine is "
                          + system
                          + " on "
                          + Executable.usual(architecture),
                      ""));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String cause(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.substring(message.lastIndexOf(": ") + 1).strip();
  }
}
