package dev.mlk.tfjob.api;

/** Labels of a job's pods and services, and the values that never change. */
public final class JobLabels {
  /** Always {@link #OPERATOR}. */
  public static final String OPERATOR_NAME = "training.kubeflow.org/operator-name";

  /** The job's name. */
  public static final String JOB_NAME = "training.kubeflow.org/job-name";

  /** The replica type in lower case. */
  public static final String REPLICA_TYPE = "training.kubeflow.org/replica-type";

  /** The pod's number within its replica type. */
  public static final String REPLICA_INDEX = "training.kubeflow.org/replica-index";

  /** {@link #MASTER} on the pods whose end is the job's end; absent on all others. */
  public static final String JOB_ROLE = "training.kubeflow.org/job-role";

  /** Value of {@link #OPERATOR_NAME}. */
  public static final String OPERATOR = "tfjob-controller";

  /** Value of {@link #JOB_ROLE}. */
  public static final String MASTER = "master";

  /** Container that trains. */
  public static final String CONTAINER = "tensorflow";

  /** Name of the port at which the replicas of a job talk to each other. */
  public static final String PORT_NAME = "tfjob-port";

  /** Number of that port unless a container says otherwise. */
  public static final int PORT = 2222;

  /** Value of {@code managedBy} that means this kind of operator. */
  public static final String MANAGED_BY = "kubeflow.org/training-operator";

  private JobLabels() {}

  /** Name of a replica's pod and service. */
  public static String replicaName(String job, String type, int index) {
    return (job + "-" + type.toLowerCase(java.util.Locale.ROOT) + "-" + index).replace('/', '-');
  }
}
