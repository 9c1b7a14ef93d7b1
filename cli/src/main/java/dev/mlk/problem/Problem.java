package dev.mlk.problem;

/**
 * Something that a user can understand and act on. The family is closed: one place, in {@code
 * dev.mlk.app}, turns each of them into words and an exit code. Whatever else is thrown is a defect
 * of mlk.
 */
public abstract sealed class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Explanation explanation;

  private Problem(Explanation explanation) {
    super(explanation.sentence());
    this.explanation = explanation;
  }

  /** Sentence, causes and next steps. */
  public final Explanation explanation() {
    return explanation == null ? Explanation.of(getMessage()) : explanation;
  }

  /** The thing asked about failed: a job, a check, a verification. */
  public static final class Failed extends Problem {
    private static final long serialVersionUID = 1;

    /** A failure, explained. */
    public Failed(Explanation explanation) {
      super(explanation);
    }
  }

  /** The command line makes no sense. */
  public static final class Usage extends Problem {
    private static final long serialVersionUID = 1;

    /** A wrong usage, explained. */
    public Usage(Explanation explanation) {
      super(explanation);
    }
  }

  /** A file or other input makes no sense; the causes name file, line and column. */
  public static final class BadInput extends Problem {
    private static final long serialVersionUID = 1;

    /** Bad input, explained. */
    public BadInput(Explanation explanation) {
      super(explanation);
    }
  }

  /** What was named is not there. */
  public static final class NotFound extends Problem {
    private static final long serialVersionUID = 1;

    /** What is missing, explained. */
    public NotFound(Explanation explanation) {
      super(explanation);
    }
  }

  /** There is no cluster, or it does not answer. */
  public static final class Unreachable extends Problem {
    private static final long serialVersionUID = 1;

    /** Why no cluster answers. */
    public Unreachable(Explanation explanation) {
      super(explanation);
    }
  }

  /** The cluster does not know the user, or does not let the user do it. */
  public static final class NotAllowed extends Problem {
    private static final long serialVersionUID = 1;

    /** What is not allowed, explained. */
    public NotAllowed(Explanation explanation) {
      super(explanation);
    }
  }

  /** It took longer than the user wanted to wait. */
  public static final class TimedOut extends Problem {
    private static final long serialVersionUID = 1;

    /** What was waited for, explained. */
    public TimedOut(Explanation explanation) {
      super(explanation);
    }
  }

  /** No node of this cluster, or no quota, can ever hold it. */
  public static final class Unschedulable extends Problem {
    private static final long serialVersionUID = 1;

    /** What does not fit, explained. */
    public Unschedulable(Explanation explanation) {
      super(explanation);
    }
  }

  /** An image cannot be pulled. */
  public static final class ImagePull extends Problem {
    private static final long serialVersionUID = 1;

    /** Which image and why, explained. */
    public ImagePull(Explanation explanation) {
      super(explanation);
    }
  }

  /** A container was killed for memory. */
  public static final class OutOfMemory extends Problem {
    private static final long serialVersionUID = 1;

    /** Which container and its limit, explained. */
    public OutOfMemory(Explanation explanation) {
      super(explanation);
    }
  }

  /** It exists already, or somebody else changed it first. */
  public static final class Conflict extends Problem {
    private static final long serialVersionUID = 1;

    /** What is in the way, explained. */
    public Conflict(Explanation explanation) {
      super(explanation);
    }
  }

  /** The user interrupted it. */
  public static final class Interrupted extends Problem {
    private static final long serialVersionUID = 1;

    /** What goes on or was given up, explained. */
    public Interrupted(Explanation explanation) {
      super(explanation);
    }
  }
}
