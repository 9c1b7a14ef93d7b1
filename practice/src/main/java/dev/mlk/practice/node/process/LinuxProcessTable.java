package dev.mlk.practice.node.process;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code /proc}, as proc(5) describes it. */
final class LinuxProcessTable implements ProcessTable {
  private static final Path PROC = Path.of("/proc");
  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  /** The kernel tells times in hundredths of a second on every platform that Java runs on. */
  private static final long NANOS_PER_TICK = 10_000_000;

  private static final long PAGE = 4096;

  /** 127.0.0.1 as the kernel prints it: words of the machine's own order. */
  private static final String IPV4 = LITTLE ? "0100007F" : "7F000001";

  /** The same in an address of IPv6. */
  private static final String IPV6 = "0".repeat(16) + (LITTLE ? "FFFF0000" : "0000FFFF") + IPV4;

  static boolean available() {
    return Files.isReadable(PROC.resolve("self/stat"));
  }

  @Override
  public List<ProcessEntry> read() {
    List<ProcessEntry> entries = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROC, LinuxProcessTable::isPid)) {
      for (Path folder : folders) {
        entry(folder).ifPresent(entries::add);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A partial table is still of use: whoever kills by it comes back.
      return entries;
    }
    return entries;
  }

  @Override
  public Set<Long> marked(List<ProcessEntry> processes, String mark) {
    Set<Long> found = new HashSet<>();
    for (ProcessEntry process : processes) {
      try {
        byte[] environment = Files.readAllBytes(PROC.resolve(process.pid() + "/environ"));
        if (new String(environment, StandardCharsets.ISO_8859_1).contains(mark)) {
          found.add(process.pid());
        }
      } catch (IOException e) {
        // Ended meanwhile, or somebody else's: not ours in either case.
        found.remove(process.pid());
      }
    }
    return found;
  }

  @Override
  public boolean listens(Set<Long> processes, int port) {
    return processes.stream().anyMatch(process -> listens(process, port));
  }

  private static boolean listens(long process, int port) {
    Path folder = PROC.resolve(Long.toString(process));
    try {
      Set<String> sockets = listening(folder.resolve("net/tcp"), IPV4, port);
      // A socket that speaks both, as Java's do, has the address in IPv6's way.
      sockets.addAll(listening(folder.resolve("net/tcp6"), IPV6, port));
      return !sockets.isEmpty() && holds(folder.resolve("fd"), sockets);
    } catch (IOException | DirectoryIteratorException e) {
      return false; // ended meanwhile, or somebody else's
    }
  }

  /** The sockets that listen there, as {@code /proc/PID/fd} calls them. */
  private static Set<String> listening(Path table, String loopback, int port) throws IOException {
    Set<String> sockets = new HashSet<>();
    if (!Files.exists(table)) {
      return sockets;
    }
    String local = loopback + HexFormat.of().withUpperCase().toHexDigits((char) port);
    for (String line : Files.readAllLines(table, StandardCharsets.ISO_8859_1)) {
      String[] fields = line.strip().split(" +", -1);
      // 0A: it listens.
      if (fields.length > 9 && fields[1].replace(":", "").equals(local) && fields[3].equals("0A")) {
        sockets.add("socket:[" + fields[9] + "]");
      }
    }
    return sockets;
  }

  private static boolean holds(Path descriptors, Set<String> sockets) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
      for (Path one : all) {
        if (Files.isSymbolicLink(one) && sockets.contains(Files.readSymbolicLink(one).toString())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isPid(Path folder) {
    return Character.isDigit(folder.getFileName().toString().charAt(0));
  }

  private static Optional<ProcessEntry> entry(Path folder) {
    try {
      // The name in parentheses may hold anything; the fields behind it are plain.
      String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      if (fields[0].equals("Z") || fields[0].equals("X")) {
        return Optional.empty();
      }
      String[] pages = Files.readString(folder.resolve("statm")).split(" ", -1);
      long own = Long.parseLong(pages[1]) - Long.parseLong(pages[2]);
      long ticks = 0;
      // Its own time and that of the children it has waited for, in user and in kernel mode.
      for (int field = 11; field <= 14; field++) {
        ticks += Long.parseLong(fields[field]);
      }
      return Optional.of(
          new ProcessEntry(
              Long.parseLong(folder.getFileName().toString()),
              Long.parseLong(fields[1]),
              Long.parseLong(fields[3]),
              Math.max(0, own) * PAGE,
              ticks * NANOS_PER_TICK));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
