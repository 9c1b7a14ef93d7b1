package dev.mlk.template;

import dev.mlk.format.Nearest;
import dev.mlk.manifest.Document;
import dev.mlk.manifest.Finding;
import dev.mlk.manifest.Manifest;
import dev.mlk.manifest.ManifestReader;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The catalogue of job templates: a folder with an ordered index and one folder each. */
public final class Templates {
  /**
   * A line of the catalogue.
   *
   * @param name the template's name
   * @param summary what it is good for
   */
  public record Entry(String name, String summary) {}

  private final Path folder;

  /** The templates of a folder. */
  public Templates(Path folder) {
    this.folder = folder;
  }

  /** The templates that came with mlk. */
  public static Templates shipped() {
    String given = System.getProperty("mlk.templates", "");
    return new Templates(
        given.isEmpty()
            ? Path.of(System.getProperty("mlk.dist", "."), "templates")
            : Path.of(given));
  }

  /** All templates in the catalogue's order. */
  public List<Entry> list() {
    List<Entry> entries = new ArrayList<>();
    for (JsonNode entry : read(folder.resolve("catalog.yaml")).path("templates")) {
      entries.add(new Entry(entry.path("name").asString(""), entry.path("summary").asString("")));
    }
    return entries;
  }

  /**
   * The template of that name.
   *
   * @throws Problem.NotFound when there is none, with the nearest name
   */
  public Template get(String name) {
    return find(name)
        .orElseThrow(
            () -> {
              List<String> names = list().stream().map(Entry::name).toList();
              return new Problem.NotFound(
                  Explanation.of("there is no template " + name)
                      .because(
                          Nearest.to(name, names)
                              .map(near -> "did you mean " + near + "?")
                              .orElse("there are: " + String.join(", ", names)))
                      .next("mlk template list"));
            });
  }

  /** The template of that name, if there is one; only names of the catalogue lead to files. */
  public Optional<Template> find(String name) {
    for (Entry entry : list()) {
      if (entry.name.equals(name)) {
        Path own = folder.resolve(name);
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode node : read(own.resolve("template.yaml")).path("parameters")) {
          parameters.add(parameter(node));
        }
        return Optional.of(
            new Template(name, entry.summary, text(own.resolve(name + ".yaml")), parameters));
      }
    }
    return Optional.empty();
  }

  private static Parameter parameter(JsonNode node) {
    Parameter.Range range =
        new Parameter.Range(
            strings(node, "choices"),
            number(node, "minimum"),
            node.path("exclusiveMinimum").asBoolean(false),
            number(node, "maximum"));
    return new Parameter(
        node.path("name").asString(),
        strings(node, "aliases"),
        Parameter.Type.valueOf(node.path("type").asString().toUpperCase(Locale.ROOT)),
        node.path("description").asString(),
        range,
        oneOrMore(node, "path"),
        oneOrMore(node, "argument"));
  }

  private static Optional<BigDecimal> number(JsonNode node, String field) {
    return node.has(field) ? Optional.of(node.path(field).decimalValue()) : Optional.empty();
  }

  private static List<String> oneOrMore(JsonNode node, String field) {
    return node.has(field) ? List.of(node.path(field).asString()) : strings(node, field + "s");
  }

  private static List<String> strings(JsonNode node, String field) {
    List<String> all = new ArrayList<>();
    node.path(field).forEach(item -> all.add(item.asString()));
    return all;
  }

  private static JsonNode read(Path file) {
    Manifest read =
        ManifestReader.read(
            file.toString(), text(file).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    if (!read.findings().isEmpty()) {
      throw new Problem.BadInput(
          Explanation.of("a template cannot be read")
              .because(read.findings().stream().map(Finding::line).toList()));
    }
    Document document = read.documents().getFirst();
    return document.object();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the template file " + file + " cannot be read", e);
    }
  }
}
