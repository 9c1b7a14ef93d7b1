package dev.mlk.check;

import dev.mlk.format.Json;
import dev.mlk.kube.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Who the user is, and which commands the user's rights are enough for. */
final class RightsChecks {
  private static final Resource RULES =
      Resource.cluster(
          "authorization.k8s.io", "v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview");
  private static final Resource ACCESS =
      Resource.cluster(
          "authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview");
  private static final Resource SELF =
      Resource.cluster("authentication.k8s.io", "v1", "selfsubjectreviews", "SelfSubjectReview");

  /**
   * A right.
   *
   * @param group API group, empty for the core one
   * @param resource resource, or resource and subresource
   */
  private record Right(String verb, String group, String resource) {
    static List<Right> each(String verbs, String group, String resource) {
      List<Right> rights = new ArrayList<>();
      for (String verb : verbs.split(" ", -1)) {
        rights.add(new Right(verb, group, resource));
      }
      return rights;
    }

    String name() {
      return group.isEmpty() ? resource : resource + "." + group;
    }
  }

  private RightsChecks() {}

  static List<Check<Facts>> all() {
    String jobs = "kubeflow.org";
    return List.of(
        new Check<>("rights", "identity", "who you are for this cluster", RightsChecks::identity),
        check(
            "jobs",
            "mlk tfjob submit, list, wait and delete",
            true,
            Right.each("create get list watch patch delete", jobs, "tfjobs")),
        check(
            "why",
            "mlk tfjob why and --follow",
            true,
            Right.each("get list watch", "", "pods"),
            Right.each("list", "", "events")),
        check("logs", "mlk tfjob logs", true, Right.each("get", "", "pods/log")),
        check(
            "sweep",
            "mlk sweep",
            false,
            Right.each("create", jobs, "tfjobs"),
            Right.each("create get update", "", "configmaps")),
        check(
            "tensorboard",
            "mlk tensorboard",
            false,
            Right.each("create delete get list patch", "batch", "jobs"),
            Right.each("list", "", "pods"),
            Right.each("create", "", "pods/portforward")),
        check(
            "verify",
            "mlk gpu verify",
            false,
            Right.each("create delete", "batch", "jobs"),
            Right.each("list", "", "pods"),
            Right.each("get", "", "pods/log")),
        check(
            "usage",
            "mlk usage",
            false,
            Right.each("list", "", "pods"),
            Right.each("list", "", "configmaps")),
        check("exec", "kubectl exec", false, Right.each("create", "", "pods/exec")),
        check("claims", "volume claims", false, Right.each("create", "", "persistentvolumeclaims")),
        new Check<>(
            "rights",
            "nodes",
            "whether nodes may be read: gpu top, fits at all",
            RightsChecks::nodes));
  }

  @SafeVarargs
  private static Check<Facts> check(
      String name, String commands, boolean needed, List<Right>... wanted) {
    List<Right> rights = new ArrayList<>();
    for (List<Right> some : wanted) {
      rights.addAll(some);
    }
    return new Check<>(
        "rights",
        name,
        "your rights are enough for " + commands,
        facts -> enough(facts, commands, needed, rights));
  }

  private static List<Verdict> identity(Facts facts) {
    return facts
        .ask("ask who you are", SELF, "", question(SELF))
        .either(
            answer -> {
              String name = user(answer);
              return List.of(
                  name.equals("system:anonymous")
                      ? Verdict.fail(
                          "",
                          "the cluster does not know you: you are system:anonymous",
                          "credentials in the kubeconfig",
                          "kubectl config view --minify")
                      : Verdict.pass("you are " + name));
            },
            Verdict::unknown);
  }

  private static String user(ObjectNode answer) {
    return answer.path("status").path("userInfo").path("username").asString("unknown");
  }

  private static List<Verdict> enough(
      Facts facts, String commands, boolean needed, List<Right> wanted) {
    ObjectNode question = question(RULES);
    question.putObject("spec").put("namespace", facts.namespace());
    return facts
        .ask("ask for your rights", RULES, "", question)
        .map(Rights::of)
        .either(
            rights -> {
              List<Right> missing =
                  wanted.stream()
                      .filter(right -> !rights.grant(right.verb, right.group, right.resource))
                      .filter(right -> !rights.incomplete() || !allowed(facts, right))
                      .toList();
              return List.of(verdict(facts, commands, needed, missing));
            },
            Verdict::unknown);
  }

  private static Verdict verdict(
      Facts facts, String commands, boolean needed, List<Right> missing) {
    String where = " in namespace " + facts.namespace();
    if (missing.isEmpty()) {
      return Verdict.pass("your rights are enough for " + commands + where);
    }
    Right first = missing.getFirst();
    List<String> names =
        missing.stream().map(right -> right.verb + " " + right.name()).distinct().toList();
    String verbs =
        String.join(
            ",",
            missing.stream()
                .filter(right -> right.name().equals(first.name()))
                .map(Right::verb)
                .toList());
    String user =
        facts.ask("ask who you are", SELF, "", question(SELF)).map(RightsChecks::user).or("YOU");
    String role = "mlk-" + first.resource.replace('/', '-');
    String namespace = " -n " + facts.namespace();
    String next =
        "an administrator: kubectl create role "
            + role
            + namespace
            + " --verb="
            + verbs
            + " --resource="
            + (first.group.isEmpty() ? first.resource : first.resource + "." + first.group)
            + " && kubectl create rolebinding "
            + role
            + namespace
            + " --role="
            + role
            + " --user="
            + user;
    String object = "namespace/" + facts.namespace();
    String seen = "you may not " + String.join(", ", names) + where;
    String expected = "these rights, for " + commands;
    return needed
        ? Verdict.fail(object, seen, expected, next)
        : Verdict.warn(object, seen, expected, next);
  }

  /** Where the rules are incomplete, each right is asked for by itself. */
  private static boolean allowed(Facts facts, Right right) {
    ObjectNode question = question(ACCESS);
    ObjectNode attributes = question.putObject("spec").putObject("resourceAttributes");
    int slash = right.resource.indexOf('/');
    attributes
        .put("namespace", facts.namespace())
        .put("verb", right.verb)
        .put("group", right.group)
        .put("resource", slash < 0 ? right.resource : right.resource.substring(0, slash));
    if (slash >= 0) {
      attributes.put("subresource", right.resource.substring(slash + 1));
    }
    return facts
        .ask("ask for a right", ACCESS, "", question)
        .map(answer -> answer.path("status").path("allowed").asBoolean(false))
        .or(false);
  }

  private static List<Verdict> nodes(Facts facts) {
    return facts
        .list(dev.mlk.kube.Resources.NODES)
        .either(nodes -> List.of(Verdict.pass("you may list nodes")), Verdict::unknown);
  }

  private static ObjectNode question(Resource resource) {
    return Json.object().put("apiVersion", resource.apiVersion()).put("kind", resource.kind());
  }
}
