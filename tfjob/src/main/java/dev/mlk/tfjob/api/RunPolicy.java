package dev.mlk.tfjob.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Limits and clean-up. Every component may be null: left out in the manifest.
 *
 * @param cleanPodPolicy {@code None}, {@code Running} or {@code All}
 * @param ttlSecondsAfterFinished seconds after its end at which the job is deleted
 * @param activeDeadlineSeconds seconds after its start at which the job fails
 * @param backoffLimit restarts after which the job fails
 * @param suspend while true the job has no pods
 * @param managedBy the controller in charge
 * @param schedulingPolicy how a gang scheduler treats the pods
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunPolicy(
    String cleanPodPolicy,
    Integer ttlSecondsAfterFinished,
    Long activeDeadlineSeconds,
    Integer backoffLimit,
    Boolean suspend,
    String managedBy,
    SchedulingPolicy schedulingPolicy) {}
