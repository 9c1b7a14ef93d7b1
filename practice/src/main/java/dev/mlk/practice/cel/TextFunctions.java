package dev.mlk.practice.cel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.List;

/** Kubernetes' functions on texts: parts that match, and formatting. */
final class TextFunctions {
  static final Functions ALL =
      new Functions()
          .member("find", SimpleType.STRING, a -> find(a), SimpleType.STRING, SimpleType.STRING)
          .member(
              "findAll",
              ListType.create(SimpleType.STRING),
              a -> findAll(a, -1),
              SimpleType.STRING,
              SimpleType.STRING)
          .member(
              "findAll",
              ListType.create(SimpleType.STRING),
              a -> findAll(a, (Long) a[2]),
              SimpleType.STRING,
              SimpleType.STRING,
              SimpleType.INT)
          .member(
              "format",
              SimpleType.STRING,
              a -> Format.of((String) a[0], (List<?>) a[1]),
              SimpleType.STRING,
              ListType.create(SimpleType.DYN));

  private TextFunctions() {}

  private static String find(Object[] arguments) throws CelEvaluationException {
    Matcher matcher = matcher(arguments);
    return matcher.find() ? matcher.group() : "";
  }

  private static List<String> findAll(Object[] arguments, long most) throws CelEvaluationException {
    List<String> found = new ArrayList<>();
    Matcher matcher = matcher(arguments);
    while ((most < 0 || found.size() < most) && matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private static Matcher matcher(Object[] arguments) throws CelEvaluationException {
    try {
      return Pattern.compile((String) arguments[1]).matcher((String) arguments[0]);
    } catch (PatternSyntaxException e) {
      throw new CelEvaluationException("Illegal regex: " + e.getMessage());
    }
  }
}
