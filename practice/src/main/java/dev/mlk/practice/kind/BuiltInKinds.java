package dev.mlk.practice.kind;

import dev.mlk.kube.Resources;
import dev.mlk.practice.kind.Kind.Subresource;
import java.util.List;
import java.util.stream.Stream;

/** All kinds that the built-in engine has without any custom resource definition. */
public final class BuiltInKinds {
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final String METRICS = "metrics.k8s.io";
  private static final String AUTHORIZATION = "authorization.k8s.io";

  private BuiltInKinds() {}

  /** The kinds in discovery's order: core first, then by group. */
  public static List<Kind> all() {
    return Once.ALL;
  }

  /** Built when somebody asks, not when the class is loaded. */
  private static final class Once {
    static final List<Kind> ALL = build();
  }

  private static List<Kind> build() {
    return Stream.of(core(), workloads(), reviews(), controllers(), configuration(), computed())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Kind> core() {
    return List.of(
        review(KindBuilder.namespaced("", "v1", "bindings", "Binding")),
        KindBuilder.of(Resources.CONFIG_MAPS).shortNames("cm").rules(new ConfigMapRules()),
        KindBuilder.of(Resources.ENDPOINTS).shortNames("ep").rules(new EndpointsRules()),
        KindBuilder.of(Resources.EVENTS).shortNames("ev").rules(new EventRules()),
        KindBuilder.of(Resources.LIMIT_RANGES).shortNames("limits").rules(new LimitRangeRules()),
        namespaces(),
        KindBuilder.of(Resources.NODES)
            .shortNames("no")
            .withProxy("NodeProxyOptions")
            .withStatus()
            .rules(new NodeRules()),
        KindBuilder.of(Resources.VOLUME_CLAIMS)
            .shortNames("pvc")
            .withStatus()
            .rules(new PersistentVolumeClaimRules()),
        KindBuilder.of(Resources.VOLUMES)
            .shortNames("pv")
            .withStatus()
            .rules(new PersistentVolumeRules()),
        pods(),
        KindBuilder.of(Resources.RESOURCE_QUOTAS)
            .shortNames("quota")
            .withStatus()
            .rules(new ResourceQuotaRules()),
        KindBuilder.of(Resources.SECRETS).rules(new SecretRules()),
        serviceAccounts(),
        KindBuilder.of(Resources.SERVICES)
            .shortNames("svc")
            .category("all")
            .withProxy("ServiceProxyOptions")
            .withStatus()
            .rules(new ServiceRules()));
  }

  private static List<Kind> workloads() {
    return List.of(
        KindBuilder.of(Resources.DAEMON_SETS)
            .shortNames("ds")
            .category("all")
            .withStatus()
            .rules(new DaemonSetRules()),
        KindBuilder.of(Resources.DEPLOYMENTS)
            .shortNames("deploy")
            .category("all")
            .withScale()
            .withStatus()
            .rules(new DeploymentRules()),
        KindBuilder.of(Resources.REPLICA_SETS)
            .shortNames("rs")
            .category("all")
            .withScale()
            .withStatus()
            .rules(new ReplicaSetRules()));
  }

  private static List<Kind> reviews() {
    return List.of(
        KindBuilder.namespaced("events.k8s.io", "v1", "events", "Event")
            .shortNames("ev")
            .rules(new EventsGroupRules()),
        review("authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview"),
        review("authentication.k8s.io", "tokenreviews", "TokenReview"),
        review(
            KindBuilder.namespaced(
                AUTHORIZATION, "v1", "localsubjectaccessreviews", "LocalSubjectAccessReview")),
        review(AUTHORIZATION, "selfsubjectaccessreviews", "SelfSubjectAccessReview"),
        review(AUTHORIZATION, "selfsubjectrulesreviews", "SelfSubjectRulesReview"),
        review(AUTHORIZATION, "subjectaccessreviews", "SubjectAccessReview"));
  }

  private static List<Kind> controllers() {
    return List.of(
        KindBuilder.namespaced(
                "autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler")
            .shortNames("hpa")
            .category("all")
            .withStatus()
            .rules(new HorizontalPodAutoscalerRules()),
        KindBuilder.of(Resources.JOBS).category("all").withStatus().rules(new JobRules()),
        KindBuilder.namespaced("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget")
            .shortNames("pdb")
            .withStatus()
            .rules(new PodDisruptionBudgetRules()),
        KindBuilder.cluster(RBAC, "v1", "clusterrolebindings", "ClusterRoleBinding")
            .rules(new RoleBindingRules(true)),
        KindBuilder.cluster(RBAC, "v1", "clusterroles", "ClusterRole").rules(new RoleRules(true)),
        KindBuilder.namespaced(RBAC, "v1", "rolebindings", "RoleBinding")
            .rules(new RoleBindingRules(false)),
        KindBuilder.namespaced(RBAC, "v1", "roles", "Role").rules(new RoleRules(false)));
  }

  private static List<Kind> configuration() {
    return List.of(
        KindBuilder.of(Resources.STORAGE_CLASSES).shortNames("sc").rules(new StorageClassRules()),
        KindBuilder.cluster(
                "admissionregistration.k8s.io",
                "v1",
                "validatingwebhookconfigurations",
                "ValidatingWebhookConfiguration")
            .category("api-extensions")
            .rules(new ValidatingWebhookRules()),
        KindBuilder.of(Resources.CUSTOM_RESOURCES)
            .shortNames("crd", "crds")
            .category("api-extensions")
            .withStatus()
            .rules(new CustomResourceRules()),
        KindBuilder.of(Resources.PRIORITY_CLASSES).shortNames("pc").rules(new PriorityClassRules()),
        KindBuilder.of(Resources.LEASES).rules(new LeaseRules()),
        KindBuilder.cluster("node.k8s.io", "v1", "runtimeclasses", "RuntimeClass")
            .rules(new RuntimeClassRules()),
        KindBuilder.of(Resources.ENDPOINT_SLICES).rules(new EndpointSliceRules()));
  }

  /** Kinds whose objects are not stored but follow from what there is. */
  private static List<Kind> computed() {
    return List.of(
        KindBuilder.cluster("apiregistration.k8s.io", "v1", "apiservices", "APIService")
            .category("api-extensions")
            .verbs("get", "list")
            .rules(new ApiServiceRules()),
        KindBuilder.cluster(METRICS, "v1beta1", "nodes", "NodeMetrics")
            .verbs("get", "list")
            .rules(new MetricsRules()),
        KindBuilder.namespaced(METRICS, "v1beta1", "pods", "PodMetrics")
            .verbs("get", "list")
            .rules(new MetricsRules()));
  }

  private static Kind namespaces() {
    return KindBuilder.of(Resources.NAMESPACES)
        .shortNames("ns")
        .verbs("create", "delete", "get", "list", "patch", "update", "watch")
        .with("finalize", "update")
        .withStatus()
        .rules(new NamespaceRules());
  }

  private static Kind pods() {
    return KindBuilder.of(Resources.PODS)
        .shortNames("po")
        .category("all")
        .withOther("attach", "PodAttachOptions", "create", "get")
        .withOther("binding", "Binding", "create")
        .with("ephemeralcontainers", "get", "patch", "update")
        .with(new Subresource("eviction", "policy", "v1", "Eviction", List.of("create")))
        .withOther("exec", "PodExecOptions", "create", "get")
        .with("log", "get")
        .withOther("portforward", "PodPortForwardOptions", "create", "get")
        .withProxy("PodProxyOptions")
        .with("resize", "get", "patch", "update")
        .withStatus()
        .rules(new PodRules());
  }

  private static Kind serviceAccounts() {
    return KindBuilder.of(Resources.SERVICE_ACCOUNTS)
        .shortNames("sa")
        .with(
            new Subresource(
                "token", "authentication.k8s.io", "v1", "TokenRequest", List.of("create")))
        .rules(new ServiceAccountRules());
  }

  private static Kind review(String group, String plural, String kind) {
    return review(KindBuilder.cluster(group, "v1", plural, kind));
  }

  private static Kind review(KindBuilder builder) {
    return builder.verbs("create").rules(new ReviewRules());
  }
}
