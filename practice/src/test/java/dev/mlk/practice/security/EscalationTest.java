package dev.mlk.practice.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Request;
import dev.mlk.kube.Resource;
import dev.mlk.kube.Resources;
import dev.mlk.practice.PracticeCluster;
import dev.mlk.practice.TestCluster;
import dev.mlk.practice.security.Wire.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Mallory may write roles and bindings, read pods, and impersonate alice. Nothing of that leads to
 * more.
 */
final class EscalationTest {
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
  private static final Resource ROLES =
      Resource.cluster("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole");
  private static final Resource BINDINGS =
      Resource.cluster(
          "rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding");
  private static final String EVERYTHING = "[{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]";
  private static PracticeCluster cluster;
  private static ApiClient owner;
  private static List<String> mallory;

  @BeforeAll
  static void start() {
    cluster = PracticeCluster.start(config -> config.nodes(0));
    owner = new ApiClient(cluster.transport(), "test");
    for (String name : List.of("mallory", "robot")) {
      owner.create(
          Resources.SERVICE_ACCOUNTS,
          "default",
          TestCluster.json("{metadata: {name: '" + name + "'}}"));
    }
    owner.create(
        Resources.SECRETS,
        "default",
        TestCluster.json("{metadata: {name: 'treasure'}, stringData: {a: 'gold'}}"));
    owner.create(
        Resources.PODS,
        "default",
        TestCluster.json(
            "{metadata: {name: 'pod'}, spec: {containers: [{name: 'a', image: 'busybox'}]}}"));
    role(
        "mallory",
        "[{apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles', 'rolebindings',"
            + " 'clusterroles', 'clusterrolebindings'], verbs: ['get', 'list', 'watch', 'create',"
            + " 'update', 'patch', 'delete']}, {apiGroups: [''], resources: ['pods', 'pods/exec',"
            + " 'pods/attach', 'pods/portforward', 'serviceaccounts', 'nodes', 'services'],"
            + " verbs: ['get', 'list', 'watch']}, {apiGroups: [''], resources: ['users'],"
            + " resourceNames: ['alice'], verbs: ['impersonate']}]",
        "mallory");
    role("robot", "[{apiGroups: [''], resources: ['users'], verbs: ['impersonate']}]", "robot");
    role("harmless", "[{apiGroups: [''], resources: ['pods'], verbs: ['get']}]", "mallory");
    mallory = List.of("Authorization: Bearer " + token("mallory"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void nobodyGrantsWhatTheyDoNotHave() throws IOException {
    String role = RBAC + "/clusterroles";
    forbidden("POST", role, "{metadata: {name: 'm'}, rules: " + EVERYTHING + "}");
    forbidden(
        "POST",
        role,
        "{metadata: {name: 'm'}, rules: [{apiGroups: [''], resources: ['secrets'], verbs:"
            + " ['get']}]}");
    forbidden(
        "POST",
        role,
        "{metadata: {name: 'm'}, rules: [{apiGroups: [''], resources: ['pods'], verbs: ['*']}]}");
    forbidden(
        "POST",
        role,
        "{metadata: {name: 'm'}, rules: [{apiGroups: [''], resources: ['pods/*'], verbs:"
            + " ['get']}]}");
    forbidden(
        "POST", role, "{metadata: {name: 'm'}, rules: [{nonResourceURLs: ['*'], verbs: ['get']}]}");
    forbidden(
        "POST",
        role,
        "{metadata: {name: 'm'}, rules: [{apiGroups: [''], resources: ['users'], verbs:"
            + " ['impersonate']}]}");
    forbidden(
        "POST",
        RBAC + "/namespaces/default/roles",
        "{metadata: {name: 'm'}, rules: [{apiGroups: [''], resources: ['secrets'], verbs:"
            + " ['get']}]}");
  }

  @Test
  void anExistingRoleDoesNotGrowEither() throws IOException {
    String harmless = RBAC + "/clusterroles/harmless";
    String more = "{metadata: {name: 'harmless'}, rules: " + EVERYTHING + "}";
    forbidden("PUT", harmless, more);
    patchForbidden(harmless, "merge-patch+json", "{rules: " + EVERYTHING + "}");
    patchForbidden(harmless, "strategic-merge-patch+json", "{rules: " + EVERYTHING + "}");
    patchForbidden(
        harmless,
        "json-patch+json",
        "[{op: 'replace', path: '/rules/0/resources/0', value: 'secrets'}]");
    patchForbidden(
        harmless + "?fieldManager=m&force=true",
        "apply-patch+yaml",
        "{apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: {name:"
            + " 'harmless'}, rules: "
            + EVERYTHING
            + "}");
    assertThat(owner.get(ROLES, "", "harmless").path("rules").toString())
        .isEqualTo("[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"get\"]}]");
  }

  @Test
  void aRoleThatGathersOthersTakesAllRights() throws IOException {
    String rule = "aggregationRule: {clusterRoleSelectors: [{matchLabels: {}}]}";
    forbidden("POST", RBAC + "/clusterroles", "{metadata: {name: 'gather'}, " + rule + "}");
    patchForbidden(RBAC + "/clusterroles/harmless", "merge-patch+json", "{" + rule + "}");
  }

  @Test
  void nobodyBindsARoleBeyondTheirOwn() throws IOException {
    String subjects = "subjects: [{kind: 'ServiceAccount', name: 'mallory', namespace: 'default'}]";
    for (String role : List.of("cluster-admin", "admin", "edit", "view")) {
      String reference =
          "roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: '"
              + role
              + "'}";
      forbidden(
          "POST",
          RBAC + "/clusterrolebindings",
          "{metadata: {name: 'm'}, " + reference + ", " + subjects + "}");
      forbidden(
          "POST",
          RBAC + "/namespaces/default/rolebindings",
          "{metadata: {name: 'm'}, " + reference + ", " + subjects + "}");
    }
    owner.create(
        BINDINGS,
        "",
        TestCluster.json(
            "{metadata: {name: 'admins'}, roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind:"
                + " 'ClusterRole', name: 'cluster-admin'}, subjects: []}"));
    patchForbidden(RBAC + "/clusterrolebindings/admins", "merge-patch+json", "{" + subjects + "}");
    patchForbidden(
        RBAC + "/clusterrolebindings/admins",
        "json-patch+json",
        "[{op: 'add', path: '/subjects', value: [{kind: 'Group', apiGroup:"
            + " 'rbac.authorization.k8s.io', name: 'system:authenticated'}]}]");
    Reply moved =
        send(
            "PATCH",
            RBAC + "/clusterrolebindings/harmless",
            "merge-patch+json",
            "{roleRef: {name: 'cluster-admin'}}");
    assertThat(moved.status()).as(moved.text()).isIn(403, 422);
    assertThat(owner.get(BINDINGS, "", "harmless").path("roleRef").path("name").asString())
        .isEqualTo("harmless");
  }

  @Test
  void whoMayActAsOneUserActsAsNoOther() throws IOException {
    assertThat(as(mallory, "Impersonate-User: alice")).isEqualTo(403);
    assertThat(allowedTo(mallory, "Impersonate-User: alice")).isEqualTo(201);
    List<List<String>> more =
        List.of(
            List.of("Impersonate-User: kubernetes-admin"),
            List.of("Impersonate-User: alice", "Impersonate-Group: system:masters"),
            List.of("Impersonate-User: alice", "Impersonate-Uid: 1"),
            List.of("Impersonate-User: alice", "Impersonate-Extra-Scopes: all"),
            List.of("Impersonate-User: system:serviceaccount:default:robot"));
    for (List<String> headers : more) {
      assertThat(allowedTo(mallory, headers.toArray(String[]::new)))
          .as(headers.toString())
          .isEqualTo(403);
    }
    assertThat(allowedTo(mallory, "Impersonate-Group: system:masters")).isIn(400, 403, 500);
    List<String> robot = List.of("Authorization: Bearer " + token("robot"));
    assertThat(allowedTo(robot, "Impersonate-User: anybody")).isEqualTo(201);
    assertThat(allowedTo(robot, "Impersonate-User: system:serviceaccount:default:mallory"))
        .as("an account is no user")
        .isEqualTo(403);
  }

  @Test
  void aReaderOfPodsStartsNothingInThem() throws IOException {
    for (String way :
        List.of("exec?command=id&stdout=1", "attach?stdout=1", "portforward?ports=1")) {
      List<String> upgrade = new ArrayList<>(mallory);
      upgrade.addAll(
          List.of(
              "Connection: Upgrade",
              "Upgrade: websocket",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
              "Sec-WebSocket-Protocol: v5.channel.k8s.io"));
      String path = "/api/v1/namespaces/default/pods/pod/" + way;
      assertThat(raw("GET " + path, upgrade, "").status()).as(way).isEqualTo(403);
      assertThat(raw("POST " + path, upgrade, "").status()).as(way).isEqualTo(403);
    }
  }

  @Test
  void tokensOfOthersAndTheQuestionsAboutThemAreNotForEverybody() throws IOException {
    String accounts = "/api/v1/namespaces/default/serviceaccounts/";
    forbidden("POST", accounts + "robot/token", "{spec: {}}");
    forbidden("POST", accounts + "mallory/token", "{spec: {}}");
    forbidden(
        "POST",
        "/apis/authorization.k8s.io/v1/subjectaccessreviews",
        "{spec: {user: 'alice', resourceAttributes: {verb: 'get', resource: 'secrets'}}}");
    forbidden(
        "POST",
        "/apis/authorization.k8s.io/v1/namespaces/default/localsubjectaccessreviews",
        "{spec: {user: 'alice', resourceAttributes: {verb: 'get', resource: 'secrets'}}}");
    forbidden("POST", "/apis/authentication.k8s.io/v1/tokenreviews", "{spec: {token: 'whatever'}}");
  }

  @Test
  void noWayLeadsToASecret() throws IOException {
    String secrets = "/api/v1/namespaces/default/secrets";
    for (String path :
        List.of(
            secrets,
            secrets + "/",
            secrets + "/treasure",
            secrets + "/treasure/",
            secrets + "?watch=true&timeoutSeconds=1",
            secrets + "?fieldSelector=metadata.name%3Dtreasure",
            secrets + "?fieldSelector=metadata.name%3Dtreasure&watch=1",
            "/api/v1/watch/namespaces/default/secrets/treasure",
            "/api/v1/watch/secrets",
            "/api/v1/secrets",
            "/api/v1/namespaces/default/%73ecrets/treasure",
            "/api/v1/namespaces/default/pods/../secrets/treasure",
            "/api/v1/namespaces/default/pods/%2e%2e/secrets/treasure",
            "/api/v1/namespaces/default/pods%2f..%2fsecrets/treasure",
            "/api/v1/namespaces/default/pods;/../secrets/treasure",
            "/api/v1/namespaces/default/pods/pod/../../secrets/treasure",
            "//api/v1/namespaces/default/secrets/treasure",
            "/api//v1/namespaces/default/secrets/treasure",
            "/API/V1/namespaces/default/secrets/treasure",
            "/api/v1/namespaces/default/secrets/treasure/status",
            "/api/v1/namespaces/default/pods/pod%2f..%2f..%2fsecrets%2ftreasure",
            "/api/v1/namespaces/default%2fsecrets%2ftreasure",
            "/api/v1/nodes/node-1/proxy/configz",
            "/api/v1/namespaces/default/pods/pod/proxy/",
            "/api/v1/namespaces/default/services/kubernetes/proxy/")) {
      Reply reply = raw("GET " + path, mallory, "");
      assertThat(reply.status()).as(path + reply.text()).isBetween(300, 499);
      assertThat(reply.text()).as(path).doesNotContain("Z29sZA==");
      List<String> table = new ArrayList<>(mallory);
      table.add("Accept: application/json;as=Table;v=v1;g=meta.k8s.io");
      assertThat(raw("GET " + path, table, "").status()).as(path).isBetween(300, 499);
    }
    forbidden("DELETE", secrets, "{}");
    assertThat(owner.find(Resources.SECRETS, "default", "treasure")).isPresent();
  }

  private static void role(String name, String rules, String account) {
    owner.create(
        ROLES, "", TestCluster.json("{metadata: {name: '" + name + "'}, rules: " + rules + "}"));
    owner.create(
        BINDINGS,
        "",
        TestCluster.json(
            "{metadata: {name: '"
                + name
                + "'}, roleRef: {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name:"
                + " '"
                + name
                + "'}, subjects: [{kind: 'ServiceAccount', namespace: 'default', name: '"
                + account
                + "'}]}"));
  }

  private static String token(String account) {
    return owner
        .call(
            Request.of("POST", Resources.SERVICE_ACCOUNTS.path("default", account, "token"))
                .body("application/json", "{\"spec\":{}}".getBytes(StandardCharsets.UTF_8)))
        .path("status")
        .path("token")
        .asString();
  }

  private static void forbidden(String method, String path, String body) throws IOException {
    Reply reply = send(method, path, "json", body);
    assertThat(reply.status()).as(method + " " + path + reply.text()).isEqualTo(403);
  }

  private static void patchForbidden(String path, String type, String body) throws IOException {
    Reply reply = send("PATCH", path, type, body);
    assertThat(reply.status()).as(type + " " + path + reply.text()).isEqualTo(403);
  }

  private static int as(List<String> headers, String more) throws IOException {
    List<String> all = new ArrayList<>(headers);
    all.add(more);
    return raw("GET /api/v1/secrets", all, "").status();
  }

  /** The status of a question that everybody may ask who is somebody. */
  private static int allowedTo(List<String> headers, String... more) throws IOException {
    List<String> all = new ArrayList<>(headers);
    all.addAll(List.of(more));
    all.add("Content-Type: application/json");
    return raw("POST /apis/authentication.k8s.io/v1/selfsubjectreviews", all, "{}").status();
  }

  private static Reply send(String method, String path, String type, String body)
      throws IOException {
    List<String> headers = new ArrayList<>(mallory);
    headers.add("Content-Type: application/" + type);
    return raw(method + " " + path, headers, TestCluster.tree(body).toString());
  }

  private static Reply raw(String line, List<String> headers, String body) throws IOException {
    try (Wire wire = Wire.to(cluster.server())) {
      return wire.request(line, headers, body.getBytes(StandardCharsets.UTF_8)).reply();
    }
  }
}
