package dev.mlk.tfjob.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;

/**
 * One group of equal pods. Every component may be null: left out in the manifest.
 *
 * @param replicas how many pods; 1 if null
 * @param restartPolicy {@code Always}, {@code OnFailure}, {@code Never} or {@code ExitCode}; {@code
 *     Never} if null
 * @param template the pods
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplicaSpec(Integer replicas, String restartPolicy, PodTemplateSpec template) {}
