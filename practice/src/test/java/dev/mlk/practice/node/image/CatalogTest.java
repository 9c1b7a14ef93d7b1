package dev.mlk.practice.node.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogTest {
  @TempDir Path folder;

  private Catalog catalog() throws IOException {
    return Catalog.read(Path.of("..", "images", "catalog.yaml"));
  }

  @Test
  void the_project_s_catalogue_has_its_images() throws IOException {
    Image mnist = catalog().find("mlk/mnist:0.1").orElseThrow();
    assertThat(mnist.program("mnist").orElseThrow()).contains("dev.mlk.images.mnist.Mnist");
    assertThat(mnist.program("/usr/bin/mnist")).isEqualTo(mnist.program("mnist"));
    assertThat(mnist.folder()).hasFileName("mnist");
    assertThat(catalog().find("nginx:1.27").orElseThrow().files()).isNotEmpty();
    assertThat(catalog().find("mlk/simulated").orElseThrow().simulated()).isTrue();
  }

  @Test
  void programs_that_listen_on_every_address_have_a_network_of_their_own() throws IOException {
    Catalog catalog = Catalog.read(Path.of("..", "images", "catalog.yaml"));
    assertThat(catalog.find("mlk/mnist:0.1").orElseThrow().isolated()).isTrue();
    assertThat(catalog.find("busybox").orElseThrow().isolated()).isFalse();
  }

  @Test
  void names_of_docker_hub_may_be_long_or_short() throws IOException {
    for (String reference :
        List.of(
            "busybox",
            "busybox:1.36",
            "library/busybox",
            "docker.io/library/busybox:latest",
            "busybox@sha256:0123",
            "docker.io/mlk/mnist:0.1")) {
      assertThat(catalog().find(reference)).as(reference).isPresent();
    }
    assertThat(catalog().find("example.com:5000/busybox")).isEmpty();
  }

  @Test
  void an_image_that_is_not_there_gets_the_list_of_those_that_are() throws IOException {
    assertThat(catalog().find("mlk/mnist:9")).isEmpty();
    assertThat(catalog().absence("mlk/mnist:9"))
        .isEqualTo(
            "the practice cluster has no image \"mlk/mnist:9\": it runs programs of this machine,"
                + " and has mlk/mnist:0.1 only");
    assertThat(catalog().absence("mysql"))
        .startsWith("the practice cluster has no image \"mysql\": it runs programs of this machine")
        .contains("and knows only the images mlk/mnist:0.1, mlk/smoke:0.1, busybox, alpine");
  }

  @Test
  void a_broken_catalogue_names_the_file() throws IOException {
    Path file = Files.writeString(folder.resolve("catalog.yaml"), "images: 3\n");
    assertThatThrownBy(() -> Catalog.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + ": expected a list instead of: 3");
  }
}
