package dev.mlk.practice.api.wire;

import java.io.InputStream;
import java.util.List;

/** A large answer as the pieces that it is made of, so that it is never in memory as a whole. */
public final class Pieces extends InputStream {
  private final List<Piece> pieces;
  private final long length;
  private long left;
  private int piece;
  private int at;

  /**
   * A part of an array, from an offset to its end.
   *
   * @param bytes shared, not to be changed
   */
  public record Piece(byte[] bytes, int from) {
    int length() {
      return bytes.length - from;
    }
  }

  /** The pieces one after the other. */
  public Pieces(List<Piece> pieces) {
    this.pieces = List.copyOf(pieces);
    this.length = pieces.stream().mapToLong(Piece::length).sum();
    this.left = length;
  }

  /** How many bytes there are in all. */
  public long length() {
    return length;
  }

  @Override
  public int available() {
    return (int) Math.min(left, Integer.MAX_VALUE);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int wanted) {
    if (left == 0) {
      return -1;
    }
    int copied = 0;
    while (copied < wanted && left > 0) {
      Piece now = pieces.get(piece);
      int count = Math.min(now.length() - at, wanted - copied);
      System.arraycopy(now.bytes(), now.from() + at, target, offset + copied, count);
      copied += count;
      at += count;
      left -= count;
      if (at == now.length()) {
        piece++;
        at = 0;
      }
    }
    return copied;
  }
}
