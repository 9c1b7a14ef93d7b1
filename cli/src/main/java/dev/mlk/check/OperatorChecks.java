package dev.mlk.check;

import dev.mlk.facts.Known;
import dev.mlk.facts.Names;
import dev.mlk.facts.Nodes;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.tfjob.api.TfJobDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Whether TFJobs are known here, and whether somebody looks after them. */
final class OperatorChecks {
  static final String DEFINE = "mlk operator run, or install the Kubeflow training operator";
  private static final List<String> OLD_GROUPS = List.of("tensorflow.org");

  private OperatorChecks() {}

  static List<Check<Facts>> all() {
    return List.of(
        new Check<>(
            "tfjob", "definition", "the TFJob resource is defined", OperatorChecks::definition),
        new Check<>("tfjob", "versions", "in the version that jobs use", OperatorChecks::versions),
        DryRunChecks.job(),
        new Check<>("tfjob", "operator", "an operator runs", OperatorChecks::operator),
        new Check<>("tfjob", "alone", "only one does", OperatorChecks::alone),
        new Check<>("tfjob", "watches", "it watches your namespace", OperatorChecks::watches),
        new Check<>("tfjob", "waiting", "no job waits for it in vain", OperatorChecks::waiting));
  }

  private static Known<Optional<JsonNode>> found(Facts facts) {
    return facts.find(Resources.CUSTOM_RESOURCES, "", TfJobDefinition.NAME);
  }

  private static List<Verdict> definition(Facts facts) {
    Known<Optional<JsonNode>> found = found(facts);
    if (!found.known() && facts.discovery().map(d -> d.serves(Resources.TFJOBS)).or(false)) {
      return List.of(Verdict.pass("the server has tfjobs.kubeflow.org"));
    }
    return found.either(
        definition -> {
          String object = "customresourcedefinition/" + TfJobDefinition.NAME;
          if (definition.isEmpty()) {
            return List.of(
                Verdict.fail(
                    object,
                    TfJobDefinition.NAME + " is not defined",
                    "the TFJob resource",
                    DEFINE));
          }
          JsonNode established = Nodes.condition(definition.get(), "Established");
          return List.of(
              established.path("status").asString("").equals("True")
                  ? Verdict.pass(object, TfJobDefinition.NAME + " is defined and served")
                  : Verdict.fail(
                      object,
                      TfJobDefinition.NAME
                          + " is not Established: "
                          + Nodes.condition(definition.get(), "NamesAccepted")
                              .path("message")
                              .asString("no condition says why"),
                      "condition Established True",
                      "kubectl get crd " + TfJobDefinition.NAME + " -o yaml"));
        },
        Verdict::unknown);
  }

  private static List<Verdict> versions(Facts facts) {
    return facts
        .discovery()
        .either(
            discovery -> {
              List<Verdict> verdicts = new ArrayList<>();
              for (String old : OLD_GROUPS) {
                if (discovery.has(old)) {
                  verdicts.add(
                      Verdict.warn(
                          "",
                          "the group " + old + " is served: TFJobs of 2017",
                          "kubeflow.org/v1; the old form is no longer run by any current operator",
                          "mlk tfjob render FILE shows an old job in the new form"));
                }
              }
              if (!discovery.has(Resources.TFJOBS.group(), Resources.TFJOBS.plural())) {
                verdicts.add(Verdict.skip("the server has no TFJobs", DEFINE));
              } else if (!discovery.serves(Resources.TFJOBS)) {
                verdicts.add(
                    Verdict.fail(
                        "customresourcedefinition/" + TfJobDefinition.NAME,
                        "TFJob is served as "
                            + String.join(", ", discovery.versions(Resources.TFJOBS.group()))
                            + ", and not as v1",
                        "kubeflow.org/v1",
                        DEFINE));
              } else {
                verdicts.add(Verdict.pass("TFJob is served as kubeflow.org/v1"));
              }
              return verdicts;
            },
            Verdict::unknown);
  }

  /** Deployments that look after TFJobs, whichever project made them. */
  private static Known<List<JsonNode>> operators(Facts facts) {
    return facts
        .list(Resources.DEPLOYMENTS)
        .map(all -> all.stream().filter(OperatorChecks::isOperator).toList());
  }

  private static boolean isOperator(JsonNode deployment) {
    var text = new StringBuilder(Nodes.name(deployment));
    for (JsonNode container :
        deployment.path("spec").path("template").path("spec").path("containers")) {
      text.append(' ').append(container.path("image").asString(""));
    }
    String all = text.toString().toLowerCase(Locale.ROOT);
    return all.contains("training-operator")
        || all.contains("tf-operator")
        || all.contains("tf-job-operator")
        || all.contains("mlk-operator");
  }

  private static String where(JsonNode deployment) {
    return "deployment/"
        + Nodes.name(deployment)
        + " in "
        + deployment.path("metadata").path("namespace").asString("");
  }

  private static List<Verdict> operator(Facts facts) {
    if (facts.operatorInside()) {
      return List.of(Verdict.pass("the practice cluster runs an operator of its own"));
    }
    return operators(facts)
        .either(
            operators -> {
              if (operators.isEmpty()) {
                return List.of(
                    Verdict.fail(
                        "",
                        "no deployment of a TFJob operator",
                        "one operator, or jobs stay as they were created",
                        DEFINE));
              }
              List<Verdict> verdicts = new ArrayList<>();
              for (JsonNode one : operators) {
                long ready = one.path("status").path("readyReplicas").asLong(0);
                verdicts.add(
                    ready > 0
                        ? Verdict.pass(where(one), where(one) + " is ready")
                        : Verdict.fail(
                            "deployment/" + Nodes.name(one),
                            where(one) + " has no ready pod",
                            "at least one",
                            "kubectl -n "
                                + one.path("metadata").path("namespace").asString("")
                                + " describe deployment "
                                + Nodes.name(one)));
              }
              return verdicts;
            },
            Verdict::unknown);
  }

  private static List<Verdict> alone(Facts facts) {
    return operators(facts)
        .either(
            operators -> {
              int inside = facts.operatorInside() ? 1 : 0;
              if (operators.size() + inside > 1) {
                List<String> names = operators.stream().map(OperatorChecks::where).toList();
                return List.of(
                    Verdict.fail(
                        "deployment/" + Nodes.name(operators.getLast()),
                        operators.size()
                            + inside
                            + " operators: "
                            + Names.some(names)
                            + (inside > 0 ? ", and the practice cluster's own" : ""),
                        "one: two of them create each job's pods twice, or undo one another",
                        "kubectl -n "
                            + operators.getLast().path("metadata").path("namespace").asString("")
                            + " scale deployment "
                            + Nodes.name(operators.getLast())
                            + " --replicas=0"));
              }
              return List.of(
                  operators.size() + inside == 1
                      ? Verdict.pass("one operator")
                      : Verdict.skip("there is no operator", DEFINE));
            },
            Verdict::unknown);
  }

  private static List<Verdict> watches(Facts facts) {
    if (facts.operatorInside()) {
      return List.of(Verdict.pass("the operator watches all namespaces"));
    }
    return operators(facts)
        .either(
            operators -> {
              List<String> others = new ArrayList<>();
              for (JsonNode one : operators) {
                String only = onlyNamespace(one);
                if (only.isEmpty() || only.equals(facts.namespace())) {
                  return List.of(
                      Verdict.pass(
                          where(one)
                              + " watches "
                              + (only.isEmpty() ? "all namespaces" : "the namespace " + only)));
                }
                others.add(where(one) + " watches " + only);
              }
              return List.of(
                  others.isEmpty()
                      ? Verdict.skip("there is no operator", DEFINE)
                      : Verdict.fail(
                          "namespace/" + facts.namespace(),
                          Names.some(others) + " only",
                          "an operator that watches " + facts.namespace(),
                          "submit there (-n), or take --namespace out of the operator's"
                              + " arguments"));
            },
            Verdict::unknown);
  }

  /** The namespace that an operator's arguments keep it to; empty for all. */
  private static String onlyNamespace(JsonNode deployment) {
    for (JsonNode container :
        deployment.path("spec").path("template").path("spec").path("containers")) {
      List<String> words = new ArrayList<>();
      container.path("command").forEach(word -> words.add(word.asString("")));
      container.path("args").forEach(word -> words.add(word.asString("")));
      for (int i = 0; i < words.size(); i++) {
        String word = words.get(i);
        if (word.matches("--?namespace=.*")) {
          return word.substring(word.indexOf('=') + 1);
        }
        if (word.matches("--?namespace") && i + 1 < words.size()) {
          return words.get(i + 1);
        }
      }
    }
    return "";
  }

  /** A job that nobody has given a condition is the surest sign that nobody looks after jobs. */
  private static List<Verdict> waiting(Facts facts) {
    Resource jobs = Resources.TFJOBS;
    return facts
        .list(jobs, facts.namespace())
        .either(
            all -> {
              List<String> ignored =
                  all.stream()
                      .filter(job -> job.path("status").path("conditions").isEmpty())
                      .filter(job -> old(facts, job))
                      .map(Nodes::name)
                      .toList();
              if (ignored.isEmpty()) {
                return List.of(
                    all.isEmpty()
                        ? Verdict.skip("no TFJob in namespace " + facts.namespace(), "")
                        : Verdict.pass("an operator has seen every TFJob of the namespace"));
              }
              return List.of(
                  Verdict.fail(
                      "tfjob/" + ignored.getFirst(),
                      Names.some(ignored)
                          + (ignored.size() == 1 ? " has" : " have")
                          + " no condition after a minute",
                      "the operator gives each job a condition within seconds",
                      "mlk tfjob why " + ignored.getFirst()));
            },
            Verdict::unknown);
  }

  private static boolean old(Facts facts, JsonNode job) {
    String created = job.path("metadata").path("creationTimestamp").asString("");
    return !created.isEmpty()
        && java.time.Instant.parse(created).plusSeconds(60).isBefore(facts.clock().instant());
  }
}
