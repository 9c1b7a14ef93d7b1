package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import dev.mlk.practice.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Collects what is wrong with an object, in the order in which it is found. */
final class Findings {
  private static final long PORT_MAX = 65535;

  private final List<FieldError> found = new ArrayList<>();

  List<FieldError> list() {
    return List.copyOf(found);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  int size() {
    return found.size();
  }

  void add(FieldError error) {
    found.add(error);
  }

  void addAll(List<FieldError> errors) {
    found.addAll(errors);
  }

  void required(String path) {
    required(path, "");
  }

  void required(String path, String why) {
    found.add(FieldError.required(path, why));
  }

  void forbidden(String path, String why) {
    found.add(FieldError.forbidden(path, why));
  }

  void duplicate(String path, String value) {
    found.add(FieldError.duplicate(path, shown(value)));
  }

  void invalid(String path, String value, String why) {
    found.add(FieldError.invalid(path, shown(value), why));
  }

  void invalid(String path, long value, String why) {
    found.add(FieldError.invalid(path, Long.toString(value), why));
  }

  /** A wrong value, shown as its JSON. */
  void invalid(String path, JsonNode value, String why) {
    found.add(FieldError.invalid(path, value.isMissingNode() ? "null" : value.toString(), why));
  }

  /** Something is wrong that no single value shows. */
  void invalidWithoutValue(String path, String why) {
    found.add(new FieldError("FieldValueInvalid", path, "Invalid value: " + why));
  }

  /** The same value with each of several texts. */
  void invalid(String path, String value, List<String> texts) {
    texts.forEach(why -> invalid(path, value, why));
  }

  void notSupported(String path, String value, String... legal) {
    found.add(FieldError.notSupported(path, shown(value), List.of(legal)));
  }

  void notFound(String path, String value) {
    found.add(FieldError.notFound(path, shown(value)));
  }

  void tooLong(String path, int bytes) {
    found.add(
        new FieldError(
            "FieldValueTooLong", path, "Too long: may not be more than " + bytes + " bytes"));
  }

  /** A text that must be there and be one of the legal ones. */
  void oneOf(JsonNode object, String name, String path, String... legal) {
    if (Tree.blank(object, name)) {
      required(at(path, name));
    } else {
      oneOfIfPresent(object, name, path, legal);
    }
  }

  /** A text that must be one of the legal ones when it is there. */
  void oneOfIfPresent(JsonNode object, String name, String path, String... legal) {
    String value = Tree.text(object, name);
    if (Tree.has(object, name) && !List.of(legal).contains(value)) {
      notSupported(at(path, name), value, legal);
    }
  }

  /** Numbers that must not be negative when they are there. */
  void notNegative(JsonNode object, String path, String... names) {
    for (String name : names) {
      if (Tree.number(object, name) < 0) {
        invalid(at(path, name), Tree.number(object, name), "must be greater than or equal to 0");
      }
    }
  }

  /** A port's number. */
  void port(long port, String path) {
    if (port < 1 || port > PORT_MAX) {
      invalid(path, port, "must be between 1 and 65535, inclusive");
    }
  }

  /** A port's number or name. */
  void portOrName(JsonNode port, String path) {
    if (port.isString()) {
      invalid(path, port.asString(""), Names.portName(port.asString("")));
    } else {
      port(port.asLong(0), path);
    }
  }

  /** A part that may not change. */
  void immutable(JsonNode object, JsonNode old, String name, String path) {
    if (!object.path(name).equals(old.path(name))) {
      invalid(at(path, name), object.path(name), "field is immutable");
    }
  }

  private static String at(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String shown(String text) {
    return JsonNodeFactory.instance.stringNode(text).toString();
  }
}
