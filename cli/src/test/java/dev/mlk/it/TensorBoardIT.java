package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mlk.board.BoardSamples;
import dev.mlk.format.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The data that {@code mlk tensorboard} serves beside what TensorBoard serves of the same folders,
 * in the Python that {@code MLK_TEST_TENSORBOARD} names.
 */
@Tag("slow")
final class TensorBoardIT {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");
  private final HttpClient http = HttpClient.newHttpClient();

  private static String python() {
    String python = System.getenv("MLK_TEST_TENSORBOARD");
    // TensorBoard is far larger than mlk; .ci/checks/tensorboard.sh installs it and names it.
    assumeTrue(python != null, "SKIPPED: MLK_TEST_TENSORBOARD names no Python");
    return python;
  }

  private static Mlk.Running theirs(Mlk mlk, String logs) {
    return mlk.program(
        List.of(
            "sh",
            "-c",
            "exec "
                + python()
                + " -m tensorboard.main --host 127.0.0.1 --port 0 --samples_per_plugin"
                + " scalars=100000 "
                + logs
                + " 2>&1"));
  }

  private static String address(Mlk.Running server) {
    server.awaitOut("its address", out -> ADDRESS.matcher(out).find());
    Matcher matcher = ADDRESS.matcher(server.out());
    assertThat(matcher.find()).isTrue();
    return matcher.group();
  }

  private JsonNode get(String address) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(address)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(address + ": " + answer.body()).isEqualTo(200);
      return Json.read(answer.body());
    } catch (IOException e) {
      throw new AssertionError(address, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static Set<String> set(JsonNode list) {
    Set<String> all = new TreeSet<>();
    list.forEach(one -> all.add(one.asString()));
    return all;
  }

  /** The same runs, tags, steps, times and values; gives back how many points were compared. */
  private int assertSame(String ours, String theirs) {
    // Both read the files bit by bit.
    Mlk.await(
        "both to have read the same runs",
        () -> {
          Set<String> runs = set(get(ours + "data/runs"));
          return !runs.isEmpty() && runs.equals(set(get(theirs + "data/runs")));
        });
    Mlk.await(
        "both to list the same tags",
        () ->
            get(ours + "data/plugin/scalars/tags")
                .equals(get(theirs + "data/plugin/scalars/tags")));
    JsonNode tags = get(ours + "data/plugin/scalars/tags");
    // TensorBoard adds its own flags, for debugging.
    assertThat(get(theirs + "data/environment").propertyNames())
        .containsAll(get(ours + "data/environment").propertyNames());
    assertThat(get(ours + "data/plugins_listing").path("scalars"))
        .isEqualTo(get(theirs + "data/plugins_listing").path("scalars"));
    int points = 0;
    for (var run : tags.properties()) {
      for (String tag : run.getValue().propertyNames()) {
        String path =
            "data/plugin/scalars/scalars?run=" + encoded(run.getKey()) + "&tag=" + encoded(tag);
        Mlk.await(
            "both to have as many points of " + path,
            () -> get(ours + path).size() == get(theirs + path).size());
        JsonNode own = get(ours + path);
        assertThat(numbers(own)).as(path).isEqualTo(numbers(get(theirs + path)));
        points += own.size();
      }
    }
    return points;
  }

  /** 1.0 and 1.0e0 are one number. */
  private static List<List<Object>> numbers(JsonNode points) {
    return points
        .valueStream()
        .map(
            point ->
                point
                    .valueStream()
                    .map(one -> one.isNumber() ? (Object) one.asDouble() : one.asString())
                    .toList())
        .toList();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * Folders that programs call logs; those in which the node agent keeps what containers write are
   * others.
   */
  private static List<Path> logFolders(Mlk mlk, String below) throws IOException {
    return LiveFiles.below(mlk.home().resolve(".mlk/clusters/practice/" + below)).stream()
        .filter(path -> path.endsWith("logs") && Files.isDirectory(path))
        .filter(path -> !path.getParent().getParent().endsWith("containers"))
        .sorted()
        .toList();
  }

  @Test
  void aFolderWithEverythingIsServedAsTensorBoardServesIt() throws Exception {
    try (Mlk mlk = new Mlk()) {
      Path logs = BoardSamples.everything(mlk.home().resolve("logs"));
      try (Mlk.Running theirs = theirs(mlk, "--logdir " + logs);
          Mlk.Running ours = mlk.start("tensorboard", logs.toString())) {
        assertThat(assertSame(address(ours), address(theirs))).isEqualTo(2 * 2 * 21 + 3 * 11);
      }
    }
  }

  @Test
  void aDistributedRunIsServedAsTensorBoardServesIt() throws Exception {
    try (Mlk mlk = new Mlk()) {
      mlk.ok("tfjob", "submit", "mnist-distributed", "--set", "steps=300", "--wait");
      Path logs = logFolders(mlk, "volumes").getFirst();
      try (Mlk.Running theirs = theirs(mlk, "--logdir " + logs);
          Mlk.Running ours = mlk.start("tensorboard", "mnist-distributed")) {
        assertThat(assertSame(address(ours), address(theirs))).isGreaterThan(50);
      }
    }
  }

  @Test
  void aSweepIsServedAsTensorBoardServesItsFolders() throws Exception {
    try (Mlk mlk = new Mlk()) {
      mlk.ok("sweep", "--lr", "0.01,0.001", "--set", "steps=100", "--name", "two");
      StringBuilder folders = new StringBuilder("--logdir_spec ");
      JsonNode list = Json.read(mlk.ok("tfjob", "list", "-o", "json"));
      // A trial's folder is found by what mlk read of it: the name is in no path.
      for (JsonNode job : list.path("items")) {
        String name = job.path("name").asString(job.path("metadata").path("name").asString());
        folders.append(folders.toString().endsWith(" ") ? "" : ",").append(name).append(':');
        folders.append(folder(mlk, name));
      }
      try (Mlk.Running theirs = theirs(mlk, folders.toString());
          Mlk.Running ours = mlk.start("tensorboard", "two")) {
        assertThat(assertSame(address(ours), address(theirs))).isGreaterThan(20);
      }
    }
  }

  /** The folder whose numbers are those of the job. */
  private static Path folder(Mlk mlk, String job) throws Exception {
    String wanted = mlk.ok("metrics", job, "-o", "csv");
    for (Path folder : logFolders(mlk, "nodes")) {
      if (mlk.run("metrics", folder.toString(), "-o", "csv").out().equals(wanted)) {
        return folder;
      }
    }
    throw new AssertionError("no folder of " + job);
  }

  @Test
  void everyCommandOfThePagePrintsWhatIsShown() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("../docs/tensorboard.md"));
    try (Mlk mlk = new Mlk()) {
      PagesIT.run(mlk, lines.subList(0, lines.indexOf("## On another cluster")), 3);
    }
  }
}
