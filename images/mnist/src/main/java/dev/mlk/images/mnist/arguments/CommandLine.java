package dev.mlk.images.mnist.arguments;

import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the command line. An option counts more than the environment variable of its name. */
public final class CommandLine {
  private CommandLine() {}

  /**
   * The arguments, or empty when help was asked for.
   *
   * @param imageData the digits that come with the image
   * @throws Failure with a sentence that names the wrong word and the nearest legal one
   */
  public static Optional<Arguments> read(
      List<String> words, Map<String, String> environment, Path imageData) {
    Map<Option, String> given = new EnumMap<>(Option.class);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--help") || word.equals("-h")) {
        return Optional.empty();
      }
      int equals = word.indexOf('=');
      Option option = find(equals < 0 ? word : word.substring(0, equals));
      if (equals < 0 && i + 1 == words.size()) {
        throw new Failure(ExitCode.USAGE, word + " needs a value: " + option.meaning());
      }
      String value = equals < 0 ? words.get(++i) : word.substring(equals + 1);
      if (value.isEmpty()) {
        throw new Failure(ExitCode.USAGE, option.label() + " needs a value: " + option.meaning());
      }
      given.put(option, value);
    }
    return Optional.of(check(new Values(given, environment), imageData));
  }

  private static Option find(String name) {
    if (name.equals(Option.LEARNING_RATE_ALIAS)) {
      return Option.LEARNING_RATE;
    }
    List<String> legal = new ArrayList<>();
    for (Option option : Option.all()) {
      if (option.label().equals(name)) {
        return option;
      }
      legal.add(option.label());
    }
    throw new Failure(
        ExitCode.USAGE, name + " is not an option. " + Nearest.suggestion(name, legal));
  }

  private static Arguments check(Values values, Path imageData) {
    OptimizerKind optimizer = values.choice(Option.OPTIMIZER, OptimizerKind.values());
    long steps = values.integer(Option.STEPS, 1, Long.MAX_VALUE);
    Arguments.Training training =
        new Arguments.Training(
            values.choice(Option.MODEL, ModelKind.values()),
            steps,
            (int) values.integer(Option.BATCH_SIZE, 1, 8000),
            optimizer,
            values.number(
                Option.LEARNING_RATE,
                values.text(Option.LEARNING_RATE).orElse(optimizer.usualLearningRate()),
                "above 0",
                0,
                Float.MAX_VALUE),
            values.number(
                Option.DROPOUT,
                values.text(Option.DROPOUT).orElseThrow(),
                "0 to 0.95",
                -1e-9f,
                0.95f));
    Arguments.Files files =
        new Arguments.Files(
            values.dataFolder().orElse(imageData),
            values.folder(Option.LOG_DIR),
            values.folder(Option.MODEL_DIR),
            values.folder(Option.EXPORT_DIR),
            values.integer(Option.CHECKPOINT_INTERVAL, 1, Long.MAX_VALUE),
            (int) values.integer(Option.KEEP_CHECKPOINTS, 1, 1000));
    String usualInterval = Long.toString(Math.clamp(steps / 20, 1, 100));
    return new Arguments(
        training,
        files,
        values.integer(Option.SEED, Long.MIN_VALUE, Long.MAX_VALUE),
        values.integer(
            Option.LOG_INTERVAL,
            values.text(Option.LOG_INTERVAL).orElse(usualInterval),
            1,
            Long.MAX_VALUE),
        Duration.ofSeconds(values.integer(Option.CLUSTER_TIMEOUT, 1, 86_400)));
  }

  /** The help, as lines of text. */
  public static String help() {
    StringBuilder text =
        new StringBuilder(
            """
            Usage: mnist [OPTION=VALUE]...
            Learns to read handwritten digits. TF_CONFIG, or CLUSTER_CONFIG with POD_NAME, makes it one
            process of a cluster: chief, master, worker, ps or evaluator. Without them it trains alone.

            """);
    for (Option option : Option.all()) {
      String name = option == Option.LEARNING_RATE ? "--learning-rate, --lr" : option.label();
      text.append("  ").append(name).repeat(" ", Math.max(1, 24 - name.length()));
      text.append(option.meaning());
      if (!option.usual().isEmpty()) {
        text.append(" [").append(option.usual()).append(']');
      }
      if (!option.variable().isEmpty()) {
        text.append(" (").append(option.variable()).append(')');
      }
      text.append('\n');
    }
    return text.append(
            """

            Example: mnist --model=cnn --steps=500 --model-dir=/train/model --export-dir=/train/export
            Exit codes: 0 done, 1 to 127 final (2 wrong arguments, 3 diverged, 4 data, 5 files), 128 and above worth
            another try (137 memory, 138 cluster, 143 SIGTERM).
            """)
        .toString();
  }
}
