package dev.mlk.practice.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A small file beside the store that says how far the store's own file must reach. MVStore opens a
 * file that was cut off at its last whole part without a word; this is how the loss is noticed.
 */
final class RevisionFile implements AutoCloseable {
  private static final int LENGTH = 2 * Long.BYTES + Integer.BYTES;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(LENGTH);

  /**
   * What the file says.
   *
   * @param acknowledged the revision of the latest write that somebody was told of
   * @param forced the revision up to which everything had reached the medium
   */
  record Reach(long acknowledged, long forced) {}

  private RevisionFile(FileChannel channel) {
    this.channel = channel;
  }

  static RevisionFile open(Path file) throws IOException {
    return new RevisionFile(
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /** Empty when nothing was written yet, or when the machine went down in the midst of it. */
  synchronized Optional<Reach> read() throws IOException {
    buffer.clear();
    int count = channel.read(buffer, 0);
    if (count < LENGTH) {
      return Optional.empty();
    }
    buffer.flip();
    Reach reach = new Reach(buffer.getLong(), buffer.getLong());
    return buffer.getInt() == checksum() ? Optional.of(reach) : Optional.empty();
  }

  synchronized void write(Reach reach) throws IOException {
    buffer.clear();
    buffer.putLong(reach.acknowledged()).putLong(reach.forced());
    buffer.putInt(checksum()).flip();
    channel.write(buffer, 0);
  }

  private int checksum() {
    CRC32C checksum = new CRC32C();
    checksum.update(buffer.duplicate().position(0).limit(2 * Long.BYTES));
    return (int) checksum.getValue();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
