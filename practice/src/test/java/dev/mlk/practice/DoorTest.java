package dev.mlk.practice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Resources;
import dev.mlk.practice.node.NodeSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library's door: what it is, and that going in and out leaves nothing behind. */
final class DoorTest {
  @TempDir Path folder;

  @Test
  void theDoorIsSmall() throws IOException {
    Path classes = Path.of(DoorTest.class.getResource("PracticeCluster.class").getPath());
    try (Stream<Path> files = Files.list(classes.getParent())) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(
                      name -> name.endsWith(".class") && !name.matches("package-info.*|.*[$].*"))
                  .map(name -> type(name.substring(0, name.length() - ".class".length())))
                  .filter(type -> Modifier.isPublic(type.getModifiers()))
                  .map(Class::getSimpleName))
          .containsExactlyInAnyOrder(
              "PracticeCluster",
              "PracticeConfig",
              "ControlPlane",
              "KubernetesCluster",
              "KubernetesConfig",
              "UserKubeconfig");
    }
    assertThat(methods(PracticeCluster.class))
        .containsExactlyInAnyOrder(
            "start()",
            "start(UnaryOperator)",
            "start(PracticeConfig)",
            "kubeconfig()",
            "kubeconfigFile()",
            "server()",
            "socket()",
            "transport()",
            "informers()",
            "podStreams(PodStreams)",
            "forNodes(NodeConfig)",
            "close()");
    assertThat(methods(PracticeConfig.class))
        .containsExactlyInAnyOrder(
            "of(String,Path)",
            "temporary()",
            "port(int)",
            "clock(InstantSource)",
            "nodes(int)",
            "nodes(List)",
            "images(Path)");
  }

  @Test
  void severalClustersInOneProcessShareNothing() {
    try (PracticeCluster first = PracticeCluster.start(config -> config.nodes(0));
        PracticeCluster second = PracticeCluster.start(config -> config.nodes(0));
        ApiClient one = new ApiClient(first.transport(), "test");
        ApiClient other = new ApiClient(second.transport(), "test")) {
      one.create(
          Resources.NAMESPACES, "", TestCluster.json("{metadata: {name: 'only-in-the-first'}}"));
      assertThat(one.find(Resources.NAMESPACES, "", "only-in-the-first")).isPresent();
      assertThat(other.find(Resources.NAMESPACES, "", "only-in-the-first")).isEmpty();
      assertThat(first.server()).isNotEqualTo(second.server());
      assertThat(first.kubeconfigFile()).isNotEqualTo(second.kubeconfigFile());
    }
  }

  @Test
  void aClosedClusterLeavesNoThreadNoProcessAndNoFile() {
    // What the JVM and the libraries make once for all is there afterwards.
    PracticeCluster.start().close();
    Set<String> before = threads();
    List<Long> processes = children();
    Path home;
    try (PracticeCluster cluster = PracticeCluster.start();
        ApiClient client = new ApiClient(cluster.transport(), "test")) {
      home = cluster.kubeconfigFile().getParent();
      assertThat(home).isDirectory();
      client.create(
          Resources.PODS,
          "default",
          TestCluster.json(
              "{metadata: {name: 'sleeper'}, spec: {containers: [{name: 'main', image: 'busybox',"
                  + " command: ['sleep', '1000']}]}}"));
      TestCluster.await(
          () -> client.get(Resources.PODS, "default", "sleeper").path("status").path("phase"),
          phase -> phase.asString("").equals("Running"));
    }
    assertThat(home).doesNotExist();
    TestCluster.await(DoorTest::threads, now -> before.containsAll(now));
    TestCluster.await(DoorTest::children, now -> processes.containsAll(now));
  }

  @Test
  void theFirstPodCanBeCreatedAtOnce() {
    try (PracticeCluster cluster = PracticeCluster.start(config -> config.nodes(0));
        ApiClient client = new ApiClient(cluster.transport(), "test")) {
      client.create(
          Resources.PODS,
          "default",
          TestCluster.json(
              "{metadata: {name: 'first'}, spec: {containers: [{name: 'a', image: 'busybox'}]}}"));
      assertThat(client.list(Resources.NODES, "", Map.of()).path("items")).isEmpty();
    }
  }

  @Test
  void nodesAndImagesAreOnesOwn() throws IOException {
    Path catalogue = folder.resolve("images.yaml");
    Files.writeString(
        catalogue,
        """
        images:
        - names: [example/hello]
          entrypoint: [hello]
          programs:
            hello: ["/bin/echo", "hello from"]
        """);
    NodeSpec node =
        new NodeSpec(
            "big",
            NodeSpec.standard("x").cpu(),
            NodeSpec.standard("x").memory(),
            10,
            0,
            NodeSpec.standard("x").gpu(),
            Map.of("disk", "fast"));
    try (PracticeCluster cluster =
            PracticeCluster.start(config -> config.nodes(List.of(node)).images(catalogue));
        ApiClient client = new ApiClient(cluster.transport(), "test")) {
      assertThat(
              client
                  .get(Resources.NODES, "", "big")
                  .path("metadata")
                  .path("labels")
                  .path("disk")
                  .asString())
          .isEqualTo("fast");
      client.create(
          Resources.PODS,
          "default",
          TestCluster.json(
              "{metadata: {name: 'hello'}, spec: {restartPolicy: 'Never', nodeSelector: {disk:"
                  + " 'fast'}, containers: [{name: 'main', image: 'example/hello', args:"
                  + " ['here']}]}}"));
      TestCluster.await(
          () -> client.get(Resources.PODS, "default", "hello").path("status").path("phase"),
          phase -> phase.asString("").equals("Succeeded"));
    }
  }

  @Test
  void whatCannotStartSaysWhyAndLeavesNothing() throws IOException {
    Path images = folder.resolve("none.yaml");
    assertThatThrownBy(() -> PracticeCluster.start(config -> config.images(images)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("there is no catalogue of images at " + images);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> PracticeCluster.start(config -> config.port(taken.getLocalPort())))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("port " + taken.getLocalPort() + " of 127.0.0.1 is in use");
    }
    PracticeConfig kept = PracticeConfig.of("kept", folder.resolve("kept"));
    try (PracticeCluster cluster = PracticeCluster.start(kept)) {
      assertThatThrownBy(() -> PracticeCluster.start(kept))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is in use");
      assertThat(cluster.socket()).exists();
      try (ApiClient client = new ApiClient(cluster.transport(), "test")) {
        assertThat(client.find(Resources.NAMESPACES, "", "default")).isPresent();
      }
    }
  }

  @Test
  void aTemporaryClustersFolderIsPrivate() throws IOException {
    try (PracticeCluster cluster = PracticeCluster.start(config -> config.nodes(0))) {
      Path home = cluster.kubeconfigFile().getParent();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
          .isEqualTo("rwx------");
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName("dev.mlk.practice." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> methods(Class<?> type) {
    List<String> all = new ArrayList<>();
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
        List<String> parameters =
            Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
        all.add(method.getName() + "(" + String.join(",", parameters) + ")");
      }
    }
    return all;
  }

  /** The names of the platform threads that are not the JVM's own. */
  private static Set<String> threads() {
    Set<String> names = new TreeSet<>();
    Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
    names.removeIf(name -> name.startsWith("ForkJoinPool") || name.startsWith("process reaper"));
    return names;
  }

  private static List<Long> children() {
    return ProcessHandle.current().descendants().map(ProcessHandle::pid).toList();
  }
}
