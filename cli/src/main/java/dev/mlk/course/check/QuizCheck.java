package dev.mlk.course.check;

import dev.mlk.practice.quantity.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Whether a question was answered, and rightly. */
final class QuizCheck {
  private final Scene scene;

  QuizCheck(Scene scene) {
    this.scene = scene;
  }

  Observation look(Arguments arguments) {
    String name = arguments.text("answer");
    List<String> choices = arguments.texts("choices");
    String answer = scene.learner().answers().getOrDefault(name, "").strip();
    String form = choices.isEmpty() ? "" : " (one of " + String.join(", ", choices) + ")";
    if (answer.isEmpty()) {
      return Observation.not(
          "the question " + name + " has no answer yet",
          "mlk answer " + name + " VALUE" + form,
          "NOT-ANSWERED");
    }
    BigDecimal tolerance = new Value(arguments.text("tolerance", "0")).orZero();
    for (String right : arguments.texts("is")) {
      if (same(new Value(answer), right(right), tolerance)) {
        return Observation.holds("you answered " + answer);
      }
    }
    return Observation.not("you answered " + answer, "another answer" + form);
  }

  private Value right(String text) {
    return Expressions.wrong(text).isEmpty()
        ? new Expressions(scene).value(text)
        : new Value(text.strip());
  }

  private static boolean same(Value answer, Value right, BigDecimal tolerance) {
    Optional<BigDecimal> one = Quantity.parse(answer.text()).map(Quantity::amount);
    Optional<BigDecimal> other = Quantity.parse(right.text()).map(Quantity::amount);
    if (one.isEmpty() || other.isEmpty()) {
      return answer.text().equalsIgnoreCase(right.text());
    }
    BigDecimal distance = one.get().subtract(other.get()).abs();
    return distance.compareTo(tolerance) <= 0;
  }
}
