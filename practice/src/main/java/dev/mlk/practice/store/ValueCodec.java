package dev.mlk.practice.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A value as it is on disk: checksum, revision, bytes. MVStore itself does not check contents. */
final class ValueCodec {
  private static final int HEAD = Integer.BYTES + Long.BYTES;

  private ValueCodec() {}

  static byte[] encode(Stored stored) {
    ByteBuffer buffer = ByteBuffer.allocate(HEAD + stored.value().length);
    buffer.putInt(checksum(stored)).putLong(stored.revision()).put(stored.value());
    return buffer.array();
  }

  /** Reads a value back; empty when it is not what was written. */
  static Optional<Stored> decode(String key, byte[] bytes) {
    if (bytes.length >= HEAD) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      int expected = buffer.getInt();
      long revision = buffer.getLong();
      Stored stored = new Stored(key, revision, Arrays.copyOfRange(bytes, HEAD, bytes.length));
      if (checksum(stored) == expected) {
        return Optional.of(stored);
      }
    }
    return Optional.empty();
  }

  private static int checksum(Stored stored) {
    CRC32C checksum = new CRC32C();
    checksum.update(stored.key().getBytes(StandardCharsets.UTF_8));
    checksum.update(ByteBuffer.allocate(Long.BYTES).putLong(stored.revision()).flip());
    checksum.update(stored.value());
    return (int) checksum.getValue();
  }
}
