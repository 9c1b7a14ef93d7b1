package dev.mlk.tfjob.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A training job of TensorFlow. */
@Group(TfJob.GROUP)
@Version(TfJob.VERSION)
@Kind(TfJob.KIND)
@Plural(TfJob.PLURAL)
@Singular("tfjob")
public final class TfJob extends CustomResource<TfJobSpec, TfJobStatus> implements Namespaced {
  /** API group. */
  public static final String GROUP = "kubeflow.org";

  /** API version within the group. */
  public static final String VERSION = "v1";

  /** Group and version, as in {@code apiVersion}. */
  public static final String API_VERSION = GROUP + "/" + VERSION;

  /** Kind. */
  public static final String KIND = "TFJob";

  /** Name of the resource in paths. */
  public static final String PLURAL = "tfjobs";
}
