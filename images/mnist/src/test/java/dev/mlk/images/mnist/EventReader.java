package dev.mlk.images.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.tensorflow.proto.Event;

/** Reads the event files of a run and checks their framing, as TensorBoard does. */
final class EventReader {
  private EventReader() {}

  static List<Event> read(Path run) throws IOException {
    List<Event> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : files.sorted().toList()) {
        assertThat(file.getFileName().toString()).startsWith("events.out.tfevents.");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
          byte[] length = next(bytes, 8);
          byte[] event =
              next(bytes, (int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong());
          events.add(Event.parseFrom(event));
        }
      }
    }
    return events;
  }

  private static byte[] next(ByteBuffer bytes, int size) {
    byte[] read = new byte[size];
    bytes.get(read);
    CRC32C crc = new CRC32C();
    crc.update(read);
    int value = (int) crc.getValue();
    assertThat(bytes.getInt()).isEqualTo(((value >>> 15) | (value << 17)) + 0xa282ead8);
    return read;
  }
}
