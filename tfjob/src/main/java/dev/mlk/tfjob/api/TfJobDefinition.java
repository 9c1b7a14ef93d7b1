package dev.mlk.tfjob.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The CustomResourceDefinition of TFJob, without a Kubernetes client: for an API server's own
 * start-up, or to be applied. The schema of pod templates is Kubernetes' own, so that any API
 * server points out unknown members.
 */
public final class TfJobDefinition {
  /** Name of the definition. */
  public static final String NAME = TfJob.PLURAL + "." + TfJob.GROUP;

  private TfJobDefinition() {}

  /** The definition as a tree of the caller's own. */
  public static ObjectNode tree() {
    ObjectNode definition = (ObjectNode) read("tfjobs.kubeflow.org.json");
    ObjectNode replica =
        (ObjectNode)
            definition
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec")
                .at("/properties/tfReplicaSpecs/additionalProperties/properties");
    replica.set("template", read("pod-template.schema.json"));
    return definition;
  }

  /** The definition as JSON text. */
  public static String json() {
    return tree().toString();
  }

  private static JsonNode read(String resource) {
    try (InputStream in = TfJobDefinition.class.getResourceAsStream(resource)) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
