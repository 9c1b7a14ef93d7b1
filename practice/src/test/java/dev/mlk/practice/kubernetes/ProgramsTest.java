package dev.mlk.practice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mlk.practice.kubernetes.Programs.Trouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A folder of programs as they are released: one file each. */
@EnabledOnOs({OS.LINUX, OS.MAC})
final class ProgramsTest {
  private static final Map<String, String> VERSIONS =
      Map.of(
          "etcd", "etcd Version: 3.6.5\nGit SHA: abc\nGo OS/Arch: linux/amd64",
          "kube-apiserver", "Kubernetes v1.35.4",
          "kube-controller-manager", "Kubernetes v1.35.4",
          "kube-scheduler", "Kubernetes v1.35.0");

  @TempDir Path folder;

  @BeforeEach
  void released() throws IOException {
    for (Map.Entry<String, String> program : VERSIONS.entrySet()) {
      says(program.getKey(), program.getValue());
    }
  }

  @Test
  void fourFilesThatTellTheirVersionsAreAControlPlane() throws IOException {
    Programs programs = new Programs(folder);

    assertThat(programs.troubles()).isEmpty();
    assertThat(programs.command("etcd")).containsExactly(folder.resolve("etcd").toString());
  }

  @Test
  void oneFileMayStandForAllOfThem() throws IOException {
    for (String name : Programs.NAMES) {
      Files.delete(folder.resolve(name));
    }
    script(
        "kube", "case $1 in etcd) echo etcd Version: 3.5.24;; *) echo Kubernetes v1.35.4;; esac");

    assertThat(new Programs(folder).troubles()).isEmpty();
    assertThat(new Programs(folder).command("kube-scheduler"))
        .containsExactly(folder.resolve("kube").toString(), "kube-scheduler");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Files.delete(folder.resolve("etcd"));
    Files.delete(folder.resolve("kube-scheduler"));

    assertThat(sentences()).containsExactly("no etcd, no kube-scheduler in " + folder);
  }

  @Test
  void aFolderThatIsNoneIsNamed() throws IOException {
    Path none = folder.resolve("none");

    assertThat(new Programs(none).troubles()).singleElement().hasToString(shown(none, "exist"));
    assertThat(new Programs(folder.resolve("etcd")).troubles())
        .singleElement()
        .extracting(Trouble::sentence)
        .isEqualTo(folder.resolve("etcd") + " is no folder");
  }

  private static String shown(Path none, String verb) {
    return new Trouble(none + " does not " + verb, "").toString();
  }

  @Test
  void aFileThatMayNotRunIsNamedWithWhatLetsIt() throws IOException {
    Path scheduler = folder.resolve("kube-scheduler");
    assertThat(scheduler.toFile().setExecutable(false)).isTrue();

    assertThat(new Programs(folder).troubles())
        .containsExactly(new Trouble(scheduler + " is not executable", "chmod +x " + scheduler));
  }

  @Test
  void programsOfAnotherVersionAreNamed() throws IOException {
    says("kube-controller-manager", "Kubernetes v1.30.2");
    says("etcd", "etcd Version: 3.4.1");

    assertThat(sentences())
        .containsExactly(
            folder.resolve("etcd") + " is of version 3.4.1: this mlk runs etcd 3.5 or 3.6",
            folder.resolve("kube-controller-manager")
                + " is of version 1.30.2: this mlk runs Kubernetes 1.35");
  }

  @Test
  void aProgramThatIsSomethingElseIsNamedWithWhatItSaid() throws IOException {
    says("kube-apiserver", "hello");
    script("kube-scheduler", "echo no such option >&2; exit 3");

    assertThat(sentences())
        .containsExactly(
            folder.resolve("kube-apiserver")
                + " is not Kubernetes' kube-apiserver: asked for its version it said \"hello\"",
            folder.resolve("kube-scheduler")
                + " is not Kubernetes' kube-scheduler: asked for its version it said"
                + " \"no such option\"");
  }

  @Test
  void aProgramForAnotherMachineIsNamed() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1).putShort(18, (short) 22);
    Files.write(folder.resolve("etcd"), header.array());

    assertThat(sentences())
        .singleElement()
        .asString()
        .startsWith(folder.resolve("etcd") + " is a program for Linux on s390x: this machine is ");
  }

  @Test
  void headersOfOtherSystemsAreKnown() throws IOException {
    assertThat(foreign(new byte[] {'M', 'Z'}, "Linux", "amd64")).isEqualTo("Windows");
    assertThat(foreign(new byte[] {'M', 'Z'}, "Windows 11", "amd64")).isEmpty();
    byte[] mac = {(byte) 0xcf, (byte) 0xfa, (byte) 0xed, (byte) 0xfe};
    assertThat(foreign(mac, "Linux", "aarch64")).isEqualTo("macOS");
    assertThat(foreign(mac, "Mac OS X", "aarch64")).isEmpty();
    byte[] arm = new byte[20];
    System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1}, 0, arm, 0, 6);
    arm[18] = (byte) 183;
    assertThat(foreign(arm, "Linux", "amd64")).isEqualTo("Linux on aarch64");
    assertThat(foreign(arm, "Linux", "aarch64")).isEmpty();
    assertThat(foreign(arm, "Mac OS X", "aarch64")).isEqualTo("Linux on aarch64");
    assertThat(
            foreign(
                "#!/bin/sh\nexec something\n".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "Linux",
                "amd64"))
        .isEmpty();
  }

  private String foreign(byte[] head, String system, String architecture) throws IOException {
    Path file = folder.resolve("head");
    byte[] whole = new byte[64];
    System.arraycopy(head, 0, whole, 0, head.length);
    Files.write(file, whole);
    return Executable.foreign(file, system, architecture).orElse("");
  }

  private List<String> sentences() throws IOException {
    return new Programs(folder).troubles().stream().map(Trouble::sentence).toList();
  }

  private void says(String name, String text) throws IOException {
    script(name, "[ \"$*\" = --version ] && echo '" + text + "'");
  }

  private void script(String name, String body) throws IOException {
    Path program = folder.resolve(name);
    Files.writeString(program, "#!/bin/sh\n" + body + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }
}
