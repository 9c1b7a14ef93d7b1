package dev.mlk.kube;

import static dev.mlk.kube.Eventually.eventually;
import static dev.mlk.kube.RawServer.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InformersTest {
  private static final String END = "<end of stream>";
  private final AtomicReference<String> list =
      new AtomicReference<>(list(5, pod("a", 3), pod("b", 4)));
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  @Test
  void itFollowsTheWatchFromTheListOn() throws Exception {
    try (RawServer server = RawServer.tcp(this::answer);
        ApiClient client = client(server);
        Informers informers = new Informers(client)) {
      Informer pods = informers.on(Resources.PODS);
      pods.awaitSynced();
      assertThat(pods.all()).hasSize(2);
      assertThat(pods.in("ns")).hasSize(2);
      pods.onChange((change, _, now) -> seen.add(change + " " + Key.of(now)));
      events.add(event("ADDED", pod("c", 6)));
      events.add(event("MODIFIED", pod("a", 7)));
      events.add(event("DELETED", pod("b", 8)));
      eventually(() -> seen.size() == 5);
      assertThat(seen.subList(0, 2)).containsExactlyInAnyOrder("ADDED ns/a", "ADDED ns/b");
      assertThat(seen.subList(2, 5)).containsExactly("ADDED ns/c", "MODIFIED ns/a", "DELETED ns/b");
      assertThat(pods.get("ns", "b")).isEmpty();
      assertThat(pods.get("ns", "c").orElseThrow().path("kind").asString("")).isEqualTo("Pod");
      eventually(() -> pods.resourceVersion() == 8);
      assertThat(watches(server)).hasSize(1);
      assertThat(watches(server).getFirst()).contains("resourceVersion=5");
    }
  }

  @Test
  void afterABrokenWatchItGoesOnWhereItWas() throws Exception {
    try (RawServer server = RawServer.tcp(this::answer);
        ApiClient client = client(server);
        Informers informers = new Informers(client)) {
      Informer pods = informers.on(Resources.PODS);
      pods.awaitSynced();
      events.add(event("BOOKMARK", pod("", 9)));
      events.add(END);
      eventually(() -> watches(server).size() == 2);
      assertThat(watches(server).getLast()).contains("resourceVersion=9");
      assertThat(lists(server)).hasSize(1);
    }
  }

  @Test
  void afterAForgottenPositionItListsAnewAndTellsTheDifference() throws Exception {
    try (RawServer server = RawServer.tcp(this::answer);
        ApiClient client = client(server);
        Informers informers = new Informers(client)) {
      Informer pods = informers.on(Resources.PODS);
      pods.awaitSynced();
      pods.onChange((change, _, now) -> seen.add(change + " " + Key.of(now)));
      seen.clear();
      list.set(list(20, pod("a", 3), pod("c", 19)));
      events.add(
          event(
              "ERROR",
              "{\"kind\":\"Status\",\"code\":410,\"message\":\"too old\",\"metadata\":{}}"));
      eventually(() -> seen.size() == 2);
      assertThat(seen).containsExactlyInAnyOrder("DELETED ns/b", "ADDED ns/c");
      eventually(() -> watches(server).size() == 2);
      assertThat(watches(server).getLast()).contains("resourceVersion=20");
    }
  }

  @Test
  void askersOfOneResourceShareAWatchAndScopesHaveTheirOwn() throws Exception {
    try (RawServer server = RawServer.tcp(this::answer);
        ApiClient client = client(server);
        Informers informers = new Informers(client)) {
      assertThat(informers.on(Resources.PODS)).isSameAs(informers.on(Resources.PODS));
      Informer mine = informers.on(Resources.PODS, new Scope("ns", "app=a", ""));
      mine.awaitSynced();
      eventually(() -> watches(server).size() == 2);
      assertThat(String.join("", lists(server)))
          .contains("/api/v1/namespaces/ns/pods?labelSelector=app%3Da&limit=1000");
    }
  }

  @Test
  void anIndexFindsObjectsByTheirValueAndForgetsThem() throws Exception {
    try (RawServer server = RawServer.tcp(this::answer);
        ApiClient client = client(server);
        Informers informers = new Informers(client)) {
      Informer pods = informers.on(Resources.PODS);
      Index byVersion =
          new Index(
              pods, pod -> List.of(pod.path("metadata").path("resourceVersion").asString("")));
      pods.awaitSynced();
      assertThat(byVersion.get("3")).hasSize(1);
      events.add(event("MODIFIED", pod("a", 7)));
      events.add(event("DELETED", pod("b", 8)));
      eventually(() -> pods.resourceVersion() == 8);
      assertThat(byVersion.get("3")).isEmpty();
      assertThat(byVersion.get("4")).isEmpty();
      assertThat(byVersion.get("7")).hasSize(1);
    }
  }

  @Test
  void whoeverIsToldOfAChangeFindsItInTheCopyAndInItsVersion() throws Exception {
    try (RawServer server = RawServer.tcp(this::answer);
        ApiClient client = client(server);
        Informers informers = new Informers(client)) {
      Informer pods = informers.on(Resources.PODS);
      pods.awaitSynced();
      pods.onChange(
          (_, _, now) ->
              seen.add(
                  pods.resourceVersion() + " " + pods.get("ns", Key.of(now).name()).isPresent()));
      seen.clear();
      events.add(event("ADDED", pod("c", 6)));
      events.add(event("DELETED", pod("c", 7)));
      eventually(() -> seen.size() == 2);
      assertThat(seen).containsExactly("6 true", "7 false");
    }
  }

  @Test
  void closingDoesNotWaitForAListenerThatAsksForAnotherInformer() throws Exception {
    try (RawServer server = RawServer.tcp(this::answer);
        ApiClient client = client(server)) {
      Informers informers = new Informers(client);
      Informer pods = informers.on(Resources.PODS);
      pods.awaitSynced();
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch closing = new CountDownLatch(1);
      pods.onChange(
          (_, _, now) -> {
            if (Key.of(now).name().equals("c")) {
              inside.countDown();
              await(closing);
              seen.add(informers.on(Resources.PODS).equals(pods) ? "found" : "another");
            }
          });
      events.add(event("ADDED", pod("c", 6)));
      inside.await();
      Thread closer = Thread.ofVirtual().start(informers::close);
      eventually(() -> closer.getState() == Thread.State.WAITING);
      closing.countDown();
      assertThat(closer.join(Duration.ofSeconds(60))).isTrue();
      assertThat(seen).containsExactly("found");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aListenerThatFailsDoesNotStopTheOthers() throws Exception {
    try (RawServer server = RawServer.tcp(this::answer);
        ApiClient client = client(server);
        Informers informers = new Informers(client)) {
      Informer pods = informers.on(Resources.PODS);
      pods.onChange(
          (_, _, _) -> {
            throw new IllegalStateException("a listener's mistake, on purpose");
          });
      pods.onChange((change, _, now) -> seen.add(change + " " + Key.of(now)));
      pods.awaitSynced();
      eventually(() -> seen.size() == 2);
    }
  }

  @Test
  void whereWatchingIsNotAllowedItAsksForTheListAgainAndAgain() throws Exception {
    try (RawServer server = RawServer.tcp(this::answerToOneWhoMayNotWatch);
        ApiClient client = client(server);
        Informers informers = new Informers(client)) {
      Informer pods = informers.on(Resources.PODS);
      pods.onChange((change, _, now) -> seen.add(change + " " + Key.of(now)));
      pods.awaitSynced();
      eventually(pods::polls);
      list.set(list(20, pod("a", 3), pod("c", 19)));
      eventually(() -> seen.contains("DELETED ns/b") && seen.contains("ADDED ns/c"));
    }
  }

  private boolean answerToOneWhoMayNotWatch(String request, OutputStream out)
      throws IOException, InterruptedException {
    if (!request.contains("watch=true")) {
      return answer(request, out);
    }
    String no = "{\"kind\":\"Status\",\"code\":403,\"message\":\"no watch for you\"}";
    write(out, "HTTP/1.1 403 Forbidden\nContent-Length: " + no.length() + "\n\n" + no);
    return true;
  }

  private boolean answer(String request, OutputStream out)
      throws IOException, InterruptedException {
    if (!request.contains("watch=true")) {
      String body = list.get();
      write(out, "HTTP/1.1 200 OK\nContent-Length: " + body.length() + "\n\n" + body);
      return true;
    }
    write(out, "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n");
    for (String event = events.take(); !event.equals(END); event = events.take()) {
      write(out, Integer.toHexString(event.length()) + "\n" + event + "\n");
    }
    write(out, "0\n\n");
    return true;
  }

  private static List<String> watches(RawServer server) {
    return List.copyOf(server.requests).stream().filter(r -> r.contains("watch=true")).toList();
  }

  private static List<String> lists(RawServer server) {
    return List.copyOf(server.requests).stream().filter(r -> !r.contains("watch=true")).toList();
  }

  private static ApiClient client(RawServer server) throws IOException {
    return new ApiClient(new HttpTransport(Endpoint.at(server.address())), "test");
  }

  private static String event(String type, String object) {
    return "{\"type\":\"" + type + "\",\"object\":" + object + "}";
  }

  private static String pod(String name, int version) {
    return "{\"metadata\":{\"namespace\":\"ns\",\"name\":\""
        + name
        + "\",\"resourceVersion\":\""
        + version
        + "\",\"managedFields\":[{}]}}";
  }

  private static String list(int version, String... pods) {
    return "{\"kind\":\"PodList\",\"metadata\":{\"resourceVersion\":\""
        + version
        + "\"},\"items\":["
        + String.join(",", pods)
        + "]}";
  }
}
