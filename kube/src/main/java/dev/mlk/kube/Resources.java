package dev.mlk.kube;

/** The resources that mlk itself works with. */
public final class Resources {
  public static final Resource PODS = Resource.namespaced("", "v1", "pods", "Pod");
  public static final Resource SERVICES = Resource.namespaced("", "v1", "services", "Service");
  public static final Resource ENDPOINTS = Resource.namespaced("", "v1", "endpoints", "Endpoints");
  public static final Resource CONFIG_MAPS =
      Resource.namespaced("", "v1", "configmaps", "ConfigMap");
  public static final Resource SECRETS = Resource.namespaced("", "v1", "secrets", "Secret");
  public static final Resource SERVICE_ACCOUNTS =
      Resource.namespaced("", "v1", "serviceaccounts", "ServiceAccount");
  public static final Resource EVENTS = Resource.namespaced("", "v1", "events", "Event");
  public static final Resource RESOURCE_QUOTAS =
      Resource.namespaced("", "v1", "resourcequotas", "ResourceQuota");
  public static final Resource LIMIT_RANGES =
      Resource.namespaced("", "v1", "limitranges", "LimitRange");
  public static final Resource VOLUME_CLAIMS =
      Resource.namespaced("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim");
  public static final Resource VOLUMES =
      Resource.cluster("", "v1", "persistentvolumes", "PersistentVolume");
  public static final Resource NODES = Resource.cluster("", "v1", "nodes", "Node");
  public static final Resource NAMESPACES = Resource.cluster("", "v1", "namespaces", "Namespace");
  public static final Resource DEPLOYMENTS =
      Resource.namespaced("apps", "v1", "deployments", "Deployment");
  public static final Resource REPLICA_SETS =
      Resource.namespaced("apps", "v1", "replicasets", "ReplicaSet");
  public static final Resource DAEMON_SETS =
      Resource.namespaced("apps", "v1", "daemonsets", "DaemonSet");
  public static final Resource JOBS = Resource.namespaced("batch", "v1", "jobs", "Job");
  public static final Resource LEASES =
      Resource.namespaced("coordination.k8s.io", "v1", "leases", "Lease");
  public static final Resource ENDPOINT_SLICES =
      Resource.namespaced("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice");
  public static final Resource STORAGE_CLASSES =
      Resource.cluster("storage.k8s.io", "v1", "storageclasses", "StorageClass");
  public static final Resource PRIORITY_CLASSES =
      Resource.cluster("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass");
  public static final Resource CUSTOM_RESOURCES =
      Resource.cluster(
          "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition");
  public static final Resource TFJOBS =
      Resource.namespaced("kubeflow.org", "v1", "tfjobs", "TFJob");

  private Resources() {}
}
