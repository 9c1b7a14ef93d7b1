package dev.mlk.practice.api.access;

import dev.mlk.kube.Resource;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bearer tokens: the owner's, and those of service accounts (JWTs, RFC 7519, signed ES256). */
public final class Tokens {
  /** Who issues service account tokens, and for whom they are when nobody says otherwise. */
  public static final String ISSUER = "https://kubernetes.default.svc";

  /** In a user's extra: which credential it was. */
  static final String CREDENTIAL = "authentication.kubernetes.io/credential-id";

  /** What a token may be bound to, by what claims call it. */
  static final Map<String, Resource> BOUND =
      Map.of("node", Resources.NODES, "pod", Resources.PODS, "secret", Resources.SECRETS);

  private static final String EXTRA = "authentication.kubernetes.io/";
  private static final String ENDLESS_ISSUER = "kubernetes/serviceaccount";
  private static final String ENDLESS = "kubernetes.io/serviceaccount/";
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

  /**
   * A token that is one of this cluster's and still good.
   *
   * @param user who it stands for
   * @param audiences for whom it is
   */
  record Known(User user, List<String> audiences) {}

  /** Who the token stands for; empty when it does not stand for anybody before this API. */
  Optional<User> user(String token) {
    return known(token).filter(known -> known.audiences().contains(ISSUER)).map(Known::user);
  }

  /**
   * What the token is, whoever it is for; empty when it is not one of this cluster's or is over.
   */
  Optional<Known> known(String token) {
    if (MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), ownerToken)) {
      return Optional.of(new Known(User.OWNER, List.of(ISSUER)));
    }
    Optional<JsonNode> claims = claims(token);
    if (claims.isEmpty()) {
      return Optional.empty();
    }
    if (claims.get().path("iss").asString("").equals(ENDLESS_ISSUER)) {
      return endless(token, claims.get());
    }
    long now = clock.instant().getEpochSecond();
    boolean current =
        claims.get().path("exp").asLong(0) > now
            && claims.get().path("iss").asString("").equals(ISSUER);
    List<String> audiences = new ArrayList<>();
    claims.get().path("aud").forEach(audience -> audiences.add(audience.asString("")));
    return current
        ? account(claims.get()).map(user -> new Known(user, audiences))
        : Optional.empty();
  }

  /**
   * A token for a service account.
   *
   * @param account the service account's object
   * @param bound what it lives with, by what claims call it: {@code node}, {@code pod}, {@code
   *     secret}
   */
  String issue(
      ObjectNode account,
      List<String> audiences,
      Instant expires,
      SortedMap<String, ObjectNode> bound) {
    ObjectNode claims = Json.object();
    audiences.forEach(claims.putArray("aud")::add);
    claims.put("exp", expires.getEpochSecond());
    claims.put("iat", clock.instant().getEpochSecond());
    claims.put("iss", ISSUER).put("jti", UUID.randomUUID().toString());
    ObjectNode details = claims.putObject("kubernetes.io");
    details.put("namespace", Metadata.namespace(account));
    bound.forEach((name, object) -> details.set(name, reference(object)));
    details.set("serviceaccount", reference(account));
    claims.put("nbf", clock.instant().getEpochSecond());
    claims.put("sub", name(Metadata.namespace(account), Metadata.name(account)));
    return signed(claims);
  }

  /**
   * A token without end, as secrets of type {@code kubernetes.io/service-account-token} hold it; it
   * lives as long as its secret.
   */
  public String issueEndless(ObjectNode account, String secret) {
    return signed(
        Json.object()
            .put("iss", ENDLESS_ISSUER)
            .put(ENDLESS + "namespace", Metadata.namespace(account))
            .put(ENDLESS + "secret.name", secret)
            .put(ENDLESS + "service-account.name", Metadata.name(account))
            .put(ENDLESS + "service-account.uid", Metadata.uid(account))
            .put("sub", name(Metadata.namespace(account), Metadata.name(account))));
  }

  private Optional<Known> endless(String token, JsonNode claims) {
    String namespace = claims.path(ENDLESS + "namespace").asString("");
    String name = claims.path(ENDLESS + "service-account.name").asString("");
    String uid = claims.path(ENDLESS + "service-account.uid").asString("");
    String encoded = Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.US_ASCII));
    boolean kept =
        objects
            .find(Resources.SECRETS, namespace, claims.path(ENDLESS + "secret.name").asString(""))
            .filter(secret -> secret.path("data").path("token").asString("").equals(encoded))
            .isPresent();
    return kept && there(Resources.SERVICE_ACCOUNTS, namespace, name, uid)
        ? Optional.of(new Known(user(namespace, name, uid, Map.of()), List.of(ISSUER)))
        : Optional.empty();
  }

  private String signed(ObjectNode claims) {
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

  /** The claims of a token whose signature is right. */
  private Optional<JsonNode> claims(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(keys.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
          ? Optional.of(Json.read(Base64.getUrlDecoder().decode(parts[1])))
          : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException | JacksonException e) {
      return Optional.empty();
    }
  }

  /** The account, when it and what the token is bound to are still the same. */
  private Optional<User> account(JsonNode claims) {
    JsonNode details = claims.path("kubernetes.io");
    String namespace = details.path("namespace").asString("");
    JsonNode account = details.path("serviceaccount");
    String uid = account.path("uid").asString("");
    boolean there =
        there(Resources.SERVICE_ACCOUNTS, namespace, account.path("name").asString(""), uid);
    for (Map.Entry<String, Resource> kind : BOUND.entrySet()) {
      JsonNode bound = details.path(kind.getKey());
      String place = kind.getValue().namespaced() ? namespace : "";
      // A pod's node is told, but the token ends with the pod.
      boolean matters = bound.isObject() && !(kind.getKey().equals("node") && details.has("pod"));
      there &=
          !matters
              || there(
                  kind.getValue(),
                  place,
                  bound.path("name").asString(""),
                  bound.path("uid").asString(""));
    }
    if (!there) {
      return Optional.empty();
    }
    Map<String, List<String>> extra = new TreeMap<>();
    extra.put(CREDENTIAL, List.of("JTI=" + claims.path("jti").asString("")));
    for (String kind : List.of("node", "pod")) {
      if (details.path(kind).isObject()) {
        for (String what : List.of("name", "uid")) {
          extra.put(EXTRA + kind + "-" + what, List.of(details.path(kind).path(what).asString("")));
        }
      }
    }
    return Optional.of(user(namespace, account.path("name").asString(""), uid, extra));
  }

  private boolean there(Resource resource, String namespace, String name, String uid) {
    return objects
        .find(resource, namespace, name)
        .filter(found -> Metadata.uid(found).equals(uid))
        .isPresent();
  }

  private static User user(
      String namespace, String account, String uid, Map<String, List<String>> extra) {
    List<String> groups =
        List.of(
            "system:serviceaccounts", "system:serviceaccounts:" + namespace, User.AUTHENTICATED);
    return new User(name(namespace, account), uid, groups, extra);
  }
}
