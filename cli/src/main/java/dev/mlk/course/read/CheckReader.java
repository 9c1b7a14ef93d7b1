package dev.mlk.course.read;

import dev.mlk.course.Capability;
import dev.mlk.course.Check;
import dev.mlk.course.check.Durations;
import dev.mlk.course.check.Expressions;
import dev.mlk.course.check.Operator;
import dev.mlk.course.check.Paths;
import dev.mlk.course.check.Vocabulary;
import dev.mlk.format.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads checks and their explanations. */
final class CheckReader {
  private static final Pattern CODE = Pattern.compile("[A-Z0-9]+(-[A-Z0-9a-z]+)*");
  private static final List<String> PATTERNS =
      List.of("named", "message", "matches", "not", "body", "contains");
  private static final Check.Words SILENT = new Check.Words("", "", "", "", "");

  private CheckReader() {}

  /** A check of a step. */
  static Check check(Fields fields) {
    String verb = verb(fields);
    String says = fields.need("says");
    Check.Words words = words(fields, false);
    String timeout = fields.text("timeout", "10s");
    Optional<Duration> duration = Durations.parse(timeout);
    if (duration.isEmpty()) {
      fields.bad("timeout", "timeout must be a number with s, m or h, such as 60s");
    }
    return new Check(
        verb,
        verb.isEmpty() ? MissingNode.getInstance() : fields.raw(verb),
        says,
        words,
        duration.orElse(Duration.ZERO),
        capabilities(fields),
        fields.truth("shared", true),
        fields.each("onFail", CheckReader::rule));
  }

  /** A check within another, or within a rule: nothing but the verb. */
  static Check bare(Fields fields) {
    String verb = verb(fields);
    return new Check(
        verb,
        verb.isEmpty() ? MissingNode.getInstance() : fields.raw(verb),
        "",
        SILENT,
        Duration.ofSeconds(60),
        Set.of(),
        false,
        List.of());
  }

  /** What a check or step requires. */
  static Set<Capability> capabilities(Fields fields) {
    Set<Capability> all = EnumSet.of(Capability.P);
    for (String letter : fields.texts("requires")) {
      boolean definition = letter.startsWith("crd/") && fields.has("id");
      if (letter.length() == 1 && "PSNCG".contains(letter)) {
        all.add(Capability.valueOf(letter));
      } else if (!letter.isEmpty() && !definition) {
        fields.bad("requires", "requires takes P, S, N, C and G, not " + letter);
      }
    }
    return all;
  }

  private static Check.Rule rule(Fields fields) {
    boolean last = fields.truth("last", false);
    List<Check> when = fields.each("when", CheckReader::bare);
    return new Check.Rule(when, words(fields, true), last);
  }

  private static Check.Words words(Fields fields, boolean rule) {
    String code = rule ? fields.need("code") : fields.text("code", "");
    if (!code.isEmpty() && !CODE.matcher(code).matches()) {
      fields.bad("code", "a code has capital letters, digits and dashes, such as GPU-NO-LIMIT");
    }
    expressions(fields);
    return new Check.Words(
        code,
        rule ? fields.text("seen", "") : "",
        fields.text("expected", ""),
        fields.text("why", ""),
        fields.text("next", ""));
  }

  /** The one field that names a check of the vocabulary, with its own fields looked at. */
  private static String verb(Fields fields) {
    List<String> verbs =
        fields.names().stream().filter(name -> Vocabulary.verb(name).isPresent()).toList();
    if (verbs.size() != 1) {
      String near =
          fields.names().stream()
              .flatMap(name -> Nearest.to(name, Vocabulary.names()).stream())
              .findFirst()
              .map(name -> "; did you mean " + name + "?")
              .orElse("");
      fields.bad(
          "",
          verbs.isEmpty()
              ? "no check of the vocabulary is here" + near
              : "two checks in one: " + String.join(", ", verbs));
      return "";
    }
    String verb = verbs.getFirst();
    if (Vocabulary.isList(verb)) {
      fields.each(verb, CheckReader::bare);
    } else {
      arguments(fields.map(verb), Vocabulary.verb(verb).orElseThrow());
    }
    return verb;
  }

  private static void arguments(Fields fields, Vocabulary.Verb verb) {
    verb.fields().forEach(fields::raw);
    for (String required : verb.required().stream().sorted().toList()) {
      if (!fields.has(required)) {
        fields.bad("", verb.name() + " needs " + required);
      }
    }
    fields.done();
    if (fields.has("op")) {
      operator(fields, verb);
    }
    for (String field : List.of("path", "from", "to")) {
      boolean isPath = !verb.name().equals("http") && !verb.name().equals("metric");
      JsonNode path = fields.raw(field);
      if (path.isString() && isPath && !verb.name().equals("progress")) {
        wrong(fields, field, Paths.wrong(path.asString()));
      }
    }
    for (String field : PATTERNS) {
      if (fields.raw(field).isString()) {
        wrong(fields, field, Operator.wrongPattern(fields.raw(field).asString()));
      }
    }
    if (fields.has("of") && fields.text("of", "").indexOf('/') < 0) {
      fields.bad("of", "of takes Kind/name, such as Job/mnist");
    }
    expressions(fields);
  }

  private static void operator(Fields fields, Vocabulary.Verb verb) {
    String word = fields.text("op", "");
    boolean pinned = verb.name().equals("image") && word.equals("pinned");
    Optional<Operator> operator = Operator.of(word);
    if (operator.isEmpty() && !pinned) {
      List<String> words = new ArrayList<>();
      for (Operator one : Operator.values()) {
        words.add(one.word());
      }
      fields.bad("op", "there is no op " + word + "; there are " + String.join(", ", words));
    }
    if (operator.isPresent() && operator.get().compares() && !fields.has("value")) {
      fields.bad("", "op " + word + " needs a value");
    }
  }

  /** Says which expressions in its texts make no sense. */
  static void expressions(Fields fields) {
    for (String name : fields.names()) {
      String text = fields.raw(name).isString() ? fields.raw(name).asString() : "";
      int start = text.indexOf("${=");
      int end = start < 0 ? -1 : text.indexOf('}', start);
      if (end > 0) {
        wrong(fields, name, Expressions.wrong(text.substring(start + 3, end)));
      }
    }
  }

  private static void wrong(Fields fields, String name, String what) {
    if (!what.isEmpty()) {
      fields.bad(name, what);
    }
  }
}
