package dev.mlk.operator;

import dev.mlk.connect.Connection;
import dev.mlk.connect.Connections;
import dev.mlk.console.Interruptions;
import dev.mlk.console.Invocation;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Resource;
import dev.mlk.tfjob.api.TfJobDefinition;
import dev.mlk.tfjob.operator.OperatorConfig;
import dev.mlk.tfjob.operator.TfJobOperator;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** {@code mlk operator run}. */
@Command(
    name = "run",
    description = "Run the TFJob operator in the foreground",
    footer = {
      "",
      "Looks after the TFJobs of the cluster, or of one namespace with -n, until it is",
      "interrupted. The TFJob resource is defined first where it is not yet.",
      "",
      "Examples:",
      "  mlk operator run",
      "  mlk operator run --context work -n team-a"
    })
public final class OperatorRunCommand implements Callable<Integer> {
  private static final Resource DEFINITIONS =
      Resource.cluster(
          "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition");

  private final Invocation invocation;
  private final Connections connections;

  /** The command. */
  public OperatorRunCommand(Invocation invocation, Connections connections) {
    this.invocation = invocation;
    this.connections = connections;
  }

  @Override
  public Integer call() throws Exception {
    invocation.options().output().require();
    try (Connection connection = connections.open()) {
      define(connection);
      String namespace = invocation.options().namespace();
      Set<String> only = namespace.isEmpty() ? Set.of() : Set.of(namespace);
      try (KubernetesClient client =
              new KubernetesClientBuilder()
                  .withConfig(connections.fabric8Config())
                  .withHttpClientFactory(new JdkHttpClientFactory())
                  .build();
          TfJobOperator _ =
              TfJobOperator.start(
                  client,
                  OperatorConfig.defaults().in(only),
                  invocation.clock().withZone(ZoneOffset.UTC))) {
        invocation.note(
            "The TFJob operator looks after "
                + (namespace.isEmpty() ? "all namespaces" : "the namespace " + namespace)
                + " of "
                + connection.server()
                + "; Ctrl-C ends it.");
        return Interruptions.during(
            invocation.console(),
            "The operator has ended; the jobs are as they were.",
            () -> endless());
      }
    }
  }

  private static Integer endless() throws InterruptedException {
    new CountDownLatch(1).await();
    return 0;
  }

  /** Defines the resource where it is missing and the user may; else it has to be there. */
  private void define(Connection connection) {
    try {
      if (connection.client().find(DEFINITIONS, "", TfJobDefinition.NAME).isEmpty()) {
        connection.client().create(DEFINITIONS, "", TfJobDefinition.tree());
        invocation.note("Defined the resource " + TfJobDefinition.NAME + ".");
      }
    } catch (ApiException e) {
      if (e.code() != 403) {
        throw e;
      }
      invocation.note("You may not see or define resources here: TFJob has to be there already.");
    }
  }
}
