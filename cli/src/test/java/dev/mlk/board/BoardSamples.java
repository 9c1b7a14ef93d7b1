package dev.mlk.board;

import static dev.mlk.events.EventFileWriter.message;
import static dev.mlk.events.EventFileWriter.plugin;
import static dev.mlk.events.EventFileWriter.value;

import dev.mlk.events.EventFileWriter;
import dev.mlk.events.EventFileWriter.Message;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Log folders for boards: curves, and one of everything else. */
public final class BoardSamples {
  private static final int BUCKETS = 24;

  private BoardSamples() {}

  /** Two runs with a loss that falls and an accuracy that rises. */
  public static Path curves(Path folder) throws IOException {
    for (String run : new String[] {"test", "train"}) {
      EventFileWriter writer = new EventFileWriter().version();
      for (int step = 0; step <= 100; step += 5) {
        double noise = Math.sin(step * 1.7) * (run.equals("train") ? 0.08 : 0);
        writer.scalar(step, "loss", (float) (2 * Math.exp(-step / 25.0) + 0.2 + noise));
        writer.scalar2(step, "accuracy", (float) (0.95 - 0.8 * Math.exp(-step / 20.0)));
      }
      writer.to(folder.resolve(run + "/events.out.tfevents.1.host"));
    }
    return folder;
  }

  /** The same, with hyper-parameters, histograms, images and text. */
  public static Path everything(Path folder) throws IOException {
    curves(folder);
    for (int trial = 1; trial <= 3; trial++) {
      EventFileWriter writer = new EventFileWriter().version();
      double rate = Math.pow(10, -trial);
      writer.summary(
          0, value("_hparams_/session_start_info").message(8, zero()).message(9, chosen(rate)));
      for (int step = 0; step <= 100; step += 10) {
        writer.scalar(step, "loss", (float) (Math.exp(-step * rate) + 0.1 * trial));
        writer.summary(step, histogram(step));
        writer.summary(step, image(step));
      }
      Message words = message().varint(1, 7).text(8, "Trial " + trial + " <b>began</b>");
      writer.summary(0, value("note").message(8, words).message(9, plugin("text")));
      writer.to(folder.resolve("trial-" + trial + "/events.out.tfevents.1.host"));
    }
    return folder;
  }

  /** A number that nobody reads, as writers have it beside what they tell. */
  private static Message zero() {
    return message().varint(1, 1).message(2, message()).fixed32(5, 0);
  }

  private static Message chosen(double rate) {
    Message lr = message().text(1, "lr").message(2, message().real(2, rate));
    Message optimizer = message().text(1, "optimizer").message(2, message().text(3, "adam"));
    Message start = message().message(3, message().message(1, lr).message(1, optimizer));
    return message().message(1, message().text(1, "hparams").message(2, start));
  }

  private static Message histogram(int step) {
    ByteBuffer rows = ByteBuffer.allocate(BUCKETS * 24).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < BUCKETS; i++) {
      double left = -3 + i * 0.25;
      double centre = (left + 0.125 - step / 100.0) / (0.4 + step / 200.0);
      rows.putDouble(left).putDouble(left + 0.25).putDouble(100 * Math.exp(-centre * centre));
    }
    Message shape =
        message().message(2, message().varint(1, BUCKETS)).message(2, message().varint(1, 3));
    Message tensor = message().varint(1, 2).message(2, shape).bytes(4, rows.array());
    return value("weights").message(8, tensor).message(9, plugin("histograms"));
  }

  private static Message image(int step) {
    Message tensor = message().varint(1, 7).text(8, "16").text(8, "16").bytes(8, png(step));
    return value("digit").message(8, tensor).message(9, plugin("images"));
  }

  private static byte[] png(int step) {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 16; x++) {
      for (int y = 0; y < 16; y++) {
        image.setRGB(x, y, ((x * 16) << 16) | ((y * 16) << 8) | (step * 2));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
