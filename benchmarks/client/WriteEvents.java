import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * Writes event files for benchmarks/events: {@code java WriteEvents.java FOLDER RUNS STEPS TAGS IMAGE_BYTES}. Scalars as TensorFlow 2 writes
 * them, and one image each ten steps where IMAGE_BYTES is not 0.
 */
final class WriteEvents {
  private static final int MASK = 0xa282ead8;

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer head = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
  private final OutputStream out;

  private WriteEvents(OutputStream out) {
    this.out = out;
  }

  public static void main(String[] args) throws IOException {
    int steps = Integer.parseInt(args[2]);
    int tags = Integer.parseInt(args[3]);
    byte[] image = new byte[Integer.parseInt(args[4])];
    new Random(1).nextBytes(image);
    for (int run = 0; run < Integer.parseInt(args[1]); run++) {
      Path folder = Files.createDirectories(Path.of(args[0]).resolve("run-" + run));
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(folder.resolve("events.out.tfevents.1700000000.bench." + run)), 1 << 20)) {
        new WriteEvents(out).run(steps, tags, image);
      }
    }
  }

  private void run(int steps, int tags, byte[] image) throws IOException {
    Random random = new Random(7);
    record(message(event(0), 3, "brain.Event:2".getBytes(StandardCharsets.UTF_8)));
    for (int step = 1; step <= steps; step++) {
      for (int tag = 0; tag < tags; tag++) {
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        tensor.writeBytes(new byte[] {8, 1, 18, 0, 45});
        tensor.writeBytes(little(4).putInt(Float.floatToRawIntBits(random.nextFloat())).array());
        record(message(event(step), 5, value("metrics/tag-" + tag, tensor, "scalars")));
      }
      if (image.length > 0 && step % 10 == 0) {
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        tensor.writeBytes(new byte[] {8, 7, 18, 4, 18, 2, 8, 3});
        message(tensor, 8, "64".getBytes(StandardCharsets.UTF_8));
        message(tensor, 8, "64".getBytes(StandardCharsets.UTF_8));
        message(tensor, 8, image);
        record(message(event(step), 5, value("samples", tensor, "images")));
      }
    }
  }

  private static byte[] value(String tag, ByteArrayOutputStream tensor, String plugin) {
    ByteArrayOutputStream data = message(new ByteArrayOutputStream(), 1, plugin.getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream metadata = message(new ByteArrayOutputStream(), 1, data.toByteArray());
    ByteArrayOutputStream value = message(new ByteArrayOutputStream(), 1, tag.getBytes(StandardCharsets.UTF_8));
    message(value, 8, tensor.toByteArray());
    message(value, 9, metadata.toByteArray());
    return message(new ByteArrayOutputStream(), 1, value.toByteArray()).toByteArray();
  }

  private static ByteArrayOutputStream event(long step) {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    event.write(9);
    event.writeBytes(little(8).putDouble(1_700_000_000 + step * 0.1).array());
    event.write(16);
    varint(event, step);
    return event;
  }

  private static ByteArrayOutputStream message(ByteArrayOutputStream out, int field, byte[] content) {
    out.write(field << 3 | 2);
    varint(out, content.length);
    out.writeBytes(content);
    return out;
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long left = value;
    while (left > 127) {
      out.write((int) (left & 127 | 128));
      left >>>= 7;
    }
    out.write((int) left);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void record(ByteArrayOutputStream event) throws IOException {
    byte[] bytes = event.toByteArray();
    head.clear().putLong(bytes.length);
    head.putInt(checksum(head.array(), 8));
    out.write(head.array());
    out.write(bytes);
    out.write(little(4).putInt(checksum(bytes, bytes.length)).array());
  }

  private int checksum(byte[] bytes, int length) {
    crc.reset();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
  }
}
