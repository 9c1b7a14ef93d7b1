package dev.mlk.images.mnist;

import dev.mlk.images.mnist.arguments.Arguments;
import dev.mlk.images.mnist.arguments.CommandLine;
import dev.mlk.images.mnist.cluster.Membership;
import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import dev.mlk.images.mnist.exit.Stop;
import dev.mlk.images.mnist.report.Journal;
import dev.mlk.images.mnist.train.Roles;
import dev.mlk.images.mnist.train.Setting;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From words and environment to an exit code; the one place that turns exceptions into words. */
final class Program {
  /** Less than the 30 seconds that Kubernetes grants between SIGTERM and SIGKILL. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final Map<String, String> environment;
  private final Path home;
  private final PrintStream out;
  private final PrintStream err;
  private final InstantSource clock;

  private Program(
      Map<String, String> environment,
      Path home,
      PrintStream out,
      PrintStream err,
      InstantSource clock) {
    this.environment = environment;
    this.home = home;
    this.out = out;
    this.err = err;
    this.clock = clock;
  }

  /** The program in its real surroundings; the image's folder is the system property mnist.home. */
  static Program system() {
    return new Program(
        System.getenv(),
        Path.of(System.getProperty("mnist.home", ".")),
        System.out,
        System.err,
        InstantSource.system());
  }

  int run(List<String> words) {
    Stop stop = Stop.onTermination(GRACE);
    try {
      Path data = home.resolve("data").toAbsolutePath().normalize();
      Optional<Arguments> arguments = CommandLine.read(words, environment, data);
      if (arguments.isEmpty()) {
        out.print(CommandLine.help());
        return ExitCode.DONE.number();
      }
      return train(arguments.get(), stop).number();
    } catch (Failure e) {
      err.println("error: " + e.getMessage());
      return e.code().number();
    } catch (OutOfMemoryError e) {
      err.println("error: out of memory: " + e.getMessage() + ". Try a smaller --batch-size.");
      return ExitCode.MEMORY.number();
    } catch (RuntimeException | LinkageError e) {
      err.println("error: unexpected " + e);
      e.printStackTrace(err);
      return ExitCode.DEFECT.number();
    } finally {
      out.flush();
      err.flush();
      stop.done();
    }
  }

  private ExitCode train(Arguments arguments, Stop stop) {
    // JavaCPP would refuse memory beyond four times the Java heap; what TensorFlow needs does not
    // depend on the heap, and limits are the container's business.
    System.setProperty("org.bytedeco.javacpp.maxBytes", "0");
    System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    Setting setting =
        new Setting(
            arguments,
            Membership.from(environment),
            new Journal(out, clock, ProcessStart.instant(clock)),
            stop,
            clock,
            environment.getOrDefault("HOSTNAME", "localhost"));
    return Roles.run(setting);
  }
}
