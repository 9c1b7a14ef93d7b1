package dev.mlk.images.mnist.summary;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The messages of TensorBoard's HParams plugin, tensorboard/plugins/hparams/plugin_data.proto. They
 * are not in TensorFlow's jars, so the few fields used are written by number.
 */
final class HyperParameters {
  private static final int SESSION_START_INFO = 3;
  private static final int SESSION_END_INFO = 4;
  private static final int STATUS_SUCCESS = 1;

  private HyperParameters() {}

  /** {@code HParamsPluginData.session_start_info}: the values of a run and when it began. */
  static ByteString start(Map<String, Value> values, String group, double seconds) {
    return message(
        plugin ->
            plugin.writeBytes(
                SESSION_START_INFO,
                message(
                    info -> {
                      for (Map.Entry<String, Value> entry : values.entrySet()) {
                        info.writeBytes(1, pair(entry));
                      }
                      info.writeString(4, group);
                      info.writeDouble(5, seconds);
                    })));
  }

  /** {@code HParamsPluginData.session_end_info}: that a run succeeded and when. */
  static ByteString success(double seconds) {
    return message(
        plugin ->
            plugin.writeBytes(
                SESSION_END_INFO,
                message(
                    info -> {
                      info.writeEnum(1, STATUS_SUCCESS);
                      info.writeDouble(2, seconds);
                    })));
  }

  private static ByteString pair(Map.Entry<String, Value> entry) {
    return message(
        pair -> {
          pair.writeString(1, entry.getKey());
          pair.writeMessage(2, entry.getValue());
        });
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static ByteString message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }
}
