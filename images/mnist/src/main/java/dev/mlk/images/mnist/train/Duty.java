package dev.mlk.images.mnist.train;

import java.util.Optional;
import org.tensorflow.Session;

/** What a process does besides training. */
sealed interface Duty permits ChiefDuty, WorkerDuty {
  /** Makes sure that the variables have values; the global step, or empty when told to end. */
  Optional<Long> ready(Session session);

  /** After each step of this process. */
  void afterStep(Session session, long globalStep);

  /** The process is to end before training is done. */
  void interrupted(Session session, long globalStep);

  /** Training is done. */
  void finished(Session session, long globalStep, long ownSteps);
}
