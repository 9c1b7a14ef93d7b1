package dev.mlk.course.check;

import dev.mlk.manifest.Document;
import dev.mlk.manifest.Manifest;
import dev.mlk.manifest.ManifestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The learner's files of a module. */
public final class LearnerFiles {
  private final Path folder;

  /** The files of that folder, which need not exist. */
  public LearnerFiles(Path folder) {
    this.folder = folder;
  }

  /** The text of a file; empty when it is not there. Nothing outside the folder is read. */
  public Optional<String> text(String name) {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      if (Files.size(file) > ManifestReader.LARGEST_FILE) {
        return Optional.empty();
      }
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file as a manifest; empty when it is not there. */
  public Optional<Manifest> manifest(String name) {
    return text(name).map(text -> ManifestReader.read(name, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The objects of a manifest; none when it is not there or is not YAML. */
  List<JsonNode> objects(String name) {
    return manifest(name).stream()
        .flatMap(manifest -> manifest.documents().stream())
        .<JsonNode>map(Document::object)
        .toList();
  }
}
