package dev.mlk.connect;

import dev.mlk.console.Invocation;
import dev.mlk.format.YamlNode;
import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Transport;
import io.fabric8.kubernetes.client.Config;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the cluster that a command is about and opens a connection to it. */
public final class Connections {
  /** Who asks; the part before the slash is the field manager. */
  static final String USER_AGENT = "mlk/0.1.0";

  private static final String NEXT = "kubectl cluster-info, or choose another --context";
  private final Invocation invocation;
  private final PracticeSource practice;
  private final Path podCredentials;

  /**
   * Connections for one command.
   *
   * @param practice brings the practice cluster when no kubeconfig names a cluster
   */
  public Connections(Invocation invocation, PracticeSource practice) {
    this(invocation, practice, InCluster.FOLDER);
  }

  Connections(Invocation invocation, PracticeSource practice, Path podCredentials) {
    this.invocation = invocation;
    this.practice = practice;
    this.podCredentials = podCredentials;
  }

  /** Opens the connection; nothing is asked of the server yet. */
  public Connection open() {
    Kubeconfig config = Kubeconfig.read(KubeconfigFiles.of(invocation));
    String wanted = invocation.options().context();
    String context = wanted.isEmpty() ? config.current() : wanted;
    if (!context.isEmpty()) {
      return open(config.context(context));
    }
    if (config.isEmpty() && invocation.options().kubeconfig().isEmpty()) {
      Optional<InCluster> pod = InCluster.find(invocation.environment(), podCredentials);
      if (pod.isPresent()) {
        return open(impersonating(pod.get().endpoint()), "", pod.get().namespace(), "", NEXT);
      }
    }
    PracticeSource.Running cluster = practice.running(invocation);
    return open(
        impersonating(Endpoint.unix(cluster.socket())),
        cluster.context(),
        "",
        cluster.name(),
        "mlk cluster start");
  }

  /**
   * The same cluster for fabric8's client, which operators are written with. Only call it behind
   * {@link #open}, which sees to it that there is a cluster.
   */
  public Config fabric8Config() {
    Kubeconfig config = Kubeconfig.read(KubeconfigFiles.of(invocation));
    String wanted = invocation.options().context();
    String name = wanted.isEmpty() ? config.current() : wanted;
    if (name.isEmpty()) {
      if (InCluster.find(invocation.environment(), podCredentials).isPresent()) {
        return Config.autoConfigure(null);
      }
      Path own = practice.running(invocation).socket().resolveSibling("kubeconfig");
      config = Kubeconfig.read(List.of(own));
      name = config.current();
    }
    Kubeconfig.Context context = config.context(name);
    Optional<URI> proxy =
        Proxy.to(
            UsualWay.server(context),
            context.cluster().text("proxy-url"),
            invocation.environment());
    Config result = FabricWay.config(context, proxy, invocation.options().as());
    ExecPlugin.of(context, invocation)
        .map(ExecPlugin::credential)
        .ifPresent(credential -> credential.addTo(result));
    return result;
  }

  /** The names of all contexts that kubectl would see, for completion and suggestions. */
  public static List<String> contextNames(Invocation invocation) {
    return Kubeconfig.read(KubeconfigFiles.of(invocation)).contextNames();
  }

  /** The context that kubectl would use when none is named; empty when there is none. */
  public static String currentContext(Invocation invocation) {
    return Kubeconfig.read(KubeconfigFiles.of(invocation)).current();
  }

  /**
   * The certificates (PEM) that the kubeconfig names for the cluster at hand, by field: {@code
   * certificate-authority}, {@code client-certificate}.
   */
  public Map<String, byte[]> certificates() {
    Kubeconfig config = Kubeconfig.read(KubeconfigFiles.of(invocation));
    String wanted = invocation.options().context();
    String name = wanted.isEmpty() ? config.current() : wanted;
    Map<String, byte[]> found = new LinkedHashMap<>();
    if (!name.isEmpty()) {
      Kubeconfig.Context context = config.context(name);
      context
          .cluster()
          .content("certificate-authority")
          .ifPresent(pem -> found.put("certificate-authority", pem));
      context
          .user()
          .content("client-certificate")
          .ifPresent(pem -> found.put("client-certificate", pem));
    }
    return found;
  }

  /** The file that kubectl would write contexts to. */
  public static Path fileToWrite(Invocation invocation) {
    String option = invocation.options().kubeconfig();
    return option.isEmpty()
        ? KubeconfigFiles.wanted(invocation).getFirst()
        : invocation.directory().resolve(option);
  }

  private Endpoint impersonating(Endpoint endpoint) {
    String as = invocation.options().as();
    return as.isEmpty() ? endpoint : endpoint.header("Impersonate-User", () -> as);
  }

  private Connection open(Kubeconfig.Context context) {
    Optional<PracticeExtension> marked = PracticeExtension.of(context);
    if (marked.isPresent() && Files.exists(marked.get().socket())) {
      return open(
          impersonating(Endpoint.unix(marked.get().socket())),
          context.name(),
          context.namespace(),
          marked.get().cluster(),
          start(marked.get()));
    }
    URI server = UsualWay.server(context);
    Optional<URI> proxy =
        Proxy.to(server, context.cluster().text("proxy-url"), invocation.environment());
    String as = invocation.options().as();
    Transport transport =
        UsualWay.fits(context, proxy)
            ? new HttpTransport(
                UsualWay.endpoint(context, proxy, ExecPlugin.of(context, invocation), as))
            : FabricWay.transport(context, proxy, as);
    String next = marked.map(Connections::start).orElse(NEXT);
    return connection(
        transport,
        context.name(),
        server.toString(),
        context.namespace(),
        marked.map(PracticeExtension::cluster).orElse(""),
        next);
  }

  private static String start(PracticeExtension marked) {
    return "mlk cluster start --name " + marked.cluster();
  }

  private Connection open(
      Endpoint endpoint, String context, String namespace, String practiceName, String next) {
    return connection(
        new HttpTransport(endpoint),
        context,
        endpoint.server().toString(),
        namespace,
        practiceName,
        next);
  }

  private Connection connection(
      Transport transport,
      String context,
      String server,
      String namespaceOfContext,
      String practiceName,
      String next) {
    String option = invocation.options().namespace();
    String namespace =
        !option.isEmpty() ? option : namespaceOfContext.isEmpty() ? "default" : namespaceOfContext;
    ApiClient client =
        new ApiClient(new ReportingTransport(transport, invocation, server, next), USER_AGENT);
    return new Connection(client, context, server, namespace, practiceName);
  }

  /** Where a context says that it is a practice cluster of this machine's user. */
  private record PracticeExtension(String cluster, Path socket) {
    static Optional<PracticeExtension> of(Kubeconfig.Context context) {
      if (!(context.cluster().fields().fields().get("extensions")
          instanceof YamlNode.Sequence extensions)) {
        return Optional.empty();
      }
      for (YamlNode element : extensions.elements()) {
        if (element instanceof YamlNode.Mapping named
            && named.fields().get("extension") instanceof YamlNode.Mapping fields) {
          Entry outer = new Entry("extension", "", named, context.cluster().file());
          Entry inner = new Entry("extension", "", fields, context.cluster().file());
          // The socket gives the owner's rights: only a context with the owner's own user takes it.
          if (outer.text("name").equals("mlk.dev/practice")
              && context.user().name().equals(context.cluster().name())) {
            return Optional.of(
                new PracticeExtension(inner.text("cluster"), Path.of(inner.text("socket"))));
          }
        }
      }
      return Optional.empty();
    }
  }
}
