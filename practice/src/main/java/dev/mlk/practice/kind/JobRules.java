package dev.mlk.practice.kind;

import dev.mlk.practice.status.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Jobs. */
final class JobRules extends WithStatus {
  private static final String CONTROLLER_UID = "controller-uid";
  private static final String JOB_NAME = "job-name";
  private static final String PREFIX = "batch.kubernetes.io/";

  @Override
  public void defaults(ObjectNode object) {
    ObjectNode spec = Tree.object(object, "spec");
    ObjectNode template = Tree.object(spec, "template");
    if (!Tree.has(spec, "completions") && !Tree.has(spec, "parallelism")) {
      spec.put("completions", 1);
    }
    Tree.fill(spec, "parallelism", 1);
    boolean perIndex = Tree.has(spec, "backoffLimitPerIndex");
    Tree.fill(spec, "backoffLimit", perIndex ? Integer.MAX_VALUE : 6);
    JsonNode labels = Tree.at(template, "metadata", "labels");
    if (!labels.isEmpty() && Tree.at(object, "metadata", "labels").isEmpty()) {
      Tree.object(object, "metadata").set("labels", labels.deepCopy());
    }
    Tree.fill(spec, "completionMode", "NonIndexed");
    Tree.fill(spec, "suspend", false);
    Tree.fill(
        spec,
        "podReplacementPolicy",
        Tree.has(spec, "podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
    Tree.fill(spec, "manualSelector", false);
    for (ObjectNode rule : Tree.objects(Tree.at(spec, "podFailurePolicy", "rules"))) {
      for (ObjectNode pattern : Tree.objects(rule.path("onPodConditions"))) {
        Tree.fill(pattern, "status", "True");
      }
    }
    PodDefaults.template(template);
    Tree.object(object, "status");
  }

  /**
   * Gives the job the labels and the selector that tie its pods to it, unless it brings its own.
   */
  @Override
  public void prepareCreate(ObjectNode object) {
    super.prepareCreate(object);
    ObjectNode spec = Tree.object(object, "spec");
    if (Tree.flag(spec, "manualSelector")) {
      return;
    }
    ObjectNode metadata = Tree.object(object, "metadata");
    ObjectNode template = Tree.object(Tree.object(spec, "template"), "metadata");
    JsonNode templateLabels = template.path("labels");
    if (!templateLabels.isEmpty() && metadata.path("labels").isEmpty()) {
      metadata.set("labels", templateLabels.deepCopy());
    }
    String uid = Tree.text(metadata, "uid");
    String name = Tree.text(metadata, "name");
    for (ObjectNode labelled : List.of(metadata, template)) {
      ObjectNode labels = Tree.object(labelled, "labels");
      labels.put(CONTROLLER_UID, uid).put(PREFIX + CONTROLLER_UID, uid);
      labels.put(JOB_NAME, name).put(PREFIX + JOB_NAME, name);
    }
    Tree.object(Tree.object(spec, "selector"), "matchLabels").put(PREFIX + CONTROLLER_UID, uid);
  }

  @Override
  public List<FieldError> validate(ObjectNode object) {
    Findings findings = new Findings();
    JobValidation.job(object, findings);
    return findings.list();
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    JobValidation.update(object, old, findings);
    return findings.list();
  }

  @Override
  public List<FieldError> validateStatusUpdate(ObjectNode object, ObjectNode old) {
    Findings findings = new Findings();
    JobStatusValidation.check(object, old, findings);
    return findings.list();
  }

  @Override
  public List<String> warnings(ObjectNode object) {
    return PodWarnings.of(Tree.at(object, "spec", "template", "spec"), "spec.template.");
  }

  @Override
  public boolean hasOwnFieldSelectors() {
    return true;
  }

  @Override
  public Map<String, String> selectableFields(ObjectNode object) {
    return Map.of("status.successful", Long.toString(Tree.number(object, "status", "succeeded")));
  }

  @Override
  public List<Column> columns() {
    return Columns.named()
        .text("Status", "Completions", "Duration", "Age")
        .wide("Containers", "Images", "Selector")
        .list();
  }

  @Override
  public List<JsonNode> cells(ObjectNode object, Instant now) {
    JsonNode spec = object.path("spec");
    return Row.named(object, now)
        .text(state(object))
        .text(completions(object))
        .text(duration(object.path("status"), now))
        .age()
        .containers(spec.path("template").path("spec"))
        .text(Labels.formatSelector(spec.path("selector")))
        .cells();
  }

  private static String state(ObjectNode job) {
    if (condition(job, "Complete")) {
      return "Complete";
    }
    if (condition(job, "Failed")) {
      return "Failed";
    }
    if (Tree.has(job.path("metadata"), "deletionTimestamp")) {
      return "Terminating";
    }
    for (String type : List.of("Suspended", "FailureTarget", "SuccessCriteriaMet")) {
      if (condition(job, type)) {
        return type;
      }
    }
    return "Running";
  }

  private static boolean condition(ObjectNode job, String type) {
    for (ObjectNode condition : Tree.objects(job.path("status").path("conditions"))) {
      if (Tree.text(condition, "type").equals(type)) {
        return Tree.text(condition, "status").equals("True");
      }
    }
    return false;
  }

  private static String completions(ObjectNode job) {
    long succeeded = Tree.number(job, "status", "succeeded");
    if (Tree.has(job.path("spec"), "completions")) {
      return succeeded + "/" + Tree.number(job, "spec", "completions");
    }
    long parallelism = Tree.number(job, "spec", "parallelism");
    return succeeded + (parallelism > 1 ? "/1 of " + parallelism : "/1");
  }

  private static String duration(JsonNode status, Instant now) {
    Optional<Instant> start = Ages.moment(status.path("startTime"));
    Instant end = Ages.moment(status.path("completionTime")).orElse(now);
    return start.map(begin -> Ages.text(Duration.between(begin, end))).orElse("");
  }
}
