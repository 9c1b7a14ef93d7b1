package dev.mlk.images.mnist.cluster;

import dev.mlk.images.mnist.exit.ExitCode;
import dev.mlk.images.mnist.exit.Failure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads TF_CONFIG in its dense and sparse form, and CLUSTER_CONFIG with POD_NAME. */
final class MembershipReader {
  private static final String CONFIG = "TF_CONFIG";
  private static final String CLUSTER = "CLUSTER_CONFIG";

  /** Role and number at the end, whatever prefix the pods of a pipeline carry. */
  private static final Pattern POD_NAME = Pattern.compile("(?:.*-)?([^-]+)-([0-9]+)");

  private MembershipReader() {}

  static Membership tensorFlowConfig(String text) {
    Map<String, Object> config = Json.object(CONFIG, text);
    if (config.isEmpty()) {
      return Membership.alone();
    }
    Map<?, ?> task = map(config.get("task"), CONFIG + ": task");
    Role role = role(CONFIG + ": task.type", String.valueOf(task.get("type")));
    int index = index(CONFIG + ": task.index", String.valueOf(task.get("index")));
    return membership(CONFIG, map(config.get("cluster"), CONFIG + ": cluster"), role, index);
  }

  static Membership clusterConfig(String text, String podName) {
    Map<String, Object> config = Json.object(CLUSTER, text);
    Object nested = config.get("cluster");
    Map<?, ?> cluster = nested instanceof Map<?, ?> inner ? inner : config;
    Matcher name = POD_NAME.matcher(podName);
    if (!name.matches()) {
      throw wrong("POD_NAME=" + podName + " does not end in a role and a number, such as worker-0");
    }
    Role role = role("POD_NAME=" + podName, name.group(1));
    int index = index("POD_NAME=" + podName, name.group(2));
    return membership(CLUSTER, cluster, role, index);
  }

  private static Membership membership(String variable, Map<?, ?> cluster, Role role, int index) {
    Map<Role, SortedMap<Integer, String>> tasks = new EnumMap<>(Role.class);
    boolean partial = false;
    for (Map.Entry<?, ?> entry : cluster.entrySet()) {
      Role listed = role(variable + ": cluster", String.valueOf(entry.getKey()));
      SortedMap<Integer, String> addresses = addresses(variable, listed, entry.getValue());
      partial |= entry.getValue() instanceof Map<?, ?>;
      if (!addresses.isEmpty()) {
        tasks.put(listed, addresses);
      }
    }
    SortedMap<Integer, String> own = tasks.getOrDefault(role, new TreeMap<>());
    if (partial && role == Role.PS && own.size() == 1) {
      // The sparse form names to a parameter server itself alone, whatever its index.
      own = new TreeMap<>(Map.of(index, own.firstEntry().getValue()));
      tasks.put(role, own);
    }
    boolean needsAddress = role != Role.EVALUATOR && !(partial && role != Role.PS && own.isEmpty());
    if (needsAddress && !own.containsKey(index)) {
      throw wrong(
          variable
              + ": the cluster has "
              + own.size()
              + " "
              + role.label()
              + ", and none is "
              + role.label()
              + " "
              + index);
    }
    return new Membership(role, index, tasks, partial);
  }

  private static SortedMap<Integer, String> addresses(String variable, Role role, Object value) {
    SortedMap<Integer, String> addresses = new TreeMap<>();
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        addresses.put(i, address(variable, role, list.get(i)));
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        int index = index(variable + ": cluster." + role.label(), String.valueOf(entry.getKey()));
        addresses.put(index, address(variable, role, entry.getValue()));
      }
    } else {
      addresses.put(0, address(variable, role, value));
    }
    return addresses;
  }

  private static String address(String variable, Role role, Object value) {
    String address = String.valueOf(value);
    int colon = address.lastIndexOf(':');
    if (colon <= 0 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw wrong(
          variable + ": cluster." + role.label() + " has \"" + address + "\", not host:port");
    }
    return address;
  }

  private static Role role(String where, String name) {
    List<String> legal = new ArrayList<>();
    for (Role role : Role.values()) {
      if (role != Role.LOCAL) {
        if (role.label().equalsIgnoreCase(name)) {
          return role;
        }
        legal.add(role.label());
      }
    }
    throw wrong(where + ": \"" + name + "\" is none of " + String.join(", ", legal));
  }

  private static int index(String where, String text) {
    if (!text.matches("[0-9]{1,6}")) {
      throw wrong(where + ": \"" + text + "\" is not a number from 0");
    }
    return Integer.parseInt(text);
  }

  private static Map<?, ?> map(Object value, String what) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw wrong(what + (value == null ? " is missing" : " is not an object"));
  }

  private static Failure wrong(String sentence) {
    return new Failure(ExitCode.USAGE, sentence);
  }
}
