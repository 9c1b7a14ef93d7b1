package dev.mlk.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;

/** What a practice cluster has in its folder after much work: nothing that others may read. */
final class ClusterFolderCheck {
  /** What pods write and what is mounted into them has the modes that they give it. */
  private static final Pattern OF_PODS =
      Pattern.compile("volumes/.*|nodes/[^/]+/host/.*|nodes/[^/]+/pods/[^/]+/(?!.*[.]log).*");

  private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{10,}[.]eyJ");

  private ClusterFolderCheck() {}

  /** No credential and no secret is in the log. */
  static void logKeepsSecrets(Path cluster, List<String> secrets) throws IOException {
    String token = Files.readString(cluster.resolve("pki/owner.token")).strip();
    assertThat(token).hasSizeGreaterThan(20);
    for (String name : List.of("log", "log.1")) {
      Path log = cluster.resolve(name);
      if (!Files.exists(log)) {
        assertThat(name).isNotEqualTo("log");
        continue;
      }
      String text = Files.readString(log);
      assertThat(text)
          .as(log.toString())
          .doesNotContain(token)
          .doesNotContain("PRIVATE KEY")
          .doesNotContain("Bearer ")
          .doesNotContainPattern(TOKEN);
      secrets.forEach(secret -> assertThat(text).as(log.toString()).doesNotContain(secret));
    }
  }

  /** Every file that the cluster itself wrote is its owner's alone. */
  static void filesArePrivate(Path cluster) throws IOException {
    List<String> open =
        LiveFiles.below(cluster).stream()
            .filter(path -> !OF_PODS.matcher(cluster.relativize(path).toString()).matches())
            .filter(path -> !Files.isDirectory(path) && !Files.isSymbolicLink(path))
            .map(path -> cluster.relativize(path) + " " + mode(path))
            .filter(line -> !line.endsWith(" rw-------"))
            .toList();
    assertThat(open).isEmpty();
    assertThat(mode(cluster)).isEqualTo("rwx------");
  }

  /** A file that has gone meanwhile is nobody's. */
  private static String mode(Path path) {
    try {
      return PosixFilePermissions.toString(
          Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    } catch (IOException e) {
      return "rw-------";
    }
  }
}
