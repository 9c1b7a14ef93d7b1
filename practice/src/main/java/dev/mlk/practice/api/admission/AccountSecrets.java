package dev.mlk.practice.api.admission;

import dev.mlk.kube.Resources;
import dev.mlk.practice.api.access.Tokens;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills secrets of type {@code kubernetes.io/service-account-token}. In Kubernetes a controller
 * does it a moment later; here the keys are the API server's alone.
 */
public final class AccountSecrets implements Rule {
  private static final String TYPE = "kubernetes.io/service-account-token";
  private static final String PREFIX = "kubernetes.io/service-account.";
  private final Objects objects;
  private final Tokens tokens;
  private final String authority;

  /**
   * A rule.
   *
   * @param authority the authority's certificate, PEM
   */
  public AccountSecrets(Objects objects, Tokens tokens, String authority) {
    this.objects = objects;
    this.tokens = tokens;
    this.authority = authority;
  }

  @Override
  public void mutate(Attempt attempt) {
    ObjectNode secret = attempt.object();
    if (!attempt.creates(Resources.SECRETS) || !secret.path("type").asString("").equals(TYPE)) {
      return;
    }
    ObjectNode annotations = Json.child(Metadata.of(secret), "annotations");
    String account = annotations.path(PREFIX + "name").asString("");
    objects
        .find(Resources.SERVICE_ACCOUNTS, attempt.namespace(), account)
        .ifPresent(
            found -> {
              annotations.put(PREFIX + "uid", Metadata.uid(found));
              Json.child(secret, "data")
                  .put("ca.crt", base64(authority))
                  .put("namespace", base64(attempt.namespace()))
                  .put("token", base64(tokens.issueEndless(found, attempt.name())));
            });
    if (annotations.isEmpty()) {
      Metadata.of(secret).remove("annotations");
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
