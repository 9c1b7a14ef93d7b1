package dev.mlk.sweep.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import dev.mlk.job.Job;
import dev.mlk.sweep.store.Objective;
import dev.mlk.sweep.store.Result;
import dev.mlk.sweep.store.TrialState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JudgementTest {
  private static final Objective ACCURACY = new Objective("accuracy", true);

  private static Job job(String end) {
    return new Job(
        Json.read(
            """
            {"metadata": {"name": "t", "namespace": "n"},
             "spec": {"tfReplicaSpecs": {"Chief": {}, "Worker": {}}},
             "status": {"startTime": "2026-01-01T00:00:00Z", "completionTime": "2026-01-01T00:00:07Z",
               "conditions": [{"type": "%s", "status": "True"}]}}
            """
                .formatted(end)));
  }

  private static Result judge(String end, Objective objective, String... lines) {
    Measures measures = new Measures(objective.metric());
    for (String line : lines) {
      measures.take(line);
    }
    return Judgement.of(
        job(end),
        new MetricSource.Reading("the log of chief-0", measures, ""),
        objective,
        end.equals("Failed") ? List.of("Job t failed.") : List.of());
  }

  @Test
  void theLastNumberCountsAndTheCourseIsKept() {
    Result result =
        judge(
            "Succeeded",
            ACCURACY,
            "step=1 loss=2.3 accuracy=0.1",
            "step=2 loss=0.3, accuracy=0.9,",
            "accuracy=0.95 held_out=2000");
    assertThat(result.state()).isEqualTo(TrialState.SUCCEEDED);
    assertThat(result.value()).hasValue(0.95);
    assertThat(result.curve().values()).containsExactly(0.1, 0.9, 0.95);
    assertThat(result.curve().steps()).containsExactly(1.0, 2.0, 2.0);
    assertThat(result.seconds()).isEqualTo(7);
    assertThat(result.seen()).containsEntry("loss", "0.3").containsEntry("held_out", "2000");
  }

  @Test
  void aMissingMetricIsToldWithWhatWasThere() {
    Result result = judge("Succeeded", ACCURACY, "step=1 loss=2.3 acuracy=0.1", "done");
    assertThat(result.state()).isEqualTo(TrialState.NO_METRIC);
    assertThat(result.cause())
        .containsExactly(
            "looked for accuracy=NUMBER in the log of chief-0: there is none (did you mean"
                + " acuracy?); it has step, loss, acuracy",
            "chief-0 | step=1 loss=2.3 acuracy=0.1",
            "chief-0 | done");
  }

  @Test
  void aTextInsteadOfANumberIsTold() {
    Result result = judge("Succeeded", ACCURACY, "accuracy=high");
    assertThat(result.state()).isEqualTo(TrialState.NO_METRIC);
    assertThat(result.cause().getFirst())
        .isEqualTo(
            "looked for accuracy=NUMBER in the log of chief-0: its last value is \"high\", which is"
                + " no number");
  }

  @Test
  void anEmptyLogIsTold() {
    assertThat(judge("Succeeded", ACCURACY).cause())
        .containsExactly(
            "looked for accuracy=NUMBER in the log of chief-0: no line has the form name=value",
            "the log is empty");
  }

  @ParameterizedTest
  @CsvSource({
    "Succeeded,accuracy=NaN",
    "Succeeded,loss=nan accuracy=0.098",
    "Succeeded,step=9 total_loss=-Infinity accuracy=0.1",
    "Failed,error: Training diverged: the loss is NaN at step 20.",
    "Failed,loss = nan: giving up"
  })
  void aDivergedTrialIsRecognisedAndHasNoValue(String end, String line) {
    Result result = judge(end, ACCURACY, "step=1 loss=2 accuracy=0.99", line);
    assertThat(result.state()).isEqualTo(TrialState.DIVERGED);
    assertThat(result.value()).isEmpty();
    assertThat(result.cause()).isNotEmpty();
  }

  @Test
  void aFailedJobIsNoDivergedOneAndItsLastLinesAreKept() {
    Result result = judge("Failed", ACCURACY, "accuracy=0.9", "no such file");
    assertThat(result.state()).isEqualTo(TrialState.FAILED);
    assertThat(result.cause()).contains("Job t failed.", "chief-0 | no such file");
  }

  @Test
  void anotherMetricIsJudgedFromWhatWasSeen() {
    Result old = judge("Succeeded", ACCURACY, "step=1 loss=0.25");
    assertThat(old.state()).isEqualTo(TrialState.NO_METRIC);
    Result result = Judgement.again(old, Objective.guessed("loss"));
    assertThat(result.state()).isEqualTo(TrialState.SUCCEEDED);
    assertThat(result.value()).hasValue(0.25);
  }

  @Test
  void whatIsKeptOfALogIsBounded() {
    Measures measures = new Measures("accuracy");
    for (int i = 0; i < 100_000; i++) {
      measures.take("step=" + i + " accuracy=" + i / 100_000.0 + " name" + i + "=1");
    }
    measures.take("x".repeat(1_000_000));
    assertThat(measures.last()).hasSizeLessThan(30);
    assertThat(measures.curve(24).values()).hasSize(24).isSorted();
    assertThat(measures.curve(24).steps()).hasSize(24).isSorted();
    assertThat(measures.lines()).hasSize(5).allMatch(line -> line.length() <= 2000);
  }

  @Test
  void aGoalIsGuessedFromTheName() {
    assertThat(Objective.guessed("val_loss").maximize()).isFalse();
    assertThat(Objective.guessed("accuracy").maximize()).isTrue();
  }
}
