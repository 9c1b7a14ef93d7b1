package dev.mlk.practice.clients;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;

/** A custom resource of an operator under test: a message on a number of boards. */
@Group("josdk.example.org")
@Version("v1")
public final class Board extends CustomResource<Board.Spec, Board.Status> implements Namespaced {
  /** What is wanted; with accessors, as the client's mapper needs them. */
  public static final class Spec {
    private String message = "";
    private int replicas;

    public String getMessage() {
      return message;
    }

    public void setMessage(String message) {
      this.message = message;
    }

    public int getReplicas() {
      return replicas;
    }

    public void setReplicas(int replicas) {
      this.replicas = replicas;
    }
  }

  /** What there is. */
  public static final class Status {
    private String shown = "";
    private Long observedGeneration = 0L;

    public String getShown() {
      return shown;
    }

    public void setShown(String shown) {
      this.shown = shown;
    }

    public Long getObservedGeneration() {
      return observedGeneration;
    }

    public void setObservedGeneration(Long observedGeneration) {
      this.observedGeneration = observedGeneration;
    }
  }
}
