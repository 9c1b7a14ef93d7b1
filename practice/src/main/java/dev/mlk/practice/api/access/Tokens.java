package dev.mlk.practice.api.access;

import dev.mlk.kube.Resources;
import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Json;
import dev.mlk.practice.api.wire.Metadata;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bearer tokens: the owner's, and those of service accounts (JWTs, RFC 7519, signed ES256). */
public final class Tokens {
  /** Who issues service account tokens, and for whom they are when nobody says otherwise. */
  public static final String ISSUER = "https://kubernetes.default.svc";

  private static final String ALGORITHM = "SHA256withECDSAinP1363Format";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private final Objects objects;
  private final KeyPair keys;
  private final byte[] ownerToken;
  private final InstantSource clock;

  /**
   * Tokens over the service accounts there are.
   *
   * @param ownerToken the token that means the cluster's owner
   */
  public Tokens(Objects objects, KeyPair keys, String ownerToken, InstantSource clock) {
    this.objects = objects;
    this.keys = keys;
    this.ownerToken = ownerToken.getBytes(StandardCharsets.UTF_8);
    this.clock = clock;
  }

  /** Who the token stands for; empty when it is not one of this cluster's or has expired. */
  Optional<User> user(String token) {
    if (MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), ownerToken)) {
      return Optional.of(User.OWNER);
    }
    return claims(token).flatMap(this::account);
  }

  /**
   * A token for a service account.
   *
   * @param account the service account's object
   * @param bound the pod or other object that it lives with; empty for none
   */
  String issue(
      ObjectNode account, List<String> audiences, Instant expires, Optional<ObjectNode> bound) {
    ObjectNode claims = Json.object();
    audiences.forEach(claims.putArray("aud")::add);
    claims.put("exp", expires.getEpochSecond());
    claims.put("iat", clock.instant().getEpochSecond());
    claims.put("iss", ISSUER).put("jti", UUID.randomUUID().toString());
    ObjectNode details = claims.putObject("kubernetes.io");
    details.put("namespace", Metadata.namespace(account));
    bound.ifPresent(pod -> details.set("pod", reference(pod)));
    details.set("serviceaccount", reference(account));
    claims.put("nbf", clock.instant().getEpochSecond());
    claims.put("sub", name(Metadata.namespace(account), Metadata.name(account)));
    ObjectNode header = Json.object().put("alg", "ES256").put("kid", "mlk");
    String signed =
        BASE64.encodeToString(Json.write(header)) + "." + BASE64.encodeToString(Json.write(claims));
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the token key does not sign", e);
    }
  }

  private static ObjectNode reference(ObjectNode object) {
    return Json.object().put("name", Metadata.name(object)).put("uid", Metadata.uid(object));
  }

  private static String name(String namespace, String account) {
    return "system:serviceaccount:" + namespace + ":" + account;
  }

  /** The claims of a token whose signature and times are right. */
  private Optional<JsonNode> claims(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(keys.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
        return Optional.empty();
      }
      JsonNode claims = Json.read(Base64.getUrlDecoder().decode(parts[1]));
      long now = clock.instant().getEpochSecond();
      boolean valid =
          claims.path("exp").asLong(0) > now
              && claims.path("iss").asString("").equals(ISSUER)
              && meant(claims.path("aud"));
      return valid ? Optional.of(claims) : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException | JacksonException e) {
      return Optional.empty();
    }
  }

  /** Whether the token is for this API: one for somebody else opens nothing here. */
  private static boolean meant(JsonNode audiences) {
    for (JsonNode audience : audiences) {
      if (audience.asString("").equals(ISSUER)) {
        return true;
      }
    }
    return false;
  }

  /** The account, when it and what the token is bound to are still the same. */
  private Optional<User> account(JsonNode claims) {
    JsonNode details = claims.path("kubernetes.io");
    String namespace = details.path("namespace").asString("");
    JsonNode account = details.path("serviceaccount");
    String name = account.path("name").asString("");
    String uid = account.path("uid").asString("");
    boolean there =
        objects
            .find(Resources.SERVICE_ACCOUNTS, namespace, name)
            .filter(found -> Metadata.uid(found).equals(uid))
            .isPresent();
    JsonNode pod = details.path("pod");
    boolean podThere =
        pod.isMissingNode()
            || objects
                .find(Resources.PODS, namespace, pod.path("name").asString(""))
                .filter(found -> Metadata.uid(found).equals(pod.path("uid").asString("")))
                .isPresent();
    if (!there || !podThere) {
      return Optional.empty();
    }
    List<String> groups = new ArrayList<>();
    groups.add("system:serviceaccounts");
    groups.add("system:serviceaccounts:" + namespace);
    groups.add(User.AUTHENTICATED);
    Map<String, List<String>> extra =
        pod.isMissingNode()
            ? Map.of()
            : Map.of(
                "authentication.kubernetes.io/pod-name", List.of(pod.path("name").asString("")),
                "authentication.kubernetes.io/pod-uid", List.of(pod.path("uid").asString("")));
    return Optional.of(new User(name(namespace, name), uid, groups, extra));
  }
}
