package dev.mlk.practice;

import dev.mlk.practice.pki.Pki;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kubeconfigs for users other than the owner. Each holds a client certificate of the cluster's own
 * authority; what its user may do is for roles and bindings to say, and nothing until they do.
 */
public final class UserKubeconfig {
  private static final Pattern SERVER = Pattern.compile("server: (https://\\S+)");

  private UserKubeconfig() {}

  /**
   * Issues a certificate and writes a kubeconfig around it, as JSON, which is YAML.
   *
   * @param folder the cluster's folder; the cluster need not run
   * @param cluster the cluster's name
   * @param user the user's name
   * @param groups the user's groups beside {@code system:authenticated}
   * @param namespace the namespace of the context
   * @throws IOException when the cluster was never started or its keys cannot be used
   */
  public static String issue(
      Path folder,
      String cluster,
      String user,
      List<String> groups,
      String namespace,
      InstantSource clock)
      throws IOException {
    Matcher server = SERVER.matcher(Files.readString(folder.resolve("kubeconfig")));
    if (!server.find()) {
      throw new IOException("no server in " + folder.resolve("kubeconfig"));
    }
    try {
      Pki pki = Pki.openOrCreate(folder.resolve("pki"), clock);
      Pki.Client client = pki.client(user, groups, clock);
      return text("mlk-" + cluster, server.group(1), pki.authorityPem(), user, client, namespace);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot use the keys in " + folder + ": " + e.getMessage(), e);
    }
  }

  private static String text(
      String cluster,
      String server,
      String authority,
      String user,
      Pki.Client client,
      String namespace) {
    String context = cluster + "-" + user;
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.put("apiVersion", "v1").put("kind", "Config");
    config
        .putArray("clusters")
        .addObject()
        .put("name", cluster)
        .putObject("cluster")
        .put("server", server)
        .put("certificate-authority-data", base64(authority));
    config
        .putArray("users")
        .addObject()
        .put("name", context)
        .putObject("user")
        .put("client-certificate-data", base64(client.certificate()))
        .put("client-key-data", base64(client.key()));
    config
        .putArray("contexts")
        .addObject()
        .put("name", context)
        .putObject("context")
        .put("cluster", cluster)
        .put("user", context)
        .put("namespace", namespace);
    return config.put("current-context", context).toPrettyString() + "\n";
  }

  private static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
  }
}
