package dev.mlk.course.check;

import dev.mlk.facts.Nodes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Whether files are on the volume of a claim. */
final class VolumeCheck {
  private static final int MOST_BYTES = 1 << 20;

  private final Scene scene;

  VolumeCheck(Scene scene) {
    this.scene = scene;
  }

  Observation look(Arguments arguments) {
    if (scene.target().practice().isEmpty()) {
      return Observation.unknown(
          "what is on a volume can only be looked at on the practice cluster; "
              + "kubectl exec into a pod that mounts it shows it");
    }
    String claim = arguments.text("claim");
    List<JsonNode> claims =
        new Objects(scene)
            .select("PersistentVolumeClaim", "", "").stream()
                .filter(one -> Nodes.name(one).equals(claim))
                .toList();
    if (claims.isEmpty()) {
      return Observation.not(
          "there is no PersistentVolumeClaim " + claim, "the claim " + claim, "PVC-UNBOUND");
    }
    Optional<Path> root = new ClaimFolder(scene).of(claims.getFirst());
    if (root.isEmpty()) {
      return Observation.not(
          "the claim "
              + claim
              + " is "
              + claims.getFirst().path("status").path("phase").asString("Pending"),
          "that it is Bound",
          "PVC-UNBOUND");
    }
    return files(root.get(), arguments);
  }

  private static Observation files(Path root, Arguments arguments) {
    String glob = arguments.text("glob");
    long least = arguments.number("minBytes", 1);
    Pattern contains = Pattern.compile(arguments.text("contains", ""));
    List<Path> all = VolumeFiles.files(root);
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    PathMatcher atTop =
        FileSystems.getDefault().getPathMatcher("glob:" + glob.replaceFirst("^\\*\\*/", ""));
    List<Path> found = new ArrayList<>();
    for (Path file : all) {
      Path name = root.relativize(file);
      if ((matcher.matches(name) || atTop.matches(name))
          && size(file) >= least
          && contains.matcher(start(file)).find()) {
        found.add(name);
      }
    }
    int wanted = arguments.number("atLeast", 1);
    String there =
        all.isEmpty()
            ? "the volume is empty"
            : "on it: "
                + String.join(
                    ", ",
                    all.stream().limit(5).map(file -> root.relativize(file).toString()).toList())
                + (all.size() > 5 ? " and " + (all.size() - 5) + " more" : "");
    return Observation.of(
        found.size() >= wanted,
        found.size() >= wanted ? found.getFirst().toString() : there,
        (wanted == 1 ? "a file " : wanted + " files ") + glob);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      // Gone since it was listed.
      return -1;
    }
  }

  private static String start(Path file) {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      // Gone since it was listed.
      return "";
    }
  }
}
