package dev.mlk.check;

import com.sun.management.OperatingSystemMXBean;
import dev.mlk.facts.Names;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the practice cluster and training need of a machine. */
final class MachineChecks {
  private static final long GIB = 1L << 30;
  private static final long MEMORY_NEEDED = 2 * GIB;
  private static final long MEMORY_WANTED = 4 * GIB;

  /** Checkpoints, event files and the native libraries that are unpacked once. */
  private static final long DISK_NEEDED = GIB;

  private static final long DISK_WANTED = 4 * GIB;
  private static final int FILES_WANTED = 4096;
  private static final int OLDEST_JAVA = 25;

  private MachineChecks() {}

  static List<Check<Machine>> all() {
    return List.of(
        new Check<>("machine", "java", "the JDK is new enough", MachineChecks::java),
        new Check<>("machine", "system", "TensorFlow runs on it", MachineChecks::system),
        new Check<>("machine", "libc", "its C library fits TensorFlow", MachineChecks::libc),
        new Check<>("machine", "processor", "the processor is fit", MachineChecks::processor),
        new Check<>("machine", "memory", "there is memory to train", MachineChecks::memory),
        new Check<>("machine", "disk", "there is room on the disk", MachineChecks::disk),
        new Check<>(
            "machine", "temporary", "temporary files can be made", MachineChecks::temporary),
        new Check<>("machine", "files", "enough files can be open", MachineChecks::files),
        new Check<>("machine", "loopback", "pods can have addresses", MachineChecks::loopback),
        new Check<>("machine", "state", "mlk's folder is yours alone", MachineChecks::state));
  }

  private static List<Verdict> java(Machine machine) {
    String version = machine.property("java.version");
    int feature = Server.minor(version);
    String seen = "Java " + version + " (" + machine.property("java.vendor") + ")";
    return List.of(
        feature < OLDEST_JAVA
            ? Verdict.fail("", seen, "JDK 25 or newer", "install a JDK 25, or set JAVA_HOME to one")
            : Verdict.pass(seen + ", " + machine.property("java.home")));
  }

  private static List<Verdict> system(Machine machine) {
    String name = machine.property("os.name");
    String arch = machine.property("os.arch");
    String seen = name + " " + machine.property("os.version") + ", " + arch;
    boolean known =
        (name.equals("Linux") && Set.of("amd64", "x86_64", "aarch64").contains(arch))
            || (name.startsWith("Mac") && arch.equals("aarch64"));
    return List.of(
        known
            ? Verdict.pass(seen)
            : Verdict.warn(
                "",
                seen,
                "Linux on x86-64 or ARM, or macOS on Apple silicon: there TensorFlow is built for Java",
                name.startsWith("Windows")
                    ? "use WSL 2"
                    : "train on a cluster: mlk --context NAME tfjob submit FILE"));
  }

  private static List<Verdict> libc(Machine machine) {
    if (!machine.linux()) {
      return List.of(Verdict.skip("only Linux systems differ in it", ""));
    }
    Optional<String> said =
        machine.program("getconf").flatMap(program -> machine.says(program, "GNU_LIBC_VERSION"));
    if (said.isEmpty()) {
      boolean musl = Files.exists(Path.of("/lib/ld-musl-x86_64.so.1"));
      return List.of(
          musl
              ? Verdict.fail(
                  "",
                  "the C library is musl",
                  "glibc: TensorFlow is built against it",
                  "use a Debian, Ubuntu, Fedora or similar system")
              : Verdict.skip("the C library does not tell its version", ""));
    }
    String version = said.get().replace("glibc", "").strip();
    String seen = "glibc " + version;
    int minor = Server.minor(version.substring(version.indexOf('.') + 1));
    return List.of(
        version.startsWith("2.") && minor < 17
            ? Verdict.fail("", seen, "glibc 2.17 or newer", "a newer release of this system")
            : Verdict.pass(seen));
  }

  private static List<Verdict> processor(Machine machine) {
    int number = Runtime.getRuntime().availableProcessors();
    String seen = Names.count(number, "CPU");
    if (machine.linux() && machine.property("os.arch").equals("amd64")) {
      Optional<String> flags = machine.firstLine(Path.of("/proc/cpuinfo"), "flags");
      if (flags.isPresent() && !(flags.get() + " ").contains(" avx ")) {
        return List.of(
            Verdict.fail(
                "",
                seen + " without AVX",
                "AVX: TensorFlow uses it without asking and dies otherwise",
                "in a virtual machine: pass the host's processor through"));
      }
    }
    return List.of(
        number < 2
            ? Verdict.warn(
                "", seen, "2 CPUs: a distributed job has four processes", "train one worker")
            : Verdict.pass(seen));
  }

  private static List<Verdict> memory(Machine machine) {
    long total =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    Optional<String> line = machine.firstLine(Path.of("/proc/meminfo"), "MemAvailable:");
    long free = line.map(MachineChecks::kibibytes).orElse(total);
    long usable = Math.min(total, free);
    String seen = gibibytes(usable) + " GiB of " + gibibytes(total) + " GiB can be used";
    String next = "end other programs, or train one worker: mlk tfjob submit mnist";
    if (usable < MEMORY_NEEDED) {
      return List.of(Verdict.fail("", seen, "2 GiB for the cluster and one worker", next));
    }
    return List.of(
        usable < MEMORY_WANTED
            ? Verdict.warn("", seen, "4 GiB for a distributed job", next)
            : Verdict.pass(seen));
  }

  private static long kibibytes(String line) {
    String digits = line.replaceAll("[^0-9]", "");
    return digits.isEmpty() ? Long.MAX_VALUE : Long.parseLong(digits) * 1024;
  }

  private static String gibibytes(long bytes) {
    return bytes / GIB + "." + bytes % GIB * 10 / GIB;
  }

  private static List<Verdict> disk(Machine machine) {
    Path state = machine.invocation().state();
    try {
      long free = Files.getFileStore(Machine.existing(state)).getUsableSpace();
      String seen = gibibytes(free) + " GiB free where " + state + " lies";
      String next = "free some room, or set MLK_HOME to a folder on another disk";
      if (free < DISK_NEEDED) {
        return List.of(Verdict.fail(state.toString(), seen, "1 GiB at least", next));
      }
      return List.of(
          free < DISK_WANTED
              ? Verdict.warn(state.toString(), seen, "4 GiB, for the whole course", next)
              : Verdict.pass(seen));
    } catch (IOException e) {
      return List.of(Verdict.skip("the disk of " + state + " does not tell its room", ""));
    }
  }

  private static List<Verdict> temporary(Machine machine) {
    Path folder = Path.of(machine.property("java.io.tmpdir"));
    try {
      Files.delete(Files.createTempFile(folder, "mlk-doctor", ""));
      return List.of(Verdict.pass(folder + " can be written"));
    } catch (IOException e) {
      return List.of(
          Verdict.fail(
              folder.toString(),
              folder + " cannot be written: " + e.getMessage(),
              "a folder for temporary files",
              "df " + folder + "; or JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER"));
    }
  }

  private static List<Verdict> files(Machine machine) {
    Optional<String> line = machine.firstLine(Path.of("/proc/self/limits"), "Max open files");
    if (line.isEmpty()) {
      return List.of(Verdict.skip("this system does not tell how many files may be open", ""));
    }
    // "Max open files   1024   524288   files": what holds now, and up to where it may be raised.
    String[] words = line.get().substring("Max open files".length()).strip().split(" +", -1);
    String most = words.length > 1 ? words[1] : words[0];
    String seen = most + " files may be open";
    int number = Server.minor(most);
    return List.of(
        number >= 0 && number < FILES_WANTED
            ? Verdict.warn(
                "", seen, FILES_WANTED + ", for hundreds of pods", "ulimit -n " + FILES_WANTED)
            : Verdict.pass(seen));
  }

  private static List<Verdict> loopback(Machine machine) {
    try (ServerSocket _ = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      if (!machine.linux()) {
        return List.of(Verdict.pass("127.0.0.1 takes servers"));
      }
      try (ServerSocket _ =
          new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 9, 8, 7}))) {
        return List.of(
            Verdict.pass("127.0.0.0/8 takes servers: every pod has an address of its own"));
      }
    } catch (IOException e) {
      return List.of(
          Verdict.fail(
              "",
              "the loopback addresses take no server: " + e.getMessage(),
              "127.0.0.1 and, on Linux, all of 127.0.0.0/8",
              "ip addr show lo"));
    }
  }

  private static List<Verdict> state(Machine machine) {
    Path folder = machine.invocation().state();
    if (!Files.exists(folder)) {
      return List.of(Verdict.pass(folder + " is not there yet"));
    }
    try {
      if (!Files.isWritable(folder)) {
        return List.of(
            Verdict.fail(
                folder.toString(),
                folder + " cannot be written",
                "a folder of your own",
                "chown, or set MLK_HOME to another folder"));
      }
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
      boolean open =
          permissions.contains(PosixFilePermission.GROUP_WRITE)
              || permissions.contains(PosixFilePermission.OTHERS_WRITE);
      return List.of(
          open
              ? Verdict.warn(
                  folder.toString(),
                  "others may write to " + folder,
                  "only you: credentials of your clusters lie in it",
                  "chmod 700 " + folder)
              : Verdict.pass(folder + " is yours alone"));
    } catch (IOException | UnsupportedOperationException e) {
      return List.of(Verdict.skip("this system has no such permissions", ""));
    }
  }
}
