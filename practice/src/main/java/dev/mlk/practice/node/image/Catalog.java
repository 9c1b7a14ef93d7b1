package dev.mlk.practice.node.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The images that there are. */
public final class Catalog {
  private final List<Image> images;

  private Catalog(List<Image> images) {
    this.images = List.copyOf(images);
  }

  /**
   * Reads a catalogue.
   *
   * @param file the catalogue; folders in it are relative to its own
   * @throws IOException if it cannot be read, with a sentence that says where it is wrong
   */
  public static Catalog read(Path file) throws IOException {
    try {
      Object document =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      List<Image> images = new ArrayList<>();
      for (Object entry : list(map(document).get("images"))) {
        images.add(image(map(entry), file.toAbsolutePath().getParent()));
      }
      return new Catalog(images);
    } catch (YamlEngineException | IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Whether a text can be a reference to an image at all. */
  public static boolean valid(String reference) {
    return Reference.valid(reference);
  }

  /** The registry that a reference names, such as {@code docker.io}. */
  public static String registry(String reference) {
    return Reference.registry(reference);
  }

  /** The image that a container's reference names; empty when there is none. */
  public Optional<Image> find(String reference) {
    Reference wanted = Reference.parse(reference);
    return images.stream()
        .filter(image -> image.names().contains(wanted.repository()))
        .filter(
            image ->
                image.tags().isEmpty()
                    || wanted.tag().isEmpty()
                    || image.tags().contains(wanted.tag()))
        .findFirst();
  }

  /** Why there is no such image, and what there is instead, in one sentence. */
  public String absence(String reference) {
    Reference wanted = Reference.parse(reference);
    List<String> tags = new ArrayList<>();
    for (Image image : images) {
      if (image.names().contains(wanted.repository())) {
        image.tags().forEach(tag -> tags.add(wanted.repository() + ":" + tag));
      }
    }
    String lack =
        "the practice cluster has no image \""
            + reference
            + "\": it runs programs of this machine, ";
    return tags.isEmpty()
        ? lack + "and knows only the images " + String.join(", ", listed())
        : lack + "and has " + String.join(", ", tags) + " only";
  }

  /** Every name, with its tags where they matter. */
  public List<String> listed() {
    List<String> all = new ArrayList<>();
    for (Image image : images) {
      for (String name : image.names()) {
        if (image.tags().isEmpty()) {
          all.add(name);
        }
        image.tags().forEach(tag -> all.add(name + ":" + tag));
      }
    }
    return all;
  }

  private static Image image(Map<String, Object> entry, Path base) {
    Map<String, List<String>> programs = new LinkedHashMap<>();
    map(entry.get("programs")).forEach((name, words) -> programs.put(name, strings(words)));
    List<String> names = strings(entry.get("names")).stream().map(Reference::plain).toList();
    if (names.isEmpty()) {
      throw new IllegalArgumentException("an image without names");
    }
    return new Image(
        names,
        strings(entry.get("tags")),
        base.resolve(String.valueOf(entry.getOrDefault("folder", "."))).normalize(),
        strings(entry.get("entrypoint")),
        strings(entry.get("cmd")),
        texts(entry.get("env")),
        programs,
        texts(entry.get("files")),
        Boolean.TRUE.equals(entry.get("host")),
        Boolean.TRUE.equals(entry.get("simulated")),
        "private".equals(entry.get("network")),
        entry.containsKey("pull") ? PullRule.of(map(entry.get("pull"))) : PullRule.PLAIN);
  }

  static Map<String, Object> map(Object value) {
    Map<String, Object> result = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> entries) {
      entries.forEach((name, each) -> result.put(String.valueOf(name), each));
    } else if (value != null) {
      throw new IllegalArgumentException("expected a mapping instead of: " + value);
    }
    return result;
  }

  private static Map<String, String> texts(Object value) {
    Map<String, String> result = new LinkedHashMap<>();
    map(value).forEach((name, each) -> result.put(name, String.valueOf(each)));
    return result;
  }

  static List<Object> list(Object value) {
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> items) {
      return new ArrayList<>(items);
    }
    throw new IllegalArgumentException("expected a list instead of: " + value);
  }

  private static List<String> strings(Object value) {
    return list(value).stream().map(String::valueOf).toList();
  }
}
