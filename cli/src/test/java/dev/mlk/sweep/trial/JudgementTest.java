package dev.mlk.sweep.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.format.Json;
import dev.mlk.job.Job;
import dev.mlk.sweep.store.Curve;
import dev.mlk.sweep.store.Objective;
import dev.mlk.sweep.store.Result;
import dev.mlk.sweep.store.TrialState;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
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
    return judge(end, objective, Events.NONE, lines);
  }

  private static Result judge(String end, Objective objective, Events events, String... lines) {
    Measures measures = new Measures(objective.metric());
    for (String line : lines) {
      measures.take(line);
    }
    return Judgement.of(
        job(end),
        new MetricSource.Reading("the log of chief-0", measures, "", events),
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

  private static Events events(Scalar... scalars) {
    return new Events("the event files in /logs", "", List.of(scalars));
  }

  private static Scalar scalar(String run, String tag, double... values) {
    List<Double> steps = new ArrayList<>();
    List<Double> all = new ArrayList<>();
    for (double value : values) {
      steps.add((double) steps.size() + 1);
      all.add(value);
    }
    OptionalDouble last =
        values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(values[values.length - 1]);
    return new Scalar(run, tag, last, new Curve(steps, all), List.of());
  }

  @Test
  void aNumberThatOnlyEventFilesHaveCountsAndThatOfUnseenDataBeforeThatOfTraining() {
    Result result =
        judge(
            "Succeeded",
            ACCURACY,
            events(scalar("train", "accuracy", 0.5, 0.99), scalar("test", "accuracy", 0.4, 0.9)),
            "done");
    assertThat(result.state()).isEqualTo(TrialState.SUCCEEDED);
    assertThat(result.value()).hasValue(0.9);
    assertThat(result.curve().values()).containsExactly(0.4, 0.9);
    assertThat(result.seen()).containsEntry("train/accuracy", "0.99");
    assertThat(result.cause()).isEmpty();
  }

  @Test
  void aRunAndATagNameOneNumberOfTheEventFiles() {
    Objective loss = new Objective("train/loss", false);
    Events two = events(scalar("train", "loss", 0.2), scalar("test", "loss", 0.3));
    assertThat(judge("Succeeded", loss, two).value()).hasValue(0.2);
  }

  @Test
  void whichOfSeveralRunsIsMeantIsAsked() {
    Result result =
        judge(
            "Succeeded",
            ACCURACY,
            events(scalar("a", "accuracy", 0.5), scalar("b", "accuracy", 0.6)),
            "done");
    assertThat(result.state()).isEqualTo(TrialState.NO_METRIC);
    assertThat(result.cause())
        .contains(
            "looked for accuracy in the event files in /logs: a/accuracy, b/accuracy have it;"
                + " --metric a/accuracy says which is meant");
  }

  @Test
  void aLogAndEventFilesThatDisagreeAreToldAndTheLogCounts() {
    Events other = events(scalar("test", "accuracy", 0.5, 0.8));
    Result result = judge("Succeeded", ACCURACY, other, "accuracy=0.95");
    assertThat(result.value()).hasValue(0.95);
    assertThat(result.cause())
        .containsExactly(
            "the log of chief-0 and the event files disagree: accuracy=0.95 there, 0.8 as the last"
                + " of test/accuracy in the event files in /logs; the log counts");
    Events same = events(scalar("test", "accuracy", 0.9495000243186951));
    assertThat(judge("Succeeded", ACCURACY, same, "accuracy=0.9495").cause()).isEmpty();
    assertThat(judge("Succeeded", ACCURACY, same, "accuracy=94.95%").cause()).isEmpty();
    Events training = events(scalar("train", "accuracy", 0.95), scalar("test", "accuracy", 0.8));
    assertThat(judge("Succeeded", ACCURACY, training, "accuracy=0.95").cause()).isEmpty();
  }

  @Test
  void aMetricThatNeitherSourceHasIsToldWithWhatBothHave() {
    Result result =
        judge("Succeeded", ACCURACY, events(scalar("test", "acuracy", 0.5)), "step=1 loss=2");
    assertThat(result.cause())
        .containsExactly(
            "looked for accuracy=NUMBER in the log of chief-0: there is none; it has step, loss",
            "looked for accuracy in the event files in /logs: there is none (did you mean"
                + " acuracy?); they have test/acuracy",
            "chief-0 | step=1 loss=2");
  }

  @Test
  void aTextInTheEventFilesIsNoNumberAndANumberThereReplacesATextInTheLog() {
    Scalar text =
        new Scalar(
            "test",
            "accuracy",
            OptionalDouble.empty(),
            Curve.NONE,
            List.of("2 of its values are no numbers: the text \"high\""));
    assertThat(judge("Succeeded", ACCURACY, events(text)).cause())
        .contains(
            "looked for accuracy in the event files in /logs: test/accuracy: 2 of its values are no"
                + " numbers: the text \"high\"");
    Result result =
        judge("Succeeded", ACCURACY, events(scalar("test", "accuracy", 0.7)), "accuracy=high");
    assertThat(result.value()).hasValue(0.7);
    assertThat(result.cause())
        .containsExactly(
            "the log of chief-0 says accuracy=high, which is no number; the event files count");
  }

  @Test
  void aLossThatEndsAsNanInTheEventFilesIsADivergence() {
    Events events = events(scalar("train", "loss", 0.5, Double.NaN));
    Result result = judge("Succeeded", ACCURACY, events, "accuracy=0.1");
    assertThat(result.state()).isEqualTo(TrialState.DIVERGED);
    assertThat(result.cause())
        .containsExactly("diverged: train/loss=NaN in the event files in /logs");
  }

  @Test
  void eventFilesOutOfReachAreNoMystery() {
    Events away = new Events("event files", "the event files of job t are elsewhere", List.of());
    assertThat(judge("Succeeded", ACCURACY, away, "accuracy=0.5").cause()).isEmpty();
    assertThat(judge("Succeeded", ACCURACY, away, "done").cause())
        .contains("looked for accuracy in event files: the event files of job t are elsewhere");
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
