package dev.mlk.practice.node.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mlk.kube.ApiClient;
import dev.mlk.practice.node.environment.PodFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class RootFolderTest {
  @TempDir Path folder;

  /** No volume here refers to an object, so nobody is asked. */
  private final ApiClient nobody = new ApiClient(null, "test");

  private RootFolder root(String container, String volumes) throws Exception {
    JsonNode pod =
        JsonMapper.shared()
            .readTree(
                "{\"metadata\":{\"namespace\":\"n\"},\"spec\":{\"volumes\":" + volumes + "}}");
    PodVolumes prepared =
        new PodVolumes(
            nobody,
            new VolumePlaces(
                folder.resolve("volumes"), folder.resolve("host"), folder.resolve("pod")),
            java.time.InstantSource.system());
    prepared.prepare(new PodFacts(pod, "", "", Map.of()), true);
    return RootFolder.make(
        folder.resolve("root"),
        JsonMapper.shared().readTree(container),
        prepared,
        Map.of(),
        text -> text);
  }

  @Test
  void mounts_are_links_and_their_paths_are_translated() throws Exception {
    RootFolder root =
        root(
            """
            {"volumeMounts":[{"name":"a","mountPath":"/data"},
              {"name":"a","mountPath":"/data/deep/er","subPath":"x"},
              {"name":"h","mountPath":"/host/"}]}""",
            """
            [{"name":"a","emptyDir":{}},{"name":"h","hostPath":{"path":"/srv/x"}}]""");
    String path = root.path().toString();
    assertThat(root.translate("--dir=/data/x --more='/data'"))
        .isEqualTo("--dir=" + path + "/data/x --more='" + path + "/data'");
    assertThat(root.translate("cp /data/a /database/b; ls /host >/tmp/x"))
        .isEqualTo("cp " + path + "/data/a /database/b; ls " + path + "/host >" + path + "/tmp/x");
    assertThat(root.translate("http://host/data x/data ./data $HOME/data"))
        .isEqualTo("http://host/data x/data ./data $HOME/data");
    Files.writeString(root.local("/host/note"), "hello");
    assertThat(folder.resolve("host/srv/x/note")).hasContent("hello");
    assertThat(Files.isSymbolicLink(root.path().resolve("data"))).isTrue();
  }

  @Test
  void nothing_leads_out_of_a_volume() {
    assertThatThrownBy(
            () ->
                root(
                    "{\"volumeMounts\":[{\"name\":\"a\",\"mountPath\":\"/d\",\"subPath\":\"../x\"}]}",
                    "[{\"name\":\"a\",\"emptyDir\":{}}]"))
        .isInstanceOf(MountException.class)
        .hasMessageContaining("..");
    assertThatThrownBy(
            () -> root("{}", "[{\"name\":\"a\",\"hostPath\":{\"path\":\"/srv/../../etc\"}}]"))
        .isInstanceOf(MountException.class);
  }
}
