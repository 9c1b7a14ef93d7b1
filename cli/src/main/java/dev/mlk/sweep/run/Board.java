package dev.mlk.sweep.run;

import dev.mlk.sweep.store.Trial;

/** Where a run shows how it goes. */
public interface Board {
  /** The state of things; often. */
  void show(Snapshot snapshot);

  /** A trial has ended, or is tried again. */
  void news(Snapshot snapshot, Trial trial);

  /** Whether numbers of running trials are shown, so that their logs are worth following. */
  boolean live();

  /** Nothing more will come. */
  void close();
}
