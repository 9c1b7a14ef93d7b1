package dev.mlk.format;

import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import tools.jackson.databind.JsonNode;

/** YAML text from and to trees. */
public final class Yaml {
  private Yaml() {}

  /**
   * The documents of a text, with the position of everything in it. Values stay as written: {@code
   * yes} is the text {@code yes}.
   *
   * @param name what to call the text in messages, such as the file's name
   * @throws Problem.BadInput when it is not YAML, with line and column
   */
  public static List<YamlNode> read(String text, String name) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(name).setAllowDuplicateKeys(true).build();
    try {
      return new YamlReader(new ParserImpl(settings, new StreamReader(settings, text)), name)
          .documents();
    } catch (MarkedYamlEngineException e) {
      Mark mark = e.getProblemMark().orElse(null);
      throw bad(
          name,
          mark == null
              ? new YamlNode.Position(1, 1)
              : new YamlNode.Position(mark.getLine() + 1, mark.getColumn() + 1),
          e.getProblem());
    } catch (YamlEngineException e) {
      throw new Problem.BadInput(
          Explanation.of(name + " is not YAML")
              .because(e.getMessage().lines().findFirst().orElse("")));
    }
  }

  /** A problem at a place of a file: {@code file:line:column: message}. */
  public static Problem bad(String name, YamlNode.Position at, String message) {
    return new Problem.BadInput(
        Explanation.of(name + " cannot be read")
            .because(name + ":" + at.line() + ":" + at.column() + ": " + message));
  }

  /**
   * The tree as block YAML with a line end; texts that some reader could take for another type are
   * quoted.
   */
  public static String write(JsonNode tree) {
    return YamlWriter.write(tree);
  }
}
