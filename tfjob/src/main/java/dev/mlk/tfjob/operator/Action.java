package dev.mlk.tfjob.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;

/** One change that brings the cluster nearer to what a job asks for. */
sealed interface Action {
  /** Makes a pod. */
  record CreatePod(Pod pod) implements Action {}

  /** Makes a service. */
  record CreateService(Service service) implements Action {}

  /** Deletes exactly this pod, not a later one of its name. */
  record DeletePod(Pod pod) implements Action {}

  /** Deletes exactly this service, not a later one of its name. */
  record DeleteService(Service service) implements Action {}

  /** Deletes the job itself; the garbage collector takes the rest. */
  record DeleteJob() implements Action {}
}
