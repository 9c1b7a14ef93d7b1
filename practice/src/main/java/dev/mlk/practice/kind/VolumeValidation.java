package dev.mlk.practice.kind;

import dev.mlk.practice.name.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Volumes of pods and pod templates. */
final class VolumeValidation {
  private static final int MODE_MAX = 0777;

  /** The order in which Kubernetes looks for the sources that the practice cluster knows. */
  private static final List<String> SOURCES =
      List.of(
          "emptyDir",
          "hostPath",
          "gitRepo",
          "gcePersistentDisk",
          "awsElasticBlockStore",
          "secret",
          "nfs",
          "iscsi",
          "glusterfs",
          "flocker",
          "persistentVolumeClaim",
          "rbd",
          "cinder",
          "cephfs",
          "quobyte",
          "downwardAPI",
          "fc",
          "flexVolume",
          "configMap",
          "azureFile",
          "vsphereVolume",
          "photonPersistentDisk",
          "portworxVolume",
          "azureDisk",
          "storageos",
          "projected",
          "scaleIO",
          "csi",
          "ephemeral",
          "image");

  private static final String[] DOWNWARD_FIELDS = {
    "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"
  };

  private VolumeValidation() {}

  /** Checks all volumes of a pod's spec. Returns the names of the good ones. */
  static Set<String> podSpec(JsonNode spec, String path, Findings findings) {
    Set<String> names = new HashSet<>();
    List<ObjectNode> volumes = Tree.objects(spec.path("volumes"));
    for (int i = 0; i < volumes.size(); i++) {
      ObjectNode volume = volumes.get(i);
      String here = path + ".volumes[" + i + "]";
      int before = findings.size();
      sources(volume, SOURCES, here, findings);
      String name = Tree.text(volume, "name");
      if (name.isEmpty()) {
        findings.required(here + ".name");
      } else {
        findings.invalid(here + ".name", name, Names.label(name, false));
      }
      if (names.contains(name)) {
        findings.duplicate(here + ".name", name);
      }
      if (findings.size() == before) {
        names.add(name);
      }
    }
    return names;
  }

  /** Checks that exactly one of the sources is there, and that one. */
  static void sources(ObjectNode volume, List<String> known, String path, Findings findings) {
    int sources = 0;
    for (String source : known) {
      if (volume.get(source) instanceof ObjectNode object) {
        if (++sources > 1) {
          findings.forbidden(path + "." + source, "may not specify more than 1 volume type");
        } else {
          source(source, object, path + "." + source, findings);
        }
      }
    }
    if (sources == 0) {
      findings.required(path, "must specify a volume type");
    }
  }

  private static void source(String kind, ObjectNode source, String path, Findings findings) {
    switch (kind) {
      case "emptyDir" -> {
        if (Amounts.of(source.path("sizeLimit")).filter(q -> q.amount().signum() < 0).isPresent()) {
          findings.forbidden(
              path + ".sizeLimit", "SizeLimit field must be a valid resource quantity");
        }
      }
      case "hostPath" -> hostPath(source, path, findings);
      case "nfs" -> nfs(source, path, findings);
      case "persistentVolumeClaim" -> named(source, "claimName", path, findings);
      case "secret" -> {
        named(source, "secretName", path, findings);
        items(source, path, findings);
      }
      case "configMap" -> {
        named(source, "name", path, findings);
        items(source, path, findings);
      }
      case "downwardAPI" -> {
        mode(source, "defaultMode", path, findings);
        downward(source, path, findings);
      }
      case "projected" -> projected(source, path, findings);
      case "csi" -> named(source, "driver", path, findings);
      default -> {
        // Sources of storage systems that no node here has are stored as they are.
      }
    }
  }

  private static void named(ObjectNode source, String name, String path, Findings findings) {
    if (Tree.blank(source, name)) {
      findings.required(path + "." + name);
    }
  }

  private static void hostPath(ObjectNode source, String path, Findings findings) {
    if (Tree.blank(source, "path")) {
      findings.required(path + ".path");
      return;
    }
    noBackSteps(Tree.text(source, "path"), path + ".path", findings);
    findings.oneOfIfPresent(
        source,
        "type",
        path,
        "",
        "BlockDevice",
        "CharDevice",
        "Directory",
        "DirectoryOrCreate",
        "File",
        "FileOrCreate",
        "Socket");
  }

  private static void nfs(ObjectNode source, String path, Findings findings) {
    named(source, "server", path, findings);
    named(source, "path", path, findings);
    String place = Tree.text(source, "path");
    if (!place.startsWith("/")) {
      findings.invalid(path + ".path", place, "must be an absolute path");
    }
  }

  private static void items(ObjectNode source, String path, Findings findings) {
    mode(source, "defaultMode", path, findings);
    keysToPaths(source, path, findings);
  }

  private static void keysToPaths(ObjectNode source, String path, Findings findings) {
    int index = 0;
    for (ObjectNode item : Tree.objects(source.path("items"))) {
      String here = path + ".items[" + index++ + "]";
      named(item, "key", here, findings);
      named(item, "path", here, findings);
      itemPath(item, here, findings);
      mode(item, "mode", here, findings);
    }
  }

  private static void itemPath(ObjectNode item, String path, Findings findings) {
    String place = Tree.text(item, "path");
    relativePath(place, path + ".path", findings);
    if (place.startsWith("..") && !place.startsWith("../")) {
      findings.invalid(path + ".path", place, "must not start with '..'");
    }
  }

  private static void downward(ObjectNode source, String path, Findings findings) {
    int index = 0;
    for (ObjectNode item : Tree.objects(source.path("items"))) {
      String here = path + ".items[" + index++ + "]";
      named(item, "path", here, findings);
      itemPath(item, here, findings);
      if (item.get("fieldRef") instanceof ObjectNode reference) {
        EnvironmentValidation.field(reference, here + ".fieldRef", findings, DOWNWARD_FIELDS);
      } else if (item.get("resourceFieldRef") instanceof ObjectNode reference) {
        named(reference, "containerName", here + ".resourceFieldRef", findings);
        EnvironmentValidation.resource(reference, here + ".resourceFieldRef", findings);
      } else {
        findings.required(here, "one of fieldRef and resourceFieldRef is required");
      }
      mode(item, "mode", here, findings);
    }
  }

  private static void projected(ObjectNode source, String path, Findings findings) {
    mode(source, "defaultMode", path, findings);
    int index = 0;
    for (ObjectNode part : Tree.objects(source.path("sources"))) {
      String here = path + ".sources[" + index++ + "]";
      for (String kind : List.of("secret", "configMap")) {
        if (part.get(kind) instanceof ObjectNode object) {
          named(object, "name", here + "." + kind, findings);
          keysToPaths(object, here + "." + kind, findings);
        }
      }
      if (part.get("downwardAPI") instanceof ObjectNode object) {
        downward(object, here + ".downwardAPI", findings);
      }
      if (part.get("serviceAccountToken") instanceof ObjectNode token) {
        token(token, here + ".serviceAccountToken", findings);
      }
      if (part.size() > 1) {
        findings.forbidden(here, "may not specify more than 1 volume type");
      }
    }
  }

  private static void token(ObjectNode token, String path, Findings findings) {
    long seconds = Tree.number(token, "expirationSeconds");
    if (seconds < 600) {
      findings.invalid(
          path + ".expirationSeconds", seconds, "may not specify a duration less than 10 minutes");
    }
    named(token, "path", path, findings);
    itemPath(token, path, findings);
  }

  private static void mode(ObjectNode object, String name, String path, Findings findings) {
    long mode = Tree.number(object, name);
    if (mode < 0 || mode > MODE_MAX) {
      findings.invalid(
          path + "." + name, mode, "must be a number between 0 and 0777 (octal), both inclusive");
    }
  }

  /** A path that stays below where it begins. */
  static void relativePath(String place, String path, Findings findings) {
    if (place.startsWith("/")) {
      findings.invalid(path, place, "must be a relative path");
    }
    noBackSteps(place, path, findings);
  }

  static void noBackSteps(String place, String path, Findings findings) {
    if (List.of(place.split("/", -1)).contains("..")) {
      findings.invalid(path, place, "must not contain '..'");
    }
  }
}
