package dev.mlk.course.command;

import dev.mlk.connect.KubeconfigCopy;
import dev.mlk.console.GlobalOptions;
import dev.mlk.console.Invocation;
import dev.mlk.console.Output;
import dev.mlk.course.Kubeconfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A command as somebody gives it whose kubeconfig is wrong. */
final class WrongKubeconfig {
  private WrongKubeconfig() {}

  /**
   * The command, with a kubeconfig for the same cluster.
   *
   * @param folder where the kubeconfig is written
   */
  static Invocation of(Invocation invocation, Path folder, Kubeconfig wrong) {
    Path file = folder.resolve("kubeconfig");
    String text = KubeconfigCopy.text(invocation, wrong.context(), wrong.current(), wrong.token());
    try {
      Files.createDirectories(folder);
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    GlobalOptions options =
        new GlobalOptions(
            file.toString(),
            wrong.context(),
            "",
            wrong.as(),
            Output.TEXT,
            Optional.empty(),
            invocation.options().switches());
    return new Invocation(
        invocation.console(),
        options,
        invocation.environment(),
        invocation.directory(),
        invocation.clock());
  }
}
