package dev.mlk.connect;

import dev.mlk.console.Invocation;
import dev.mlk.format.Json;
import dev.mlk.format.YamlNode;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A credential plugin ({@code users[].user.exec}), run by the protocol of {@code
 * client.authentication.k8s.io}. What it gave is used until it expires.
 */
final class ExecPlugin {
  /**
   * What a plugin gives.
   *
   * @param token a bearer token, or empty
   * @param certificate a client certificate, PEM, or empty
   * @param key its key, PEM, or empty
   * @param expires when to ask again
   */
  record Credential(String token, String certificate, String key, Instant expires) {
    /** Puts it into fabric8's configuration. */
    void addTo(Config config) {
      if (!certificate.isEmpty()) {
        config.setClientCertData(base64(certificate));
        config.setClientKeyData(base64(key));
      }
      if (!token.isEmpty()) {
        config.setOauthToken(token);
      }
    }

    private static String base64(String pem) {
      return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private final Invocation invocation;
  private final Entry user;
  private final Entry exec;
  private Credential credential;

  /** The plugin of a user, if it has one. */
  static Optional<ExecPlugin> of(Kubeconfig.Context context, Invocation invocation) {
    return context.user().fields().fields().get("exec") instanceof YamlNode.Mapping fields
        ? Optional.of(new ExecPlugin(context.user(), fields, invocation))
        : Optional.empty();
  }

  private ExecPlugin(Entry user, YamlNode.Mapping fields, Invocation invocation) {
    this.invocation = invocation;
    this.user = user;
    this.exec = new Entry("exec", user.name(), fields, user.file());
  }

  /** The credential; asks the plugin when there is none that is still good. */
  synchronized Credential credential() {
    if (credential == null || !invocation.clock().instant().isBefore(credential.expires)) {
      credential = ask();
    }
    return credential;
  }

  private Credential ask() {
    String command = exec.text("command");
    List<String> line = new ArrayList<>();
    Path folder = exec.file().toAbsolutePath().getParent();
    line.add(command.contains("/") ? folder.resolve(command).toString() : command);
    line.addAll(exec.texts("args"));
    boolean interactive =
        invocation.console().interactive() && !exec.text("interactiveMode").equals("Never");
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(variables(interactive));
    if (interactive) {
      builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
    }
    // A plugin may tell the user where to log in while it waits.
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process process = builder.start();
      if (!interactive) {
        process.getOutputStream().close();
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw failed("it ended with exit code " + code);
      }
      return read(said);
    } catch (IOException e) {
      throw failed(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Problem.Interrupted(Explanation.of("waiting for credentials was interrupted"));
    }
  }

  private Map<String, String> variables(boolean interactive) {
    ObjectNode info = Json.object().put("kind", "ExecCredential");
    info.put("apiVersion", version()).putObject("spec").put("interactive", interactive);
    Map<String, String> variables = new java.util.HashMap<>();
    if (exec.fields().fields().get("env") instanceof YamlNode.Sequence pairs) {
      for (YamlNode pair : pairs.elements()) {
        if (pair instanceof YamlNode.Mapping fields) {
          Entry variable = new Entry("env", user.name(), fields, user.file());
          variables.put(variable.text("name"), variable.text("value"));
        }
      }
    }
    variables.put("KUBERNETES_EXEC_INFO", info.toString());
    return variables;
  }

  private String version() {
    String version = exec.text("apiVersion");
    return version.isEmpty() ? "client.authentication.k8s.io/v1" : version;
  }

  private Credential read(String said) {
    try {
      JsonNode answer = Json.read(said);
      JsonNode status = answer.path("status");
      if (!answer.path("kind").asString("").equals("ExecCredential")) {
        throw failed("its answer is no ExecCredential");
      }
      if (!answer.path("apiVersion").asString("").equals(version())) {
        throw failed("it answered in another version than " + version());
      }
      String expires = status.path("expirationTimestamp").asString("");
      Credential given =
          new Credential(
              status.path("token").asString(""),
              status.path("clientCertificateData").asString(""),
              status.path("clientKeyData").asString(""),
              expires.isEmpty() ? Instant.MAX : Instant.parse(expires));
      if (given.token.isEmpty() && given.certificate.isEmpty()) {
        throw failed("it gave neither a token nor a certificate");
      }
      return given;
    } catch (JacksonException | DateTimeException e) {
      throw failed("its answer is no ExecCredential");
    }
  }

  private Problem failed(String why) {
    return new Problem.NotAllowed(
        Explanation.of("the credential plugin \"" + exec.text("command") + "\" gave no credentials")
            .because(why)
            .because("user \"" + user.name() + "\" of " + user.file() + " needs it")
            .next(exec.text("installHint").strip()));
  }
}
