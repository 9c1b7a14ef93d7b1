package dev.mlk.practice.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** For which machine a program was compiled, as its first bytes tell (ELF, Mach-O, PE). */
final class Executable {
  private static final int HEADER = 20;
  private static final int ELF = 0x7f454c46;
  private static final int MACH_O_LITTLE = 0xcffaedfe;
  private static final int MACH_O_FAT = 0xcafebabe;
  private static final int MACHINE = 18;

  private Executable() {}

  /**
   * The machine, such as {@code Linux on aarch64}; empty for scripts, and for programs that this
   * machine's system takes.
   *
   * @param system the property {@code os.name}
   * @param architecture the property {@code os.arch}
   */
  static Optional<String> foreign(Path program, String system, String architecture)
      throws IOException {
    byte[] head = new byte[HEADER];
    try (InputStream in = Files.newInputStream(program)) {
      if (in.readNBytes(head, 0, HEADER) < HEADER) {
        return Optional.empty();
      }
    }
    ByteBuffer bytes = ByteBuffer.wrap(head);
    int magic = bytes.getInt(0);
    if (magic == MACH_O_LITTLE || magic == MACH_O_FAT) {
      return system.startsWith("Mac") ? Optional.empty() : Optional.of("macOS");
    }
    if (head[0] == 'M' && head[1] == 'Z') {
      return system.startsWith("Windows") ? Optional.empty() : Optional.of("Windows");
    }
    if (magic != ELF) {
      return Optional.empty();
    }
    bytes.order(head[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    String processor = processor(bytes.getShort(MACHINE));
    boolean own = processor.equals(usual(architecture)) && system.equals("Linux");
    return own ? Optional.empty() : Optional.of("Linux on " + processor);
  }

  /** The processor of an ELF file, by the numbers of its specification. */
  private static String processor(short number) {
    return switch (number) {
      case 3 -> "i386";
      case 21 -> "ppc64";
      case 22 -> "s390x";
      case 40 -> "arm";
      case 62 -> "x86_64";
      case 183 -> "aarch64";
      case 243 -> "riscv64";
      default -> "processor " + number;
    };
  }

  /** What the JVM calls a processor, as everybody else does. */
  static String usual(String architecture) {
    return switch (architecture) {
      case "amd64" -> "x86_64";
      case "ppc64le" -> "ppc64";
      default -> architecture;
    };
  }
}
