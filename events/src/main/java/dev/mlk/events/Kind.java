package dev.mlk.events;

/** What the values of a series are, as TensorBoard's plugins divide them. */
public enum Kind {
  SCALAR("scalars"),
  HISTOGRAM("histograms"),
  IMAGE("images"),
  AUDIO("audio"),
  TEXT("text"),
  HYPER_PARAMETERS("hparams"),
  /** A tensor of any other plugin, or of none. */
  TENSOR("");

  private final String plugin;

  Kind(String plugin) {
    this.plugin = plugin;
  }

  /** The plugin's name in TensorBoard; empty for {@link #TENSOR}. */
  public String plugin() {
    return plugin;
  }

  static Kind ofPlugin(String name) {
    for (Kind kind : values()) {
      if (kind != TENSOR && kind.plugin.equals(name)) {
        return kind;
      }
    }
    return TENSOR;
  }
}
