package dev.mlk.practice.kubernetes;

import dev.mlk.practice.pki.ControlPlaneKeys;
import dev.mlk.practice.pki.PrivateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the four programs are told. All they listen on is the loopback address, behind TLS. */
final class Flags {
  private static final String HOST = "https://127.0.0.1:";

  private final ControlPlaneProcesses.Setup setup;
  private final ControlPlaneKeys keys;
  private final int storePort;
  private final int peerPort;

  Flags(ControlPlaneProcesses.Setup setup, int storePort, int peerPort) {
    this.setup = setup;
    this.keys = setup.keys();
    this.storePort = storePort;
    this.peerPort = peerPort;
  }

  /** Writes the files that some flags name. */
  void writeFiles() throws IOException {
    keys.write(
        tokens().getFileName().toString(),
        setup.token() + ",kubernetes-admin,kubernetes-admin,system:masters\n");
    PrivateFile.write(egress(), egressText());
    for (String client : List.of("controller-manager", "scheduler")) {
      PrivateFile.write(kubeconfig(client), kubeconfigText(client));
    }
  }

  private Path tokens() {
    return keys.file("tokens.csv");
  }

  /** To nodes, pods and Services, also those of webhooks and aggregated APIs. */
  private String egressText() {
    return """
    apiVersion: apiserver.k8s.io/v1beta1
    kind: EgressSelectorConfiguration
    egressSelections:
    - name: cluster
      connection:
        proxyProtocol: HTTPConnect
        transport: {uds: {udsName: "%s"}}
    """
        .formatted(setup.egress().socket());
  }

  private Path egress() {
    return setup.work().resolve("egress.yaml");
  }

  private Path kubeconfig(String client) {
    return setup.work().resolve(client + ".kubeconfig");
  }

  private String kubeconfigText(String client) {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: practice
      cluster: {server: "%s%d", certificate-authority: "%s"}
    users:
    - name: practice
      user: {client-certificate: "%s", client-key: "%s"}
    contexts:
    - name: practice
      context: {cluster: practice, user: practice}
    current-context: practice
    """
        .formatted(
            HOST, setup.port(), keys.certificate("ca"), keys.certificate(client), keys.key(client));
  }

  List<String> etcd() {
    String clients = HOST + storePort;
    String peers = HOST + peerPort;
    return List.of(
        "--name=practice",
        "--data-dir=" + setup.folder().resolve("etcd"),
        // A killed process loses nothing; a power cut may lose the last moment, as with the
        // built-in engine's store.
        "--unsafe-no-fsync",
        "--log-level=warn",
        // Alone it need not wait a second for other candidates.
        "--heartbeat-interval=50",
        "--election-timeout=250",
        "--auto-compaction-retention=10m",
        "--quota-backend-bytes=4294967296",
        "--listen-client-urls=" + clients,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=" + peers,
        "--initial-advertise-peer-urls=" + peers,
        "--initial-cluster=practice=" + peers,
        "--client-cert-auth",
        "--trusted-ca-file=" + keys.certificate("etcd-ca"),
        "--cert-file=" + keys.certificate("etcd"),
        "--key-file=" + keys.key("etcd"),
        "--peer-client-cert-auth",
        "--peer-trusted-ca-file=" + keys.certificate("etcd-ca"),
        "--peer-cert-file=" + keys.certificate("etcd"),
        "--peer-key-file=" + keys.key("etcd"));
  }

  List<String> apiServer() {
    List<String> flags = new ArrayList<>();
    flags.addAll(
        List.of(
            "--etcd-servers=" + HOST + storePort,
            "--etcd-cafile=" + keys.certificate("etcd-ca"),
            "--etcd-certfile=" + keys.certificate("etcd-client"),
            "--etcd-keyfile=" + keys.key("etcd-client"),
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            "--secure-port=" + setup.port(),
            // A loopback address is no legal endpoint of the service "kubernetes".
            "--endpoint-reconciler-type=none",
            "--tls-cert-file=" + keys.certificate("server"),
            "--tls-private-key-file=" + keys.key("server"),
            "--cert-dir=" + setup.work(),
            "--client-ca-file=" + keys.certificate("ca"),
            "--token-auth-file=" + tokens()));
    flags.addAll(
        List.of(
            "--authorization-mode=Node,RBAC",
            "--allow-privileged",
            "--profiling=false",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-key-file=" + keys.file("service-accounts.pub"),
            "--service-account-signing-key-file=" + keys.key("service-accounts"),
            // Addresses that this machine can listen on, as with the built-in engine.
            "--service-cluster-ip-range=127.96.0.0/16",
            "--kubelet-preferred-address-types=InternalIP",
            "--kubelet-certificate-authority=" + keys.certificate("ca"),
            "--kubelet-client-certificate=" + keys.certificate("kubelet-client"),
            "--kubelet-client-key=" + keys.key("kubelet-client")));
    flags.addAll(
        List.of(
            "--requestheader-client-ca-file=" + keys.certificate("front-proxy-ca"),
            "--requestheader-allowed-names=front-proxy",
            "--requestheader-username-headers=X-Remote-User",
            "--requestheader-group-headers=X-Remote-Group",
            "--requestheader-extra-headers-prefix=X-Remote-Extra-",
            "--proxy-client-cert-file=" + keys.certificate("front-proxy"),
            "--proxy-client-key-file=" + keys.key("front-proxy"),
            "--egress-selector-config-file=" + egress()));
    if (setup.alone()) {
      flags.add("--disable-admission-plugins=ServiceAccount");
    }
    return flags;
  }

  List<String> controllerManager() {
    return List.of(
        "--kubeconfig=" + kubeconfig("controller-manager"),
        "--leader-elect=false",
        // Nobody asks it for health or metrics: one listener less.
        "--secure-port=0",
        "--profiling=false",
        "--kube-api-qps=200",
        "--kube-api-burst=400",
        "--service-account-private-key-file=" + keys.key("service-accounts"),
        "--root-ca-file=" + keys.certificate("ca"),
        "--cluster-signing-cert-file=" + keys.certificate("ca"),
        "--cluster-signing-key-file=" + keys.key("ca"));
  }

  List<String> scheduler() {
    return List.of(
        "--kubeconfig=" + kubeconfig("scheduler"),
        "--leader-elect=false",
        "--secure-port=0",
        "--profiling=false",
        "--kube-api-qps=200",
        "--kube-api-burst=400");
  }
}
