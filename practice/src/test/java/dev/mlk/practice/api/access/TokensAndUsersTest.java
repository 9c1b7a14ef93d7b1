package dev.mlk.practice.api.access;

import static dev.mlk.practice.TestCluster.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.ApiException;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.TestCluster;
import dev.mlk.practice.UserKubeconfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Over TLS, as anybody comes; texts were read off kube-apiserver 1.35.4. */
final class TokensAndUsersTest {
  private static final String NAMESPACE = "users";
  private static final String REVIEWS = "/apis/authentication.k8s.io/v1/";
  private static final String ACCESS = "/apis/authorization.k8s.io/v1/";
  private static TestCluster cluster;
  private static Path place;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    place = folder;
    cluster = TestCluster.start(folder);
    cluster.namespace(NAMESPACE);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static byte[] decoded(JsonNode data) {
    return Base64.getDecoder().decode(data.asString());
  }

  /** A client with a user's kubeconfig. */
  private static ApiClient alice(String... groups) throws IOException {
    JsonNode config =
        JsonMapper.shared()
            .readTree(
                UserKubeconfig.issue(
                    place, "test", "alice", List.of(groups), NAMESPACE, InstantSource.system()));
    JsonNode address = config.at("/clusters/0/cluster");
    JsonNode user = config.at("/users/0/user");
    return new ApiClient(
        new HttpTransport(
            Endpoint.at(URI.create(address.path("server").asString()))
                .trusting(decoded(address.path("certificate-authority-data")))
                .identity(
                    decoded(user.path("client-certificate-data")),
                    decoded(user.path("client-key-data")))),
        "test");
  }

  private static ApiClient bearer(String token) {
    return new ApiClient(
        new HttpTransport(
            Endpoint.at(URI.create(cluster.cluster().server())).insecure().token(() -> token)),
        "test");
  }

  private static ObjectNode post(ApiClient client, String path, String body) {
    return client.call(
        Request.of("POST", path)
            .body("application/json", json(body).toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static String refusal(Callable<?> call) {
    try {
      call.call();
      return "ok";
    } catch (ApiException e) {
      return e.code() + " " + e.status().path("message").asString();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode tokenRequest(String spec) {
    return post(
        cluster.client(),
        Resources.SERVICE_ACCOUNTS.path(NAMESPACE, "default", "token"),
        "{spec: {" + spec + "}}");
  }

  private static JsonNode review(String token, String more) {
    return post(
            cluster.client(),
            REVIEWS + "tokenreviews",
            "{spec: {token: '" + token + "'" + more + "}}")
        .path("status");
  }

  @Test
  void anotherUserHasACertificateOfTheirOwnAndNoRightsUntilSomeAreGiven() throws IOException {
    try (ApiClient alice = alice("team-a")) {
      JsonNode info = post(alice, REVIEWS + "selfsubjectreviews", "{}").at("/status/userInfo");
      assertThat(info.path("username").asString()).isEqualTo("alice");
      assertThat(info.path("groups").toString()).isEqualTo("[\"team-a\",\"system:authenticated\"]");
      assertThat(info.at("/extra/authentication.kubernetes.io~1credential-id/0").asString())
          .startsWith("X509SHA256=");
      assertThat(refusal(() -> alice.list(Resources.PODS, NAMESPACE, java.util.Map.of())))
          .isEqualTo(
              "403 pods is forbidden: User \"alice\" cannot list resource \"pods\" in API group \"\" in the"
                  + " namespace \"users\"");
      cluster.create(
          Resource.namespaced("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding"),
          NAMESPACE,
          "{metadata: {name: 'team'}, roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name:"
              + " 'view'}, subjects: [{apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'team-a'}]}");
      assertThat(refusal(() -> alice.list(Resources.PODS, NAMESPACE, java.util.Map.of())))
          .isEqualTo("ok");
      assertThat(refusal(() -> alice.list(Resources.PODS, "default", java.util.Map.of())))
          .startsWith("403 ");
    }
  }

  @Test
  void aTokenEndsWithThePodThatItIsBoundTo() {
    cluster.create(
        Resources.PODS,
        NAMESPACE,
        "{metadata: {name: 'bound'}, spec: {containers: [{name: 'main', image: 'i'}]}}");
    String token =
        tokenRequest("boundObjectRef: {kind: 'Pod', apiVersion: 'v1', name: 'bound'}")
            .at("/status/token")
            .asString();
    try (ApiClient account = bearer(token)) {
      assertThat(
              post(account, REVIEWS + "selfsubjectreviews", "{}")
                  .at("/status/userInfo/extra/authentication.kubernetes.io~1pod-name/0")
                  .asString())
          .isEqualTo("bound");
      cluster.delete(Resources.PODS, NAMESPACE, "bound", "Background");
      cluster.awaitGone(Resources.PODS, NAMESPACE, "bound");
      assertThat(refusal(() -> post(account, REVIEWS + "selfsubjectreviews", "{}")))
          .isEqualTo("401 Unauthorized");
    }
  }

  @Test
  void aTokenForOthersOpensNothingHereButIsKnown() {
    String token = tokenRequest("audiences: ['a', 'b']").at("/status/token").asString();
    try (ApiClient account = bearer(token)) {
      assertThat(refusal(() -> post(account, REVIEWS + "selfsubjectreviews", "{}")))
          .isEqualTo("401 Unauthorized");
    }
    JsonNode known = review(token, ", audiences: ['b', 'z']");
    assertThat(known.path("authenticated").asBoolean()).isTrue();
    assertThat(known.path("audiences").toString()).isEqualTo("[\"b\"]");
    assertThat(review(token, ", audiences: ['z']").path("error").asString())
        .isEqualTo(
            "[invalid bearer token, token audiences [\"a\" \"b\"] is invalid for the target audiences"
                + " [\"z\"]]");
    assertThat(review("nonsense", "").path("error").asString()).isEqualTo("invalid bearer token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          expirationSeconds: 10 => 422 TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 10: may not specify a duration less than 10 minutes
          boundObjectRef: {kind: 'Pod', apiVersion: 'v1', name: 'zz'} => 404 pods "zz" not found
          boundObjectRef: {kind: 'Foo', apiVersion: 'v1', name: 'zz'} => 400 cannot bind token to object of type /v1, Kind=Foo
          """)
  void aTokenThatCannotBeIsRefused(String spec, String why) {
    assertThat(refusal(() -> tokenRequest(spec))).isEqualTo(why);
  }

  @Test
  void aSecretHoldsATokenThatLivesAsLongAsItself() {
    ObjectNode secret =
        cluster.create(
            Resources.SECRETS,
            NAMESPACE,
            "{metadata: {name: 'old', annotations: {'kubernetes.io/service-account.name': 'default'}}, type:"
                + " 'kubernetes.io/service-account-token'}");
    assertThat(new String(decoded(secret.at("/data/namespace")), StandardCharsets.UTF_8))
        .isEqualTo(NAMESPACE);
    String token = new String(decoded(secret.at("/data/token")), StandardCharsets.UTF_8);
    try (ApiClient account = bearer(token)) {
      assertThat(
              post(account, REVIEWS + "selfsubjectreviews", "{}")
                  .at("/status/userInfo/username")
                  .asString())
          .isEqualTo("system:serviceaccount:users:default");
      cluster.delete(Resources.SECRETS, NAMESPACE, "old", "Background");
      assertThat(refusal(() -> post(account, REVIEWS + "selfsubjectreviews", "{}")))
          .isEqualTo("401 Unauthorized");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          resourceAttributes: {verb: 'get', resource: 'pods'} => 422 .authorization.k8s.io "" is invalid: spec.user: Invalid value: "": at least one of user or group must be specified
          user: 'a' => 422 .authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified
          user: 'a', resourceAttributes: {verb: 'get'}, nonResourceAttributes: {path: '/'} => 422 .authorization.k8s.io "" is invalid: spec.nonResourceAttributes: Invalid value: {"Path":"/","Verb":""}: cannot be specified in combination with resourceAttributes
          """)
  void aQuestionAboutAccessMustBeComplete(String spec, String why) {
    assertThat(
            refusal(
                () ->
                    post(
                        cluster.client(),
                        ACCESS + "subjectaccessreviews",
                        "{spec: {" + spec + "}}")))
        .isEqualTo(why);
  }

  @Test
  void aLocalQuestionIsAboutItsNamespace() {
    String path = ACCESS + "namespaces/" + NAMESPACE + "/localsubjectaccessreviews";
    assertThat(
            refusal(
                () ->
                    post(
                        cluster.client(),
                        path,
                        "{spec: {user: 'a', resourceAttributes: {verb: 'get', resource: 'pods', namespace:"
                            + " 'x'}}}")))
        .isEqualTo(
            "422 .authorization.k8s.io \"\" is invalid: spec.resourceAttributes.namespace: Invalid value:"
                + " \"x\": must match metadata.namespace");
    assertThat(
            refusal(() -> post(cluster.client(), ACCESS + "selfsubjectrulesreviews", "{spec: {}}")))
        .isEqualTo("400 no namespace on request");
  }
}
