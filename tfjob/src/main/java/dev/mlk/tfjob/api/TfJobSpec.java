package dev.mlk.tfjob.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a TFJob shall run. Every component may be null: left out in the manifest.
 *
 * @param tfReplicaSpecs groups of pods by replica type, in the manifest's order and spelling
 * @param runPolicy limits and clean-up
 * @param successPolicy empty or {@code AllWorkers}
 * @param enableDynamicWorker workers may come and go; TF_CONFIG is sparse
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TfJobSpec(
    Map<String, ReplicaSpec> tfReplicaSpecs,
    RunPolicy runPolicy,
    String successPolicy,
    Boolean enableDynamicWorker) {
  /** Copies the map, keeping its order. */
  public TfJobSpec {
    tfReplicaSpecs =
        tfReplicaSpecs == null
            ? null
            : Collections.unmodifiableMap(new LinkedHashMap<>(tfReplicaSpecs));
  }
}
