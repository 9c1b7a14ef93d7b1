package dev.mlk.images.mnist.data;

import java.util.Random;

/**
 * The order in which examples are learned: every example once an epoch, each epoch in an order of
 * its own. The batch of a step depends on the seed and the step alone, so that training that is
 * resumed sees the same batches as training that was never interrupted.
 */
public final class Shuffle {
  private final int size;
  private final long seed;
  private final int[] order;
  private long epoch = -1;

  /** The order of {@code size} examples that this seed stands for. */
  public Shuffle(int size, long seed) {
    this.size = size;
    this.seed = seed;
    this.order = new int[size];
  }

  /** The examples of a step, counted from 0. */
  public int[] batch(long step, int batchSize) {
    int[] indexes = new int[batchSize];
    long position = step * batchSize;
    for (int i = 0; i < batchSize; i++, position++) {
      arrange(position / size);
      indexes[i] = order[(int) (position % size)];
    }
    return indexes;
  }

  private void arrange(long wanted) {
    if (wanted == epoch) {
      return;
    }
    epoch = wanted;
    Random random = new Random(seed * 1_000_003 + wanted);
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }
}
