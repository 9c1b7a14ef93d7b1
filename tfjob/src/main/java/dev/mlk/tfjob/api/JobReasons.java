package dev.mlk.tfjob.api;

/** Reasons of conditions and events. */
public final class JobReasons {
  public static final String CREATED = "TFJobCreated";
  public static final String RUNNING = "TFJobRunning";
  public static final String RESTARTING = "TFJobRestarting";
  public static final String SUCCEEDED = "TFJobSucceeded";
  public static final String FAILED = "TFJobFailed";
  public static final String SUSPENDED = "TFJobSuspended";
  public static final String RESUMED = "TFJobResumed";

  /** The job can never run as it is written. */
  public static final String FAILED_VALIDATION = "FailedValidation";

  public static final String EXITED_WITH_CODE = "ExitedWithCode";
  public static final String POD_CREATED = "SuccessfulCreatePod";
  public static final String POD_CREATE_FAILED = "FailedCreatePod";
  public static final String POD_DELETED = "SuccessfulDeletePod";
  public static final String POD_DELETE_FAILED = "FailedDeletePod";
  public static final String SERVICE_CREATED = "SuccessfulCreateService";
  public static final String SERVICE_CREATE_FAILED = "FailedCreateService";
  public static final String SERVICE_DELETED = "SuccessfulDeleteService";
  public static final String SERVICE_DELETE_FAILED = "FailedDeleteService";
  public static final String JOB_DELETED = "SuccessfulDeleteJob";
  public static final String JOB_DELETE_FAILED = "FailedDeleteJob";
  public static final String RESTART_POLICY_REPLACED = "SetPodTemplateRestartPolicy";

  private JobReasons() {}
}
