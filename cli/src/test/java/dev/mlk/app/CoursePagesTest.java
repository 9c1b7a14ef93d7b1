package dev.mlk.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.console.TestConsole;
import dev.mlk.course.CoursePage;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * The pages of the workshop: commands that exist, links that lead somewhere, words of the field.
 */
final class CoursePagesTest {
  /** A page is read while something is done; reading may take this share of the module's time. */
  private static final double READING = 0.5;

  private static final int WORDS_A_MINUTE = 200;
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  /** On a line of its own, as it is typed; or within a sentence. */
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^(?:    |[$] )(mlk .*)$|`(mlk [^`…]*)`");

  private static final Pattern MINUTES = Pattern.compile("(?m)^minutes: *([0-9]+)");
  private static final Invocation NOTHING =
      new Invocation(
          TestConsole.pipe().console(),
          GlobalOptions.NONE,
          Map.of(),
          Path.of(""),
          InstantSource.system());

  @Test
  void everyCommandExistsAndTakesWhatItIsGiven() throws IOException {
    List<String> faults = new ArrayList<>();
    for (CoursePage page : CoursePage.all()) {
      for (String command : page.commands()) {
        fault(command, true)
            .ifPresent(why -> faults.add(page.name() + ": " + command + ": " + why));
      }
      for (String code : page.inlineCode()) {
        fault(code, false).ifPresent(why -> faults.add(page.name() + ": " + code + ": " + why));
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyCommandOfTheDocumentationOfTheWorkshopExists() throws IOException {
    List<String> faults = new ArrayList<>();
    int found = 0;
    for (String page : List.of("workshop", "watch", "board", "module-format")) {
      Matcher commands = COMMAND.matcher(Files.readString(Path.of("..", "docs", page + ".md")));
      while (commands.find()) {
        boolean whole = commands.group(1) != null;
        String command = whole ? commands.group(1) : commands.group(2);
        found++;
        fault(command, whole).ifPresent(why -> faults.add(page + ": " + command + ": " + why));
      }
    }
    assertThat(faults).isEmpty();
    assertThat(found).isGreaterThan(20);
  }

  @Test
  void theCheckOfCommandsFindsWhatIsWrong() {
    assertThat(fault("mlk gpu topp", true)).isPresent();
    assertThat(fault("mlk gpu top --no-such-option", true)).isPresent();
    assertThat(fault("mlk tfjob why", true)).isPresent();
    assertThat(fault("mlk tfjob why", false)).isEmpty();
    assertThat(fault("mlk gpu top -A | grep 'a b' > file", true)).isEmpty();
    assertThat(fault("kubectl get pods", true)).isEmpty();
    assertThat(fault("mlk help exit-codes", true)).isEmpty();
  }

  /** What is wrong with a command of mlk. */
  private static Optional<String> fault(String command, boolean whole) {
    List<String> words = words(command);
    if (words.isEmpty() || !words.getFirst().equals("mlk")) {
      return Optional.empty();
    }
    try {
      ArgumentReader reader =
          new ArgumentReader(words.subList(1, words.size()).toArray(String[]::new));
      List<String> rest = reader.rest();
      if (rest.isEmpty() || rest.getFirst().equals("help")) {
        return Optional.empty();
      }
      Optional<String> path = App.commandPath(rest);
      if (path.isEmpty()) {
        boolean group = rest.size() == 1 && CommandTable.group(rest.getFirst()).isPresent();
        return group ? Optional.empty() : Optional.of("no such command");
      }
      if (whole && !reader.help()) {
        CommandLine line = new CommandLine(CommandFactory.create(path.get(), NOTHING));
        int names = path.get().indexOf(' ') < 0 ? 1 : 2;
        line.parseArgs(rest.subList(names, rest.size()).toArray(String[]::new));
      }
      return Optional.empty();
    } catch (CommandLine.ParameterException | Problem e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The words of a command in a shell, up to what the shell itself does with them. */
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      String bare = matcher.group(3);
      if (bare != null && bare.matches("[|&;<>].*|#.*|[0-9]>.*")) {
        break;
      }
      words.add(
          bare != null ? bare : matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    return words;
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> faults = new ArrayList<>();
    for (CoursePage page : CoursePage.all()) {
      for (String link : page.links()) {
        boolean web = link.matches("https://[a-z0-9.-]+[.][a-z]+(/\\S*)?");
        boolean file =
            !link.contains(":") && Files.exists(page.folder().resolve(link.replaceAll("#.*", "")));
        if (!web && !file) {
          faults.add(page.name() + ": " + link);
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void aPageIsReadInHalfTheTimeOfItsModuleAtMost() throws IOException {
    for (CoursePage page : CoursePage.all()) {
      String manifest = Files.readString(page.folder().resolve("module.yaml"));
      Matcher minutes = MINUTES.matcher(manifest);
      assertThat(minutes.find()).as(page.name() + " has its minutes").isTrue();
      double reading = (double) page.words().size() / WORDS_A_MINUTE;
      assertThat(reading)
          .as("minutes to read " + page.name())
          .isLessThanOrEqualTo(READING * Integer.parseInt(minutes.group(1)));
    }
  }

  @Test
  void theWordsAreThoseOfTheField() throws IOException {
    List<String> faults = new ArrayList<>();
    for (CoursePage page : CoursePage.all()) {
      faults.addAll(CoursePage.wrongTerms(page.prose()).stream().map(page.name()::concat).toList());
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void theListOfTermsFindsWrongOnesAndLeavesRightOnes() throws IOException {
    assertThat(CoursePage.wrongTerms("We run Tensorflow on kubernetes, with a hyperparameter."))
        .hasSize(3);
    assertThat(CoursePage.wrongTerms("TensorFlow on Kubernetes has hyper-parameters and TFJobs."))
        .isEmpty();
  }
}
