package dev.mlk.images.mnist.checkpoint;

import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Session;

/** A folder of checkpoints, of which the latest few are kept. */
public final class Checkpoints {
  private final Path folder;
  private final int kept;
  private final String description;
  private final StateFile state;

  private Checkpoints(Path folder, int kept, String description) {
    this.folder = folder;
    this.kept = kept;
    this.description = description;
    this.state = new StateFile(folder);
  }

  /**
   * The folder, made if it is not there.
   *
   * @param description what the checkpoints belong to, such as {@code mlp adam}
   * @throws Failure if nothing can be written to it
   */
  public static Checkpoints in(Path folder, int kept, String description) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new Failure(ExitCode.FILES, "The folder " + folder + " cannot be made: " + e, e);
    }
    if (!Files.isWritable(folder)) {
      throw new Failure(ExitCode.FILES, "Nothing can be written to the folder " + folder);
    }
    return new Checkpoints(folder, kept, description);
  }

  /** The latest checkpoint whose files are there: what its files' names begin with. */
  public Optional<Path> latest() {
    try {
      for (String name : state.names().reversed()) {
        Path prefix = folder.resolve(name);
        if (Files.exists(prefix.resolveSibling(prefix.getFileName() + ".index"))) {
          return Optional.of(prefix);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new Failure(ExitCode.FILES, folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The step at which a checkpoint was taken. */
  public static long step(Path prefix) {
    String name = prefix.getFileName().toString();
    return Long.parseLong(name.substring(name.lastIndexOf('-') + 1));
  }

  /** Saves the variables and forgets the oldest checkpoints. */
  public void save(Session session, Saver saver, long step) {
    String name = "model.ckpt-" + step;
    saver.save(session, folder.resolve(name));
    try {
      List<String> names = new ArrayList<>(state.names());
      names.remove(name);
      names.add(name);
      List<String> stay = names.subList(Math.max(0, names.size() - kept), names.size());
      state.write(stay);
      for (String old : names.subList(0, names.size() - stay.size())) {
        delete(old);
      }
    } catch (IOException e) {
      throw new Failure(
          ExitCode.FILES, folder + ": the checkpoint cannot be written: " + e.getMessage(), e);
    }
  }

  private void delete(String name) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, name + ".*")) {
      found.forEach(files::add);
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  /**
   * Gives the variables the values they had.
   *
   * @throws Failure if the checkpoint belongs to something else
   */
  public void restore(Session session, Saver saver, Path prefix) {
    String found = saver.description(session, prefix);
    if (!found.equals(description)) {
      throw new Failure(
          ExitCode.FILES,
          prefix
              + " was saved while training \""
              + found
              + "\", and this is \""
              + description
              + "\". Give another --model-dir, or the --model and --optimizer of before.");
    }
    saver.restore(session, prefix);
  }
}
