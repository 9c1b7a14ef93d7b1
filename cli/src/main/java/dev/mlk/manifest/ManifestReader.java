package dev.mlk.manifest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Reads files of Kubernetes objects: YAML or JSON, several documents, {@code List} objects taken
 * apart.
 *
 * <p>It is meant for files of strangers: size, depth, and what aliases expand to are bounded.
 */
public final class ManifestReader {
  /** More than an API server takes for one object (1.5 MB in etcd) would be of no use. */
  public static final int LARGEST_FILE = 3 << 20;

  private ManifestReader() {}

  /**
   * Reads a file.
   *
   * @param file its name for messages
   * @param bytes its content
   */
  public static Manifest read(String file, byte[] bytes) {
    if (bytes.length > LARGEST_FILE) {
      return tooLarge(file, bytes.length);
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return failed(file, "the file is not text", "YAML or JSON in UTF-8", "");
    }
    int strange = control(text);
    if (strange >= 0) {
      Place place = at(file, text, strange);
      return new Manifest(
          List.of(),
          List.of(
              new Finding(
                  place,
                  "the file is not text: it has a control character",
                  "YAML or JSON in UTF-8",
                  "")));
    }
    return new Reading(file, text).all();
  }

  /**
   * What reading a file above {@link #LARGEST_FILE} gives, without reading it.
   *
   * @param size its size in bytes
   */
  public static Manifest tooLarge(String file, long size) {
    return failed(
        file,
        "the file is " + (size >> 20) + " MB",
        "at most " + (LARGEST_FILE >> 20) + " MB; an API server takes no object above 1.5 MB",
        "put data on a volume, not into a manifest");
  }

  private static Manifest failed(String file, String what, String expected, String suggestion) {
    return new Manifest(
        List.of(), List.of(new Finding(Place.of(file), what, expected, suggestion)));
  }

  private static int control(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\n' && c != '\r' && c != '\t') {
        return i;
      }
    }
    return -1;
  }

  private static Place at(String file, String text, int index) {
    int line = 1;
    int start = 0;
    for (int i = text.indexOf('\n'); i >= 0 && i < index; i = text.indexOf('\n', i + 1)) {
      line++;
      start = i + 1;
    }
    return new Place(file, line, index - start + 1);
  }

  /** One file being read. */
  private static final class Reading {
    private final String file;
    private final String text;
    private final List<Document> documents = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    Reading(String file, String text) {
      this.file = file;
      this.text = text;
    }

    Manifest all() {
      LoadSettings settings =
          LoadSettings.builder()
              .setLabel(file)
              .setAllowDuplicateKeys(true)
              .setCodePointLimit(LARGEST_FILE)
              .setMaxAliasesForCollections(Integer.MAX_VALUE)
              .build();
      try {
        Iterator<Node> nodes = new Compose(settings).composeAllFromString(text).iterator();
        while (nodes.hasNext()) {
          add(nodes.next());
        }
      } catch (MarkedYamlEngineException e) {
        findings.add(SyntaxWords.explain(file, text, e));
      } catch (YamlEngineException e) {
        findings.add(
            new Finding(
                Place.of(file),
                "this is not YAML: " + e.getMessage().lines().findFirst().orElse(""),
                "",
                ""));
      }
      if (documents.isEmpty() && findings.isEmpty()) {
        findings.add(
            new Finding(
                Place.of(file),
                "the file has no object in it",
                "a Kubernetes object with apiVersion, kind and metadata",
                "mlk template show mnist prints one to begin with"));
      }
      return new Manifest(documents, findings);
    }

    private void add(Node node) {
      Place start = node.getStartMark().map(this::place).orElse(Place.of(file));
      if (node instanceof ScalarNode scalar && scalar.isPlain() && scalar.getValue().isEmpty()) {
        return;
      }
      if (!(node instanceof MappingNode mapping)) {
        findings.add(
            new Finding(
                start,
                "a document is a " + (node instanceof ScalarNode ? "single value" : "list"),
                "a Kubernetes object with apiVersion, kind and metadata",
                "several objects stand apart by lines of ---"));
        return;
      }
      TreeBuilder tree = new TreeBuilder(this::place, this::tabBefore, findings);
      Document document = tree.document(mapping, start);
      if (document != null) {
        Lists.flatten(document, documents);
      }
    }

    /** The parser takes tabs for blanks where kubectl's does not. */
    private boolean tabBefore(Mark mark) {
      int start = text.lastIndexOf('\n', Math.max(0, mark.getIndex() - 1)) + 1;
      return mark.getColumn() > 0 && text.substring(start, mark.getIndex()).indexOf('\t') >= 0;
    }

    private Place place(Mark mark) {
      return new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
  }
}
