package dev.mlk.images.mnist.data;

import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Images of handwritten digits, 28 by 28 grey values, with what each of them shows. */
public final class Digits {
  /** Width and height of an image in pixels. */
  public static final int SIDE = 28;

  /** Pixels of an image. */
  public static final int PIXELS = SIDE * SIDE;

  private static final int IMAGES_MAGIC = 0x803;
  private static final int LABELS_MAGIC = 0x801;

  private final byte[] pixels;
  private final byte[] labels;

  private Digits(byte[] pixels, byte[] labels) {
    this.pixels = pixels;
    this.labels = labels;
  }

  /**
   * The examples to learn from, {@code train-*} in a folder.
   *
   * @throws Failure if the files are missing or broken
   */
  public static Digits training(Path folder) {
    return load(folder, "train");
  }

  /**
   * The examples that are held out to measure with, {@code t10k-*} in a folder.
   *
   * @throws Failure if the files are missing or broken
   */
  public static Digits heldOut(Path folder) {
    return load(folder, "t10k");
  }

  private static Digits load(Path folder, String prefix) {
    byte[] pixels = read(find(folder, prefix + "-images-idx3-ubyte"), IMAGES_MAGIC, SIDE, SIDE);
    byte[] labels = read(find(folder, prefix + "-labels-idx1-ubyte"), LABELS_MAGIC);
    if (pixels.length != labels.length * PIXELS || labels.length == 0) {
      throw new Failure(
          ExitCode.DATA,
          folder + ": " + labels.length + " labels for " + pixels.length / PIXELS + " images");
    }
    for (byte label : labels) {
      if (label < 0 || label > 9) {
        throw new Failure(ExitCode.DATA, folder + ": a label is " + label + ", not 0 to 9");
      }
    }
    return new Digits(pixels, labels);
  }

  private static Path find(Path folder, String name) {
    for (Path file : new Path[] {folder.resolve(name + ".gz"), folder.resolve(name)}) {
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw new Failure(
        ExitCode.DATA,
        "The training data is not there: "
            + folder.resolve(name + ".gz")
            + ". Leave --data-dir out to train on the digits that come with the image.");
  }

  private static byte[] read(Path file, int magic, int... dimensions) {
    try (DataInputStream in = new DataInputStream(open(file))) {
      if (in.readInt() != magic) {
        throw new Failure(ExitCode.DATA, file + " is not an IDX file of unsigned bytes");
      }
      int size = in.readInt();
      for (int dimension : dimensions) {
        if (in.readInt() != dimension) {
          throw new Failure(ExitCode.DATA, file + ": images are not 28 by 28 pixels");
        }
        size *= dimension;
      }
      byte[] bytes = in.readNBytes(size);
      if (bytes.length != size) {
        throw new Failure(ExitCode.DATA, file + " ends after " + bytes.length + " of " + size);
      }
      return bytes;
    } catch (IOException e) {
      throw new Failure(ExitCode.DATA, file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }

  /** Number of examples. */
  public int size() {
    return labels.length;
  }

  /** The digit that an image shows. */
  public int label(int index) {
    return labels[index];
  }

  /** The grey values of an image, row by row; 0 is background. */
  public byte[] image(int index) {
    byte[] image = new byte[PIXELS];
    System.arraycopy(pixels, index * PIXELS, image, 0, PIXELS);
    return image;
  }

  /** The images of a batch one after the other, each pixel from 0 to 1. */
  public float[] images(int[] indexes) {
    float[] values = new float[indexes.length * PIXELS];
    int at = 0;
    for (int index : indexes) {
      int from = index * PIXELS;
      for (int i = 0; i < PIXELS; i++) {
        values[at++] = (pixels[from + i] & 0xff) / 255f;
      }
    }
    return values;
  }

  /** What the images of a batch show. */
  public int[] labels(int[] indexes) {
    int[] values = new int[indexes.length];
    for (int i = 0; i < indexes.length; i++) {
      values[i] = labels[indexes[i]];
    }
    return values;
  }
}
