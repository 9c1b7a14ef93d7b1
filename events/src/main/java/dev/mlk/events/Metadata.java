package dev.mlk.events;

/**
 * What a value's SummaryMetadata says (tensorflow/core/framework/summary.proto).
 *
 * @param plugin the plugin's name, may be empty
 * @param contentStart where the plugin's own data begins
 * @param contentEnd and ends
 * @param title the display name
 * @param description in Markdown
 * @param dataClass 1 for scalars, 2 for tensors, 3 for blobs, 0 when not told
 */
record Metadata(
    String plugin,
    int contentStart,
    int contentEnd,
    String title,
    String description,
    long dataClass) {
  private static final int SCALAR = 1;
  static final Metadata NONE = new Metadata("", 0, 0, "", "", 0);

  static Metadata read(byte[] bytes, int from, int to) throws BadRecordException {
    if (from == to) {
      return NONE;
    }
    String plugin = "";
    String title = "";
    String description = "";
    long dataClass = 0;
    int start = 0;
    int end = 0;
    Wire wire = new Wire().over(bytes, from, to);
    while (wire.next()) {
      if (wire.is(1, Wire.BYTES)) {
        int last = wire.length();
        Wire data = new Wire().over(bytes, wire.next, last);
        while (data.next()) {
          if (data.is(1, Wire.BYTES)) {
            plugin = data.text("a plugin's name");
          } else if (data.is(2, Wire.BYTES)) {
            end = data.length();
            start = data.next;
            data.next = end;
          } else {
            data.skip();
          }
        }
        wire.next = last;
      } else if (wire.is(2, Wire.BYTES)) {
        title = wire.text("a display name");
      } else if (wire.is(3, Wire.BYTES)) {
        description = wire.text("a description");
      } else if (wire.is(4, Wire.VARINT)) {
        dataClass = wire.varint();
      } else {
        wire.skip();
      }
    }
    return new Metadata(plugin, start, end, title, description, dataClass);
  }

  /** What values with this metadata are. */
  Kind kind() {
    Kind kind = Kind.ofPlugin(plugin);
    return kind == Kind.TENSOR && dataClass == SCALAR ? Kind.SCALAR : kind;
  }

  Series.Labels labels() {
    return new Series.Labels(plugin, title, description);
  }
}
