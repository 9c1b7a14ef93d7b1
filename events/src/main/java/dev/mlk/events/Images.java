package dev.mlk.events;

import java.util.List;

/**
 * The images of one step.
 *
 * @param width columns of each
 * @param height rows of each
 * @param encoded the images as the writer encoded them: PNG, GIF
 */
public record Images(int width, int height, List<byte[]> encoded) {
  public Images {
    encoded = List.copyOf(encoded);
  }
}
