package dev.mlk.sweep.trial;

import java.util.List;

/**
 * What a trial's event files say.
 *
 * @param place where was looked, in words, such as {@code the event files in /train/logs}; empty
 *     when nobody looked
 * @param absent why nothing could be read; empty when it could
 * @param scalars all scalars
 */
public record Events(String place, String absent, List<Scalar> scalars) {
  /** Nobody looked. */
  public static final Events NONE = new Events("", "", List.of());

  public Events {
    scalars = List.copyOf(scalars);
  }
}
