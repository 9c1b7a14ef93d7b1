package dev.mlk.images.mnist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Trains a network with every combination of four parameters and writes down what came out, so that
 * searches can be tried on a real space again and again at no cost:
 *
 * <pre>{@code
 * java -Xmx512m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
 *   -Djava.library.path=images/mnist/target/image/native -Dmnist.home=images/mnist/target/image \
 *   -cp 'images/mnist/target/test-classes:images/mnist/target/image/lib/*' \
 *   dev.mlk.images.mnist.RecordedSpace cli/src/test/resources/dev/mlk/sweep/search/mnist-space.csv
 * }</pre>
 */
final class RecordedSpace {
  private static final int STEPS = 180;
  private static final int INTERVAL = 10;
  private static final List<String> RATES =
      List.of("0.0001", "0.0003162", "0.001", "0.003162", "0.01", "0.03162", "0.1", "0.3162", "1");
  private static final List<String> BATCHES = List.of("16", "32", "64", "128");
  private static final List<String> OPTIMIZERS = List.of("sgd", "momentum", "adam");
  private static final List<String> DROPOUTS = List.of("0", "0.25", "0.5");
  private static final Pattern PROGRESS =
      Pattern.compile("step=([0-9]+) loss=\\S+ accuracy=([0-9.]+).*");
  private static final Pattern END = Pattern.compile(".*\\baccuracy=([0-9.]+) held_out=.*");

  private RecordedSpace() {}

  /**
   * Writes the file.
   *
   * @param words the file
   */
  public static void main(String[] words) throws IOException {
    PrintStream terminal = System.out;
    List<String> lines = new ArrayList<>();
    lines.add("lr,batch-size,optimizer,dropout,accuracy,curve");
    for (String rate : RATES) {
      for (String batch : BATCHES) {
        for (String optimizer : OPTIMIZERS) {
          for (String dropout : DROPOUTS) {
            String point = String.join(",", rate, batch, optimizer, dropout);
            lines.add(point + "," + trained(rate, batch, optimizer, dropout));
          }
        }
      }
      terminal.println(lines.size() - 1 + " trained");
    }
    Files.write(Path.of(words[0]), lines);
    System.exit(0);
  }

  /** The accuracy on digits that training has not seen, and what it had on the way. */
  private static String trained(String rate, String batch, String optimizer, String dropout) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    Program.system()
        .run(
            List.of(
                "--model=mlp",
                "--steps=" + STEPS,
                "--log-interval=" + INTERVAL,
                "--learning-rate=" + rate,
                "--batch-size=" + batch,
                "--optimizer=" + optimizer,
                "--dropout=" + dropout));
    // A training that diverges has no accuracy, and a curve up to where it ended.
    String accuracy = "nan";
    StringBuilder curve = new StringBuilder();
    for (String line : said.toString(StandardCharsets.UTF_8).lines().toList()) {
      Matcher progress = PROGRESS.matcher(line);
      Matcher end = END.matcher(line);
      if (progress.matches()) {
        curve.append(curve.isEmpty() ? "" : " ");
        curve.append(progress.group(1)).append(':').append(progress.group(2));
      } else if (end.matches()) {
        accuracy = end.group(1);
      }
    }
    return accuracy + "," + curve;
  }
}
