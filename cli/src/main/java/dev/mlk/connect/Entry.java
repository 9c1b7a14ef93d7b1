package dev.mlk.connect;

import dev.mlk.format.Yaml;
import dev.mlk.format.YamlNode;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A named cluster, user or context of a kubeconfig.
 *
 * @param kind {@code cluster}, {@code user} or {@code context}
 * @param name its name
 * @param fields its fields
 * @param file the file it stands in; its relative paths start from that file's folder
 */
record Entry(String kind, String name, YamlNode.Mapping fields, Path file) {
  /** An entry without fields, for what a context does not name. */
  static Entry empty(String kind, Path file) {
    return new Entry(kind, "", new YamlNode.Mapping(Map.of(), new YamlNode.Position(1, 1)), file);
  }

  /** The field's text; empty when it is not there. */
  String text(String field) {
    YamlNode node = fields.fields().get(field);
    if (node == null) {
      return "";
    }
    if (!(node instanceof YamlNode.Scalar scalar)) {
      throw Yaml.bad(
          file.toString(), node.position(), kind + " \"" + name + "\": " + field + " must be text");
    }
    return scalar.isNull() ? "" : scalar.text();
  }

  boolean isTrue(String field) {
    return text(field).equals("true");
  }

  /** The file that a field names. */
  Optional<Path> path(String field) {
    String text = text(field);
    Path folder = file.toAbsolutePath().getParent();
    return text.isEmpty() ? Optional.empty() : Optional.of(folder.resolve(text));
  }

  /** The texts of a list; empty when it is not there. */
  List<String> texts(String field) {
    YamlNode node = fields.fields().get(field);
    if (!(node instanceof YamlNode.Sequence sequence)) {
      return List.of();
    }
    return sequence.elements().stream()
        .filter(YamlNode.Scalar.class::isInstance)
        .map(element -> ((YamlNode.Scalar) element).text())
        .toList();
  }

  /** What the {@code field-data} holds in Base64, or else the file that the field names. */
  Optional<byte[]> content(String field) {
    String data = text(field + "-data");
    if (!data.isEmpty()) {
      try {
        return Optional.of(Base64.getMimeDecoder().decode(data));
      } catch (IllegalArgumentException e) {
        throw Yaml.bad(
            file.toString(),
            fields.fields().get(field + "-data").position(),
            kind + " \"" + name + "\": " + field + "-data is not Base64");
      }
    }
    return path(field).map(path -> read(path, field));
  }

  private byte[] read(Path path, String field) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new Problem.BadInput(
          Explanation.of("the kubeconfig names a file that cannot be read")
              .because(file + ": " + kind + " \"" + name + "\": " + field + ": " + Reason.of(e)));
    }
  }

  /** The text of the file that a field names, read anew each time: tokens are renewed in place. */
  String line(Path path, String field) {
    return new String(read(path, field), StandardCharsets.UTF_8).strip();
  }
}
