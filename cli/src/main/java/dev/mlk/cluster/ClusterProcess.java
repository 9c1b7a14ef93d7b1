package dev.mlk.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts the background process of a cluster: the same jars, in a session of its own, so that no
 * terminal takes it along when it closes.
 */
final class ClusterProcess {
  /** The line that the process sends when it is ready. */
  static final String READY = "ready";

  /** What a line begins with that tells how far it has come. */
  static final String PROGRESS = "progress: ";

  // setsid where there is one; elsewhere a deaf ear for what the terminal sends to its processes.
  private static final String ATTACHED =
      "if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; fi; trap '' INT HUP; exec"
          + " \"$@\"";

  // The shell passes on what the process says until it is ready, and ends with its own input: a JVM
  // with a child that still runs waits 0.3 s when it ends, for the thread that waits for the child.
  private static final String DETACHED =
      """
      exec 3<&0
      {
        if command -v setsid >/dev/null 2>&1; then
          setsid "$@" 3<&- &
        else
          trap '' INT HUP
          "$@" 3<&- &
        fi
      } | {
        while IFS= read -r line; do
          printf '%%s\\n' "$line"
          if [ "$line" = %s ]; then read -r line <&3; break; fi
        done
      }
      """
          .formatted(READY);

  private final ClusterFolder folder;
  private final boolean temporary;

  /** Kept open, and kept from being collected: its end is the sign that this process is gone. */
  private OutputStream leash = OutputStream.nullOutputStream();

  /** A cluster that goes on when whoever starts it has ended. */
  ClusterProcess(ClusterFolder folder) {
    this(folder, false);
  }

  /**
   * A process of a cluster.
   *
   * @param temporary whether it ends, and removes the home that its folder is in, when this process
   *     has ended without a word
   */
  ClusterProcess(ClusterFolder folder, boolean temporary) {
    this.folder = folder;
    this.temporary = temporary;
  }

  /**
   * Starts the process and waits until it says that it is ready.
   *
   * @param progress is told how far it has come
   * @return an empty text, or what it said instead: why it ended
   */
  String start(Map<String, String> environment, Consumer<String> progress) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().keySet().removeIf(name -> !environment.containsKey(name));
    builder.environment().putAll(environment);
    // What they add to a JVM is meant for another one, and they print a line into this one's
    // output.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.directory(folder.path().toFile());
    if (Files.exists(folder.log())) {
      Files.move(
          folder.log(), folder.log().resolveSibling("log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    PrivateFiles.create(folder.log());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
    Process process = builder.start();
    if (temporary) {
      leash = process.getOutputStream();
    }
    // No timer: the pipe brings the line, or its end when the process has gone.
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      var said = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(READY)) {
          return "";
        }
        if (line.startsWith(PROGRESS)) {
          progress.accept(line.substring(PROGRESS.length()));
          continue;
        }
        said.append(line).append('\n');
      }
      return said.isEmpty()
          ? "it ended without a word; its log is " + folder.log()
          : said.toString();
    } finally {
      if (!temporary) {
        process.getOutputStream().close();
      }
    }
  }

  /** The folder of the image catalogue: of the installed mlk, or the one that tests name. */
  static Path images() {
    String images = System.getProperty("mlk.images", "");
    return images.isEmpty()
        ? Path.of(System.getProperty("mlk.dist", "."), "images")
        : Path.of(images);
  }

  /** Lets the process end, if it is still there. */
  void release() throws IOException {
    leash.close();
  }

  private List<String> command() {
    String jdk = System.getProperty("mlk.jdk", System.getProperty("java.home"));
    List<String> java = new ArrayList<>();
    java.add(Path.of(jdk, "bin", "java").toString());
    java.addAll(
        List.of(
            "-Xlog:disable",
            // The JVM would begin with a share of the machine's memory, and fill it before it
            // cleans.
            "-Xms40m",
            "-Xmn16m",
            "-Xmx1g",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=20",
            "-XX:-ShrinkHeapInSteps",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    java.addAll(installed());
    java.addAll(List.of("dev.mlk.Mlk", "cluster", "serve", "--folder", folder.path().toString()));
    if (temporary) {
      java.add("--temporary");
    }
    if (System.getProperty("os.name").startsWith("Windows")) {
      return java;
    }
    List<String> command =
        new ArrayList<>(List.of("/bin/sh", "-c", temporary ? ATTACHED : DETACHED, "mlk"));
    command.addAll(java);
    return command;
  }

  /**
   * Class path and AOT cache: of the installed mlk, or of the tests that run it from its classes.
   */
  private static List<String> installed() {
    List<String> options = new ArrayList<>();
    String training = System.getProperty("mlk.serve.aot", "");
    String dist = System.getProperty("mlk.dist", "");
    if (!training.isEmpty()) {
      options.add("-XX:AOTCacheOutput=" + training);
    }
    if (!System.getProperty("mlk.images", "").isEmpty()) {
      options.add("-Dmlk.images=" + images());
    }
    if (dist.isEmpty()) {
      options.addAll(List.of("-cp", System.getProperty("java.class.path")));
      return options;
    }
    Path lib = Path.of(dist, "lib");
    if (training.isEmpty()) {
      cache(lib).ifPresent(file -> options.add("-XX:AOTCache=" + file));
    }
    options.add("-Dmlk.dist=" + dist);
    options.add("-Dmlk.jdk=" + System.getProperty("mlk.jdk", System.getProperty("java.home")));
    options.addAll(List.of("-cp", lib.resolve("mlk.jar").toString()));
    return options;
  }

  /** The cache of this very build, which bears its name: a stale one would run old classes. */
  private static Optional<Path> cache(Path lib) {
    try {
      Path file =
          lib.resolve("serve-" + Files.readString(lib.resolve("build-id")).strip() + ".aot");
      return Files.exists(file) ? Optional.of(file) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
