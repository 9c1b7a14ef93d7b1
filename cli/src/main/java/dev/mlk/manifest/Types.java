package dev.mlk.manifest;

import dev.mlk.practice.schema.Schemas;
import dev.mlk.practice.schema.Shapes;
import dev.mlk.practice.schema.TypeSchema;
import dev.mlk.practice.schema.TypeSchema.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The types of the kinds that can be checked without asking a server: Kubernetes' own and TFJob.
 */
final class Types {
  private Types() {}

  /** The type of the document's kind; empty when only a server can tell. */
  static Optional<TypeSchema> of(Document document) {
    String version = document.apiVersion();
    int slash = version.indexOf('/');
    String group = slash < 0 ? "" : version.substring(0, slash);
    if (document.kind().equals("TFJob")) {
      return Optional.of(tfJob());
    }
    return Schemas.builtIn().find(group, version.substring(slash + 1), document.kind());
  }

  private static TypeSchema tfJob() {
    TypeSchema podTemplates = Schemas.builtIn().find("", "v1", "PodTemplate").orElseThrow();
    TypeSchema text = Shapes.scalar(Shape.STRING);
    TypeSchema number = Shapes.scalar(Shape.INT32);
    Map<String, TypeSchema> replica = new LinkedHashMap<>();
    replica.put("replicas", number);
    replica.put("restartPolicy", text);
    replica.put("template", podTemplates.at("template").orElseThrow());
    Map<String, TypeSchema> scheduling = new LinkedHashMap<>();
    scheduling.put("minAvailable", number);
    scheduling.put("minResources", Shapes.map(Shapes.scalar(Shape.QUANTITY)));
    scheduling.put("priorityClass", text);
    scheduling.put("queue", text);
    scheduling.put("scheduleTimeoutSeconds", number);
    Map<String, TypeSchema> runPolicy = new LinkedHashMap<>();
    runPolicy.put("activeDeadlineSeconds", Shapes.scalar(Shape.INT64));
    runPolicy.put("backoffLimit", number);
    runPolicy.put("cleanPodPolicy", text);
    runPolicy.put("managedBy", text);
    runPolicy.put("schedulingPolicy", Shapes.struct("SchedulingPolicy", scheduling));
    runPolicy.put("suspend", Shapes.scalar(Shape.BOOLEAN));
    runPolicy.put("ttlSecondsAfterFinished", number);
    Map<String, TypeSchema> spec = new LinkedHashMap<>();
    spec.put("enableDynamicWorker", Shapes.scalar(Shape.BOOLEAN));
    spec.put("runPolicy", Shapes.struct("RunPolicy", runPolicy));
    spec.put("successPolicy", text);
    spec.put("tfReplicaSpecs", Shapes.map(Shapes.struct("ReplicaSpec", replica)));
    Map<String, TypeSchema> job = new LinkedHashMap<>();
    job.put("apiVersion", text);
    job.put("kind", text);
    job.put("metadata", podTemplates.at("metadata").orElseThrow());
    job.put("spec", Shapes.struct("TFJobSpec", spec));
    job.put("status", Shapes.scalar(Shape.ANY));
    return Shapes.struct("TFJob", job);
  }
}
