package dev.mlk.practice.name;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Kubernetes' rules for names, with its texts. */
public final class Names {
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

  private static final int LONGEST = 63;
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final String NAME_TEXT =
      "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
          + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
          + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
  private static final String VALUE_TEXT =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

  private Names() {}

  /**
   * RFC 1123 subdomain: the rule for most kinds.
   *
   * @param prefix whether it is the beginning of a generated name, which may end in a dash
   */
  public static List<String> subdomain(String name, boolean prefix) {
    return check(
        whole(name, prefix),
        253,
        SUBDOMAIN,
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
            + " '.', and must start and end with an alphanumeric character (e.g. 'example.com',"
            + " regex used for validation is"
            + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
  }

  /**
   * RFC 1123 label: the rule for namespaces and containers.
   *
   * @param prefix whether it is the beginning of a generated name
   */
  public static List<String> label(String name, boolean prefix) {
    return check(
        whole(name, prefix),
        63,
        LABEL,
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
            + " must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc',"
            + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')");
  }

  /**
   * RFC 1035 label: the rule for services.
   *
   * @param prefix whether it is the beginning of a generated name
   */
  public static List<String> serviceLabel(String name, boolean prefix) {
    return check(
        whole(name, prefix),
        63,
        SERVICE,
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
            + " alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or"
            + " 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
  }

  /**
   * What a path can hold in one segment: the rule for roles and their bindings.
   *
   * @param prefix whether it is the beginning of a generated name
   */
  public static List<String> pathSegment(String name, boolean prefix) {
    List<String> errors = new ArrayList<>();
    if (!prefix && (name.equals(".") || name.equals(".."))) {
      return List.of("may not be '" + name + "'");
    }
    for (String part : List.of("/", "%")) {
      if (name.contains(part)) {
        errors.add("may not contain '" + part + "'");
      }
    }
    return errors;
  }

  /** The name of a container's or service's port. */
  public static List<String> portName(String name) {
    List<String> errors = new ArrayList<>();
    if (name.length() > 15) {
      errors.add("must be no more than 15 characters");
    }
    if (!name.matches("[-a-z0-9]+")) {
      errors.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if (!name.matches(".*[a-z].*")) {
      errors.add("must contain at least one letter (a-z)");
    }
    if (name.contains("--")) {
      errors.add("must not contain consecutive hyphens");
    }
    if (name.startsWith("-") || name.endsWith("-")) {
      errors.add("must not begin or end with a hyphen");
    }
    return errors;
  }

  /** A key of a config map or secret. */
  public static List<String> configKey(String key) {
    List<String> errors = new ArrayList<>();
    if (key.length() > 253) {
      errors.add("must be no more than 253 characters");
    }
    if (!key.matches("[-._a-zA-Z0-9]+")) {
      errors.add(
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
              + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is"
              + " '[-._a-zA-Z0-9]+')");
    }
    if (key.equals(".") || key.equals("..")) {
      errors.add("must not be '" + key + "'");
    } else if (key.startsWith("..")) {
      errors.add("must not start with '..'");
    }
    return errors;
  }

  /** What is wrong with a name that may have a domain in front: a label's or resource's. */
  public static List<String> qualifiedName(String name) {
    List<String> errors = new ArrayList<>();
    String[] parts = name.split("/", -1);
    if (parts.length > 2) {
      return List.of(
          "a valid label key "
              + NAME_TEXT
              + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
    }
    if (parts.length == 2) {
      if (parts[0].isEmpty()) {
        errors.add("prefix part must be non-empty");
      } else {
        subdomain(parts[0], false).forEach(text -> errors.add("prefix part " + text));
      }
    }
    String last = parts[parts.length - 1];
    if (last.isEmpty()) {
      errors.add("name part must be non-empty");
    } else if (last.length() > LONGEST) {
      errors.add("name part must be no more than 63 bytes");
    }
    if (!NAME.matcher(last).matches()) {
      errors.add("name part " + NAME_TEXT);
    }
    return errors;
  }

  /** What is wrong with a label's value. */
  public static List<String> labelValue(String value) {
    List<String> errors = new ArrayList<>();
    if (value.length() > LONGEST) {
      errors.add("must be no more than 63 bytes");
    }
    if (!value.isEmpty() && !NAME.matcher(value).matches()) {
      errors.add(VALUE_TEXT);
    }
    return errors;
  }

  /** As the server does it: the letter before the dash goes as well. */
  private static String whole(String name, boolean prefix) {
    return prefix && name.length() > 1 && name.endsWith("-")
        ? name.substring(0, name.length() - 2) + "a"
        : name;
  }

  private static List<String> check(String name, int longest, Pattern shape, String text) {
    List<String> errors = new ArrayList<>();
    if (name.length() > longest) {
      errors.add("must be no more than " + longest + " bytes");
    }
    if (!shape.matcher(name).matches()) {
      errors.add(text);
    }
    return errors;
  }
}
