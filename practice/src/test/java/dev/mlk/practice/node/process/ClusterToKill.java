package dev.mlk.practice.node.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A JVM of its own with processes that try to get away; it waits to be killed. */
final class ClusterToKill {
  private ClusterToKill() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Processes processes = Processes.open(folder.resolve("cluster"));
    String script =
        "note() { echo $1 >> pids.new; }; note $$;"
            + " sleep 1000 & note $!;"
            + " setsid sleep 1000 & note $!;"
            + " env -i sleep 1000 & note $!;"
            + " (sleep 1000 & note $!);"
            + " trap '' TERM HUP; mv pids.new pids; wait";
    Program program =
        new Program(
            List.of("/bin/sh", "-c", script),
            Map.of("PATH", System.getenv("PATH")),
            folder,
            true,
            arguments.length > 1,
            true);
    processes.start(program, "pod/main/0/");
    Files.writeString(folder.resolve("guardian"), Long.toString(processes.guardianPid()));
    new CountDownLatch(1).await();
  }
}
