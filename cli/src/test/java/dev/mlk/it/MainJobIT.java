package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The product's promise: from an empty home folder to a trained model in one command, alone and
 * distributed.
 */
final class MainJobIT {
  private static final Pattern ACCURACY =
      Pattern.compile("\\| accuracy=(0\\.[0-9]+) held_out=2000");

  @Test
  void oneCommandTrainsARealModelFromAnEmptyHome() throws Exception {
    try (Mlk mlk = new Mlk()) {
      Mlk.Result result = mlk.run("tfjob", "submit", "templates/mnist/mnist.yaml", "--follow");
      assertThat(result.code()).as(result.all()).isZero();
      assertThat(result.out()).startsWith("tfjob.kubeflow.org/mnist created\n");
      assertThat(accuracy(result.out())).isGreaterThanOrEqualTo(0.93);
      if (!Engine.real()) {
        assertThat(result.err()).contains("ractice cluster");
      }
      assertThat(result.err())
          .containsPattern("scheduled [0-9.]+ s, started [0-9.]+ s, trained [0-9.]+ s");
    }
  }

  @Test
  void chiefWorkersAndParameterServerTrainOneModelTogether() throws Exception {
    try (Mlk mlk = new Mlk()) {
      Mlk.Result result = mlk.run("tfjob", "submit", "mnist-distributed", "--follow");
      assertThat(result.code()).as(result.all()).isZero();
      assertThat(accuracy(result.out())).isGreaterThanOrEqualTo(0.93);
      Matcher shares =
          Pattern.compile(
                  "global_step=([0-9]+) chief-0=([0-9]+) worker-0=([0-9]+) worker-1=([0-9]+)")
              .matcher(result.out());
      assertThat(shares.find()).as(result.out()).isTrue();
      assertThat(Integer.parseInt(shares.group(3))).as("steps of worker-0").isPositive();
      assertThat(Integer.parseInt(shares.group(4))).as("steps of worker-1").isPositive();
      List<String> claim = files(mlk.home().resolve(".mlk/clusters/practice/volumes"));
      assertThat(claim).anyMatch(name -> name.contains("events.out.tfevents"));
      assertThat(claim).anyMatch(name -> name.endsWith("export/1/saved_model.pb"));
      assertThat(claim).anyMatch(name -> name.contains("export/1/variables/variables.index"));
      assertThat(claim).anyMatch(name -> name.endsWith("model/checkpoint"));
      Mlk.await(
          "the parameter server to be cleaned up",
          () -> mlk.processes("dev.mlk.images.mnist").isEmpty());
    }
  }

  static double accuracy(String out) {
    Matcher matcher = ACCURACY.matcher(out);
    double last = 0;
    while (matcher.find()) {
      last = Double.parseDouble(matcher.group(1));
    }
    return last;
  }

  private static List<String> files(Path folder) throws Exception {
    return LiveFiles.below(folder).stream()
        .filter(Files::isRegularFile)
        .map(Path::toString)
        .toList();
  }
}
