package dev.mlk.images.mnist.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file {@code checkpoint}: which checkpoints there are, in the text form TensorFlow reads. */
final class StateFile {
  private static final Pattern KEPT = Pattern.compile("all_model_checkpoint_paths: \"(.*)\"");

  private final Path file;

  StateFile(Path folder) {
    this.file = folder.resolve("checkpoint");
  }

  /** Names of the checkpoints, the latest last; none when there is no file. */
  List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        Matcher kept = KEPT.matcher(line.strip());
        if (kept.matches()) {
          names.add(kept.group(1));
        }
      }
    }
    return names;
  }

  /** Replaces the file in one move: whoever reads it sees the old one or the new one. */
  void write(List<String> names) throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("model_checkpoint_path: \"").append(names.getLast()).append("\"\n");
    for (String name : names) {
      text.append("all_model_checkpoint_paths: \"").append(name).append("\"\n");
    }
    Path fresh = file.resolveSibling("checkpoint.new");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
