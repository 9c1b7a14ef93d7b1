package dev.mlk.tfjob.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Amounts of resources. */
final class Quantities {
  private static final Pattern LEGAL =
      Pattern.compile(
          "[+-]?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE][+-]?[0-9]+))?");
  private static final Pattern BYTES =
      Pattern.compile("([0-9.]+)\\s*([kmgt])(i?)b?", Pattern.CASE_INSENSITIVE);

  private Quantities() {}

  static List<Finding> check(FieldPath path, JsonNode amounts) {
    List<Finding> findings = new ArrayList<>();
    for (String resource : SpecAdvice.names(amounts)) {
      String amount = amounts.get(resource).asString("");
      FieldPath at = path.key(resource);
      if (!LEGAL.matcher(amount).matches()) {
        findings.add(
            Finding.error(
                at,
                "'" + amount + "' is not an amount",
                "a number with a unit such as 500m, 2, 512Mi or 4Gi",
                meant(amount)));
      } else if (amount.startsWith("-")) {
        findings.add(Finding.error(at, amount + " is less than nothing", "0 or more", ""));
      } else if (resource.contains("/") && !amount.matches("\\+?[0-9]+")) {
        findings.add(
            Finding.error(
                at,
                "a pod gets whole devices of " + resource + ", not " + amount,
                "a whole number",
                Map.of("nvidia.com/gpu", "nvidia.com/gpu: 1").getOrDefault(resource, "")));
      }
    }
    return findings;
  }

  private static String meant(String amount) {
    Matcher bytes = BYTES.matcher(amount);
    return bytes.matches()
        ? "did you mean " + bytes.group(1) + bytes.group(2).toUpperCase(Locale.ROOT) + "i?"
        : "";
  }
}
