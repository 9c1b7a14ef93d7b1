package dev.mlk.practice.api.access;

import dev.mlk.practice.api.objects.Objects;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.api.wire.Credentials;
import dev.mlk.practice.status.ApiError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Who calls, and whether they may. */
public final class Access {
  private static final Set<String> OPEN_TO_ALL =
      Set.of("/healthz", "/livez", "/readyz", "/version");
  private static final List<String> DISCOVERY = List.of("/api", "/apis", "/openapi", "/version");

  /** The use of a key that proves who a client is (RFC 5280). */
  private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";

  private static final String AUTHENTICATION = "authentication.k8s.io";
  private static final String ACCOUNT = "system:serviceaccount:";
  private static final String EXTRA = "impersonate-extra-";
  private final Rbac rbac;
  private final Tokens tokens;
  private final X509Certificate authority;
  private final InstantSource clock;

  /**
   * Access by the roles there are.
   *
   * @param authority the authority whose client certificates count
   */
  public Access(Objects objects, Tokens tokens, X509Certificate authority, InstantSource clock) {
    this.rbac = new Rbac(objects);
    this.tokens = tokens;
    this.authority = authority;
    this.clock = clock;
  }

  Rbac rbac() {
    return rbac;
  }

  Tokens tokens() {
    return tokens;
  }

  /** Who calls, or whom they may act as; throws a 401 or 403. */
  public User authenticate(Call call) {
    User user = caller(call);
    String wanted = call.header("impersonate-user");
    if (!wanted.isEmpty()) {
      return impersonated(user, wanted, call);
    }
    if (call.headers().keySet().stream().anyMatch(name -> name.startsWith("impersonate-"))) {
      throw ApiError.badRequest("requested [" + lonely(call) + "] without impersonating a user");
    }
    return user;
  }

  /** What was asked for beside a user, as Go writes it. */
  private static String lonely(Call call) {
    List<String> asked = new ArrayList<>();
    for (String group : call.headers().getOrDefault("impersonate-group", List.of())) {
      asked.add("{Group  " + group + "    }");
    }
    call.headers()
        .forEach(
            (name, values) -> {
              if (name.startsWith(EXTRA)) {
                String key = name.substring(EXTRA.length());
                values.forEach(
                    value ->
                        asked.add(
                            "{UserExtra  " + value + "  " + AUTHENTICATION + "/v1  " + key + "}"));
              }
            });
    String uid = call.header("impersonate-uid");
    if (!uid.isEmpty()) {
      asked.add("{UID  " + uid + "  " + AUTHENTICATION + "/v1  }");
    }
    return String.join(" ", asked);
  }

  private User caller(Call call) {
    if (call.credentials() instanceof Credentials.Owner) {
      return User.OWNER;
    }
    String header = call.header("authorization");
    if (header.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
      String token = header.substring("bearer ".length()).strip();
      return tokens.user(token).orElseThrow(ApiError::unauthorized);
    }
    if (call.credentials() instanceof Credentials.Certificate(X509Certificate certificate)) {
      return owner(certificate).orElseThrow(ApiError::unauthorized);
    }
    return User.ANONYMOUS;
  }

  /** The user whom a certificate of the cluster's own authority names. */
  private Optional<User> owner(X509Certificate certificate) {
    try {
      certificate.verify(authority.getPublicKey());
      certificate.checkValidity(Date.from(clock.instant()));
      List<String> usages = certificate.getExtendedKeyUsage();
      if (usages == null || !usages.contains(FOR_CLIENTS)) {
        return Optional.empty();
      }
      String name = "";
      List<String> groups = new ArrayList<>();
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          name = part.getValue().toString();
        } else if (part.getType().equalsIgnoreCase("O")) {
          groups.add(part.getValue().toString());
        }
      }
      User user = User.of(name, groups);
      Map<String, List<String>> extra =
          Map.of(Tokens.CREDENTIAL, List.of("X509SHA256=" + fingerprint(certificate)));
      return name.isEmpty()
          ? Optional.empty()
          : Optional.of(new User(name, "", user.groups(), extra));
    } catch (GeneralSecurityException | InvalidNameException e) {
      return Optional.empty();
    }
  }

  private static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    return HexFormat.of().formatHex(hash);
  }

  private User impersonated(User user, String wanted, Call call) {
    String[] account =
        wanted.startsWith(ACCOUNT)
            ? wanted.substring(ACCOUNT.length()).split(":", -1)
            : new String[0];
    if (account.length == 2) {
      require(
          user, Wish.resource("impersonate", "", "serviceaccounts", "", account[0], account[1]));
    } else {
      require(user, Wish.resource("impersonate", "", "users", "", "", wanted));
    }
    List<String> groups = call.headers().getOrDefault("impersonate-group", List.of());
    for (String group : groups) {
      require(user, Wish.resource("impersonate", "", "groups", "", "", group));
    }
    String uid = call.header("impersonate-uid");
    if (!uid.isEmpty()) {
      require(user, Wish.resource("impersonate", AUTHENTICATION, "uids", "", "", uid));
    }
    Map<String, List<String>> extra = extra(user, call);
    if (wanted.equals(User.ANONYMOUS.name())) {
      return User.ANONYMOUS;
    }
    if (account.length == 2 && groups.isEmpty()) {
      groups = List.of("system:serviceaccounts", "system:serviceaccounts:" + account[0]);
    }
    User other = User.of(wanted, groups);
    return new User(other.name(), uid, other.groups(), extra);
  }

  private Map<String, List<String>> extra(User user, Call call) {
    Map<String, List<String>> extra = new TreeMap<>();
    call.headers()
        .forEach(
            (name, values) -> {
              if (name.startsWith(EXTRA)) {
                String key =
                    URLDecoder.decode(name.substring(EXTRA.length()), StandardCharsets.UTF_8);
                for (String value : values) {
                  require(
                      user,
                      Wish.resource("impersonate", AUTHENTICATION, "userextras", key, "", value));
                }
                extra.put(key, values);
              }
            });
    return extra;
  }

  /** Throws a 403 unless the user may. */
  public void require(User user, Wish wish) {
    Rbac.Verdict verdict = decide(user, wish);
    if (!verdict.allowed()) {
      String more =
          verdict.errors().isEmpty() ? "" : ": RBAC: " + String.join(", ", verdict.errors());
      throw wish.refusal(user, more);
    }
  }

  /** Throws a 403 unless the user may call that path. */
  public void requirePath(User user, Call call) {
    require(user, Wish.path(call.method().toLowerCase(Locale.ROOT), call.path()));
  }

  Rbac.Verdict decide(User user, Wish wish) {
    if (user.master()) {
      return new Rbac.Verdict(true, "", List.of());
    }
    Rbac.Verdict verdict = rbac.decide(user, wish);
    return verdict.allowed() || !open(user, wish) ? verdict : new Rbac.Verdict(true, "", List.of());
  }

  /** Health and version are for everybody, discovery for everybody with a name. */
  private static boolean open(User user, Wish wish) {
    if (wish.path().isEmpty() || !wish.verb().equals("get")) {
      return false;
    }
    String root = "/" + wish.path().substring(1).split("/", 2)[0];
    if (OPEN_TO_ALL.contains(root)) {
      return true;
    }
    return user.groups().contains(User.AUTHENTICATED) && DISCOVERY.contains(root);
  }
}
