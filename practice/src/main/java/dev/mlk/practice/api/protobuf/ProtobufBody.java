package dev.mlk.practice.api.protobuf;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads an object in Kubernetes' protobuf form. */
public final class ProtobufBody {
  /** The media type. */
  public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

  private static final byte[] MAGIC = {'k', '8', 's', 0};
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private ProtobufBody() {}

  /**
   * The object.
   *
   * @throws IllegalArgumentException when the bytes are no such form, or of an unknown kind; the
   *     message says what is wrong
   */
  public static ObjectNode read(byte[] body) {
    for (int i = 0; i < MAGIC.length; i++) {
      if (body.length <= i || body[i] != MAGIC[i]) {
        throw new IllegalArgumentException(
            "provided data does not appear to be a protobuf message");
      }
    }
    String apiVersion = "";
    String kind = "";
    byte[] raw = {};
    Wire envelope = new Wire(body, MAGIC.length, body.length - MAGIC.length);
    while (envelope.next()) {
      switch (envelope.field()) {
        case 1 -> {
          Wire type = new Wire(envelope.content());
          while (type.next()) {
            String text = new String(type.content(), StandardCharsets.UTF_8);
            if (type.field() == 1) {
              apiVersion = text;
            } else {
              kind = text;
            }
          }
        }
        case 2 -> raw = envelope.content();
        default -> envelope.skip();
      }
    }
    ObjectNode object = NODES.objectNode().put("kind", kind).put("apiVersion", apiVersion);
    message(raw, fields(apiVersion, kind), object);
    return object;
  }

  private static Map<Integer, Field> fields(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "core" : apiVersion.substring(0, slash).split("\\.", 2)[0];
    String name = group + "." + apiVersion.substring(slash + 1) + "." + kind;
    return Messages.all()
        .find(name)
        .or(() -> Messages.all().find("meta.v1." + kind))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no kind \"" + kind + "\" is registered for version \"" + apiVersion + "\""));
  }

  private static void message(byte[] bytes, Map<Integer, Field> fields, ObjectNode into) {
    Wire wire = new Wire(bytes);
    while (wire.next()) {
      Field field = fields.get(wire.field());
      if (field == null) {
        wire.skip();
        continue;
      }
      switch (field.form()) {
        case ONE -> into.set(field.name(), value(wire, field.type()));
        case LIST -> list(into, field.name()).add(value(wire, field.type()));
        case INLINE ->
            message(wire.content(), Messages.all().find(field.type()).orElseThrow(), into);
        case MAP -> entry(wire.content(), field, into);
      }
    }
  }

  private static ArrayNode list(ObjectNode object, String name) {
    return object.get(name) instanceof ArrayNode array ? array : object.putArray(name);
  }

  private static void entry(byte[] bytes, Field field, ObjectNode into) {
    ObjectNode map =
        into.get(field.name()) instanceof ObjectNode known ? known : into.putObject(field.name());
    String key = "";
    JsonNode value = NODES.stringNode("");
    Wire wire = new Wire(bytes);
    while (wire.next()) {
      if (wire.field() == 1) {
        key = new String(wire.content(), StandardCharsets.UTF_8);
      } else {
        value = value(wire, field.type());
      }
    }
    map.set(key, value);
  }

  private static JsonNode value(Wire wire, String type) {
    return switch (type) {
      case "b" -> NODES.booleanNode(wire.varint() != 0);
      case "i" -> NODES.numberNode(wire.varint());
      case "d" -> NODES.numberNode(wire.fixed64());
      case "s" -> NODES.stringNode(new String(wire.content(), StandardCharsets.UTF_8));
      case "y" -> NODES.stringNode(Base64.getEncoder().encodeToString(wire.content()));
      default -> structured(wire.content(), type);
    };
  }

  private static JsonNode structured(byte[] bytes, String type) {
    return switch (type) {
      case "meta.v1.Time" -> time(bytes, false);
      case "meta.v1.MicroTime" -> time(bytes, true);
      case "resource.Quantity" -> NODES.stringNode(text(bytes));
      case "intstr.IntOrString" -> intOrString(bytes);
      case "meta.v1.FieldsV1", "runtime.RawExtension" -> raw(bytes);
      default -> {
        ObjectNode object = NODES.objectNode();
        message(bytes, Messages.all().find(type).orElse(Map.of()), object);
        // Lists that only exist so that a map can hold them are lists in JSON.
        boolean wrapper = type.endsWith(".ExtraValue") || type.endsWith(".Verbs");
        yield wrapper ? object.withArray("items") : object;
      }
    };
  }

  private static JsonNode time(byte[] bytes, boolean micros) {
    long seconds = 0;
    long nanos = 0;
    Wire wire = new Wire(bytes);
    while (wire.next()) {
      if (wire.field() == 1) {
        seconds = wire.varint();
      } else {
        nanos = wire.varint();
      }
    }
    if (bytes.length == 0) {
      return NODES.nullNode();
    }
    Instant moment = Instant.ofEpochSecond(seconds, micros ? nanos : 0);
    return NODES.stringNode(micros ? MICROS.format(moment) : moment.toString());
  }

  private static String text(byte[] bytes) {
    Wire wire = new Wire(bytes);
    return wire.next() ? new String(wire.content(), StandardCharsets.UTF_8) : "0";
  }

  private static JsonNode intOrString(byte[] bytes) {
    long type = 0;
    long number = 0;
    String text = "";
    Wire wire = new Wire(bytes);
    while (wire.next()) {
      if (wire.isBytes()) {
        text = new String(wire.content(), StandardCharsets.UTF_8);
      } else if (wire.field() == 1) {
        type = wire.varint();
      } else {
        number = wire.varint();
      }
    }
    return type == 0 ? NODES.numberNode(number) : NODES.stringNode(text);
  }

  /** JSON inside protobuf. */
  private static JsonNode raw(byte[] bytes) {
    Wire wire = new Wire(bytes);
    return wire.next() ? JsonMapper.shared().readTree(wire.content()) : NODES.nullNode();
  }
}
