package dev.mlk.practice.api.selector;

import dev.mlk.practice.status.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads {@code a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1}. */
final class LabelSelectorParser {
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final Pattern PREFIX =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final String NAME_RULE =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
  private static final String VALUE_RULE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
  private final String text;
  private int at;

  LabelSelectorParser(String text) {
    this.text = text;
  }

  List<Requirement> requirements() {
    List<Requirement> found = new ArrayList<>();
    while (true) {
      found.add(requirement());
      String next = token();
      if (next.isEmpty()) {
        return found;
      }
      if (!next.equals(",")) {
        throw ApiError.badRequest("found '" + next + "', expected: ',' or 'end of string'");
      }
    }
  }

  private Requirement requirement() {
    String first = token();
    if (first.equals("!")) {
      return new Requirement(key(token()), Requirement.Operator.ABSENT, List.of());
    }
    String key = key(first);
    String operator = peek();
    if (operator.isEmpty() || operator.equals(",")) {
      return new Requirement(key, Requirement.Operator.EXISTS, List.of());
    }
    token();
    return switch (operator) {
      case "=", "==" -> new Requirement(key, Requirement.Operator.IN, List.of(value()));
      case "!=" -> new Requirement(key, Requirement.Operator.NOT_IN, List.of(value()));
      case "in" -> new Requirement(key, Requirement.Operator.IN, values());
      case "notin" -> new Requirement(key, Requirement.Operator.NOT_IN, values());
      case ">" -> new Requirement(key, Requirement.Operator.GREATER, List.of(bound()));
      case "<" -> new Requirement(key, Requirement.Operator.LESS, List.of(bound()));
      default ->
          throw unparsable("found '" + operator + "', expected: in, notin, =, ==, !=, gt, lt");
    };
  }

  private String bound() {
    String bound = token();
    if (!bound.matches("-?[0-9]{1,18}")) {
      throw unparsable(
          "values[0]: Invalid value: \""
              + bound
              + "\": for 'Gt', 'Lt' operators, the value must be an integer");
    }
    return bound;
  }

  private List<String> values() {
    String open = token();
    if (!open.equals("(")) {
      throw unparsable("found '" + open + "' expected: '('");
    }
    List<String> values = new ArrayList<>();
    while (true) {
      values.add(value());
      String next = token();
      if (next.equals(")")) {
        return values;
      }
      if (!next.equals(",")) {
        throw unparsable("found '" + next + "', expected: ',' or ')'");
      }
    }
  }

  private String value() {
    String next = peek();
    String value = next.isEmpty() || next.equals(",") || next.equals(")") ? "" : token();
    checkValue(value);
    return value;
  }

  private static String key(String key) {
    int slash = key.indexOf('/');
    String name = key.substring(slash + 1);
    if (!NAME.matcher(name).matches()) {
      throw unparsable(
          "<nil>: Invalid value: \""
              + key
              + "\": name part "
              + (name.isEmpty() ? "must be non-empty" : NAME_RULE));
    }
    if (slash >= 0 && !PREFIX.matcher(key.substring(0, slash)).matches()) {
      throw unparsable("<nil>: Invalid value: \"" + key + "\": prefix part is not a DNS subdomain");
    }
    return key;
  }

  private static void checkValue(String value) {
    if (!value.isEmpty() && !NAME.matcher(value).matches()) {
      throw unparsable("values[0][]: Invalid value: \"" + value + "\": " + VALUE_RULE);
    }
  }

  private static ApiError unparsable(String why) {
    return ApiError.badRequest("unable to parse requirement: " + why);
  }

  private String peek() {
    int before = at;
    String next = token();
    at = before;
    return next;
  }

  /** The next operator or word; empty at the end. */
  private String token() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return "";
    }
    for (String operator : List.of("==", "!=", "=", "!", ",", "(", ")", ">", "<")) {
      if (text.startsWith(operator, at)) {
        at += operator.length();
        return operator;
      }
    }
    int start = at;
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && "=!,()><".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }
}
