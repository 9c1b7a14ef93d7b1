package dev.mlk.events;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads HParamsPluginData (tensorboard/plugins/hparams/plugin_data.proto). */
final class HyperParametersReader {
  private HyperParametersReader() {}

  /** A message inside the one at hand. */
  private static Wire message(Wire wire) throws BadRecordException {
    int end = wire.length();
    Wire inner = new Wire().over(wire.bytes, wire.next, end);
    wire.next = end;
    return inner;
  }

  static Optional<HyperParameters> read(byte[] bytes, int from, int to) throws BadRecordException {
    HyperParameters found = null;
    Wire wire = new Wire().over(bytes, from, to);
    while (wire.next()) {
      if (wire.is(2, Wire.BYTES)) {
        found = experiment(message(wire));
      } else if (wire.is(3, Wire.BYTES)) {
        found = start(message(wire));
      } else if (wire.is(4, Wire.BYTES)) {
        found = end(message(wire));
      } else {
        wire.skip();
      }
    }
    return Optional.ofNullable(found);
  }

  private static HyperParameters start(Wire wire) throws BadRecordException {
    Map<String, Object> values = new LinkedHashMap<>();
    String group = "";
    double time = 0;
    while (wire.next()) {
      if (wire.is(1, Wire.BYTES)) {
        entry(message(wire), values);
      } else if (wire.is(4, Wire.BYTES)) {
        group = wire.text("a group's name");
      } else if (wire.is(5, Wire.FIXED64)) {
        time = Double.longBitsToDouble(wire.fixed64());
      } else {
        wire.skip();
      }
    }
    return new HyperParameters.Start(values, group, time);
  }

  private static void entry(Wire wire, Map<String, Object> values) throws BadRecordException {
    String name = "";
    Object value = "";
    while (wire.next()) {
      if (wire.is(1, Wire.BYTES)) {
        name = wire.text("a hyper-parameter's name");
      } else if (wire.is(2, Wire.BYTES)) {
        value = value(message(wire));
      } else {
        wire.skip();
      }
    }
    values.put(name, value);
  }

  /** A google.protobuf.Value; lists and objects, which TensorBoard does not show, are empty. */
  private static Object value(Wire wire) throws BadRecordException {
    Object value = "";
    while (wire.next()) {
      if (wire.is(2, Wire.FIXED64)) {
        value = Double.longBitsToDouble(wire.fixed64());
      } else if (wire.is(3, Wire.BYTES)) {
        value = wire.text("a hyper-parameter");
      } else if (wire.is(4, Wire.VARINT)) {
        value = wire.varint() != 0;
      } else {
        wire.skip();
      }
    }
    return value;
  }

  private static HyperParameters end(Wire wire) throws BadRecordException {
    HyperParameters.Status[] known = HyperParameters.Status.values();
    HyperParameters.Status status = HyperParameters.Status.UNKNOWN;
    double time = 0;
    while (wire.next()) {
      if (wire.is(1, Wire.VARINT)) {
        long number = wire.varint();
        status =
            number >= 0 && number < known.length
                ? known[(int) number]
                : HyperParameters.Status.UNKNOWN;
      } else if (wire.is(2, Wire.FIXED64)) {
        time = Double.longBitsToDouble(wire.fixed64());
      } else {
        wire.skip();
      }
    }
    return new HyperParameters.End(status, time);
  }

  private static HyperParameters experiment(Wire wire) throws BadRecordException {
    String name = "";
    List<String> parameters = new ArrayList<>();
    List<String> metrics = new ArrayList<>();
    while (wire.next()) {
      if (wire.is(6, Wire.BYTES)) {
        name = wire.text("an experiment's name");
      } else if (wire.is(4, Wire.BYTES)) {
        parameters.add(firstText(message(wire)));
      } else if (wire.is(5, Wire.BYTES)) {
        metrics.add(metric(message(wire)));
      } else {
        wire.skip();
      }
    }
    return new HyperParameters.Experiment(name, parameters, metrics);
  }

  private static String firstText(Wire wire) throws BadRecordException {
    String text = "";
    while (wire.next()) {
      if (wire.is(1, Wire.BYTES)) {
        text = wire.text("a hyper-parameter's name");
      } else {
        wire.skip();
      }
    }
    return text;
  }

  private static String metric(Wire wire) throws BadRecordException {
    String group = "";
    String tag = "";
    while (wire.next()) {
      if (wire.is(1, Wire.BYTES)) {
        Wire name = message(wire);
        while (name.next()) {
          if (name.is(1, Wire.BYTES)) {
            group = name.text("a metric's group");
          } else if (name.is(2, Wire.BYTES)) {
            tag = name.text("a metric's tag");
          } else {
            name.skip();
          }
        }
      } else {
        wire.skip();
      }
    }
    return group.isEmpty() ? tag : group + "/" + tag;
  }
}
