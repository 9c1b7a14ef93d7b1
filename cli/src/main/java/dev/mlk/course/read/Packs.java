package dev.mlk.course.read;

import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds packs of modules. */
public final class Packs {
  private Packs() {}

  /** The pack that came with mlk. */
  public static Pack shipped() {
    String given = System.getProperty("mlk.modules", "");
    return new Pack(
        given.isEmpty() ? Path.of(System.getProperty("mlk.dist", "."), "modules") : Path.of(given));
  }

  /**
   * The pack of a folder or an archive.
   *
   * @param path the folder, or a {@code .zip}, {@code .tgz} or {@code .tar.gz}
   * @param unpacked the folder that archives are unpacked below
   */
  public static Pack of(Path path, Path unpacked) {
    if (Files.isDirectory(path)) {
      return new Pack(path);
    }
    if (!Files.isRegularFile(path)) {
      throw new Problem.NotFound(
          Explanation.of("there is no pack " + path)
              .because("a pack is a folder with one folder for each module, or a .zip or .tgz"));
    }
    return new Pack(new Archive(path).unpack(unpacked));
  }
}
