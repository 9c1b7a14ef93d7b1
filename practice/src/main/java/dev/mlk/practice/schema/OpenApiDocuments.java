package dev.mlk.practice.schema;

import dev.mlk.kube.Resource;
import dev.mlk.practice.kind.Kind;
import java.io.ByteArrayOutputStream;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI documents of one set of kinds. Nothing is made before it is asked for, and what was
 * made goes when memory is short. When a definition of custom resources comes or goes, make a new
 * one.
 */
public final class OpenApiDocuments {
  /**
   * A kind to describe.
   *
   * @param kind its names, verbs and subresources
   * @param customSchema a custom kind's openAPIV3Schema; empty for a built-in kind
   */
  public record Described(Kind kind, Optional<ObjectNode> customSchema) {
    String groupVersionPath() {
      Resource resource = kind.resource();
      return (resource.group().isEmpty() ? "api/" : "apis/" + resource.group() + "/")
          + resource.version();
    }
  }

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

  private final List<Described> kinds;
  private final Map<String, SoftReference<byte[]>> made = new ConcurrentHashMap<>();

  /** Documents of these kinds, in any order. */
  public OpenApiDocuments(List<Described> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  /** {@code /openapi/v2} as JSON. */
  public byte[] v2Json() {
    return once("2", () -> json(this::writeTwo));
  }

  /** {@code /openapi/v2} as {@code application/com.github.proto-openapi.spec.v2@v1.0+protobuf}. */
  public byte[] v2Protobuf() {
    return once("2.pb", this::protobuf);
  }

  /** {@code /openapi/v3}: the documents that there are. */
  public byte[] v3Index() {
    return once("3", () -> json(this::writeIndex));
  }

  /**
   * {@code /openapi/v3/PATH}.
   *
   * @param groupVersionPath such as {@code api/v1} or {@code apis/apps/v1}
   */
  public Optional<byte[]> v3(String groupVersionPath) {
    List<Described> part = part(groupVersionPath);
    return part.isEmpty()
        ? Optional.empty()
        : Optional.of(once(groupVersionPath, () -> json(out -> writeThree(out, part))));
  }

  private List<Described> part(String groupVersionPath) {
    return kinds.stream().filter(each -> each.groupVersionPath().equals(groupVersionPath)).toList();
  }

  private byte[] once(String name, Supplier<byte[]> maker) {
    SoftReference<byte[]> known = made.get(name);
    byte[] bytes = known == null ? null : known.get();
    if (bytes == null) {
      bytes = maker.get();
      made.put(name, new SoftReference<>(bytes));
    }
    return bytes;
  }

  private static byte[] json(java.util.function.Consumer<JsonGenerator> content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
    try (JsonGenerator out = JsonMapper.shared().createGenerator(bytes)) {
      content.accept(out);
    }
    return bytes.toByteArray();
  }

  private void writeIndex(JsonGenerator out) {
    out.writeStartObject();
    out.writeObjectPropertyStart("paths");
    for (String path : new TreeMap<>(byPath()).keySet()) {
      out.writeObjectPropertyStart(path);
      out.writeStringProperty(
          "serverRelativeURL", "/openapi/v3/" + path + "?hash=" + hash(part(path)));
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private Map<String, Described> byPath() {
    Map<String, Described> paths = new TreeMap<>();
    kinds.forEach(each -> paths.putIfAbsent(each.groupVersionPath(), each));
    return paths;
  }

  /** Clients keep a document as long as this does not change. */
  private static String hash(List<Described> part) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Described each : part) {
        Kind kind = each.kind();
        String text =
            kind.resource()
                + " "
                + kind.verbs()
                + " "
                + kind.subresources()
                + " "
                + each.customSchema();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().withUpperCase().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void writeThree(JsonGenerator out, List<Described> part) {
    out.writeStartObject();
    out.writeStringProperty("openapi", "3.0.0");
    out.writeName("info");
    out.writeTree(info());
    out.writeName("paths");
    out.writeTree(paths(part, true));
    out.writeObjectPropertyStart("components");
    out.writeObjectPropertyStart("schemas");
    definitions(part, true).forEach((name, schema) -> write(out, name, schema.get()));
    out.writeEndObject();
    out.writeEndObject();
    out.writeEndObject();
  }

  private void writeTwo(JsonGenerator out) {
    out.writeStartObject();
    out.writeStringProperty("swagger", "2.0");
    out.writeName("info");
    out.writeTree(info());
    out.writeName("paths");
    out.writeTree(paths(kinds, false));
    out.writeObjectPropertyStart("definitions");
    definitions(kinds, false).forEach((name, schema) -> write(out, name, schema.get()));
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, String name, ObjectNode schema) {
    out.writeName(name);
    out.writeTree(schema);
  }

  private byte[] protobuf() {
    ObjectNode head = NODES.objectNode().put("swagger", "2.0");
    head.set("info", info());
    OpenApiProtobuf document = new OpenApiProtobuf(head);
    document.paths(paths(kinds, false));
    definitions(kinds, false).forEach((name, schema) -> document.definition(name, schema.get()));
    return document.toBytes();
  }

  private static ObjectNode info() {
    return NODES.objectNode().put("title", "Kubernetes").put("version", "1.35");
  }

  private static ObjectNode paths(List<Described> part, boolean three) {
    ApiPaths paths = new ApiPaths(three);
    for (Described each : part) {
      Resource resource = each.kind().resource();
      String definition =
          each.customSchema().isPresent()
              ? CustomDefinition.name(resource)
              : builtIn(resource.group(), resource.version(), resource.kind())
                  .map(TypeSchema::name)
                  .orElse("");
      paths.add(each.kind(), definition, each.customSchema().isPresent());
    }
    return paths.paths();
  }

  private static Optional<TypeSchema> builtIn(String group, String version, String kind) {
    return Schemas.builtIn().find(group, version, kind);
  }

  /** All definitions by name; each is made only when it is written. */
  private static Map<String, Supplier<ObjectNode>> definitions(
      List<Described> part, boolean three) {
    Definitions maker = new Definitions(three);
    Map<String, TypeSchema> types = new TreeMap<>();
    for (String always : List.of("DeleteOptions", "Status", "ObjectMeta", "ListMeta")) {
      maker.closure(Schemas.builtIn().definition(META + always), types);
    }
    Map<String, Supplier<ObjectNode>> all = new TreeMap<>();
    for (Described each : part) {
      Resource resource = each.kind().resource();
      String references = three ? "#/components/schemas/" : "#/definitions/";
      each.customSchema()
          .ifPresent(
              schema -> {
                String name = CustomDefinition.name(resource);
                all.put(name, () -> CustomDefinition.definition(resource, schema, maker, three));
                all.put(name + "List", () -> CustomDefinition.list(resource, references));
              });
      for (String suffix : List.of("", "List")) {
        builtIn(resource.group(), resource.version(), resource.kind() + suffix)
            .ifPresent(type -> maker.closure(type, types));
      }
      for (Kind.Subresource sub : each.kind().subresources()) {
        builtIn(sub.group(), sub.version(), sub.kind())
            .ifPresent(type -> maker.closure(type, types));
      }
    }
    types.forEach((name, type) -> all.put(name, () -> maker.definition(type)));
    return all;
  }
}
