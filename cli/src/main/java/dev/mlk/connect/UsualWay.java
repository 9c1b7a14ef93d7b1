package dev.mlk.connect;

import dev.mlk.kube.Endpoint;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A context with plain credentials as an endpoint of the lean transport. */
final class UsualWay {
  private UsualWay() {}

  /** Whether the lean transport has all that the context needs. */
  static boolean fits(Kubeconfig.Context context, Optional<URI> proxy) {
    Map<String, ?> user = context.user().fields().fields();
    if (user.containsKey("auth-provider")) {
      return false;
    }
    if (context.user().texts("as-groups").size() > 1) {
      return false;
    }
    if (proxy.isPresent() && !"http".equals(proxy.get().getScheme())) {
      return false;
    }
    return context
        .user()
        .content("client-key")
        .map(key -> !new String(key, StandardCharsets.ISO_8859_1).contains("ENCRYPTED"))
        .orElse(true);
  }

  /**
   * The endpoint.
   *
   * @param plugin the user's credential plugin, if it has one
   * @param as whom to act as; empty for the context's own
   */
  static Endpoint endpoint(
      Kubeconfig.Context context, Optional<URI> proxy, Optional<ExecPlugin> plugin, String as) {
    Entry cluster = context.cluster();
    Endpoint endpoint = Endpoint.at(server(context));
    Optional<byte[]> authority = cluster.content("certificate-authority");
    if (authority.isPresent()) {
      endpoint = endpoint.trusting(authority.get());
    }
    if (cluster.isTrue("insecure-skip-tls-verify")) {
      endpoint = endpoint.insecure();
    }
    String serverName = cluster.text("tls-server-name");
    if (!serverName.isEmpty()) {
      endpoint = endpoint.serverName(serverName);
    }
    if (proxy.isPresent()) {
      endpoint = endpoint.proxy(proxy.get());
    }
    endpoint = authenticated(endpoint, context.user());
    if (plugin.isPresent()) {
      endpoint = authenticated(endpoint, plugin.get());
    }
    return impersonating(endpoint, context.user(), as);
  }

  private static Endpoint authenticated(Endpoint endpoint, ExecPlugin plugin) {
    ExecPlugin.Credential first = plugin.credential();
    Endpoint result = endpoint;
    if (!first.certificate().isEmpty()) {
      result =
          result.identity(
              first.certificate().getBytes(StandardCharsets.US_ASCII),
              first.key().getBytes(StandardCharsets.US_ASCII));
    }
    return first.token().isEmpty() ? result : result.token(() -> plugin.credential().token());
  }

  /** The server's address; a context without one cannot be used. */
  static URI server(Kubeconfig.Context context) {
    String server = context.cluster().text("server");
    if (server.isEmpty()) {
      throw new Problem.BadInput(
          Explanation.of("the context \"" + context.name() + "\" names no server")
              .because(
                  context.cluster().file()
                      + ": cluster \""
                      + context.cluster().name()
                      + "\" has no server"));
    }
    String address = server.contains("://") ? server : "http://" + server;
    try {
      URI uri = URI.create(address);
      if (uri.getHost() != null
          && (uri.getScheme().equals("https") || uri.getScheme().equals("http"))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the message
    }
    throw new Problem.BadInput(
        Explanation.of("\"" + server + "\" is no server address")
            .because(
                context.cluster().file()
                    + ": cluster \""
                    + context.cluster().name()
                    + "\": server must be like https://host:6443"));
  }

  private static Endpoint authenticated(Endpoint endpoint, Entry user) {
    Optional<byte[]> certificate = user.content("client-certificate");
    Optional<byte[]> key = user.content("client-key");
    Endpoint result = endpoint;
    if (certificate.isPresent() && key.isPresent()) {
      result = result.identity(certificate.get(), key.get());
    } else if (certificate.isPresent() != key.isPresent()) {
      throw new Problem.BadInput(
          Explanation.of("the user \"" + user.name() + "\" needs both certificate and key")
              .because(user.file() + ": one of client-certificate and client-key is missing"));
    }
    Optional<Path> tokenFile = user.path("tokenFile");
    if (tokenFile.isPresent()) {
      return result.token(() -> user.line(tokenFile.get(), "tokenFile"));
    }
    String token = user.text("token");
    if (!token.isEmpty()) {
      return result.token(() -> token);
    }
    String name = user.text("username");
    if (!name.isEmpty()) {
      byte[] pair = (name + ":" + user.text("password")).getBytes(StandardCharsets.UTF_8);
      String basic = "Basic " + Base64.getEncoder().encodeToString(pair);
      return result.header("Authorization", () -> basic);
    }
    return result;
  }

  private static Endpoint impersonating(Endpoint endpoint, Entry user, String as) {
    String whom = as.isEmpty() ? user.text("as") : as;
    if (whom.isEmpty()) {
      return endpoint;
    }
    Endpoint result = endpoint.header("Impersonate-User", () -> whom);
    if (as.isEmpty()) {
      for (String group : user.texts("as-groups")) {
        result = result.header("Impersonate-Group", () -> group);
      }
    }
    return result;
  }
}
