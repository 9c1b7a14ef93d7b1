package dev.mlk.practice.node.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates names of Services and pods in arguments and environment values to what exists on this
 * machine: {@code mnist-ps-0.default.svc:2222} becomes {@code 127.0.0.1:20417}. A name needs a port
 * or a scheme ({@code http://web}) to be taken for one.
 *
 * <p>Peers may not exist yet. A name that ends in {@code .svc} is always one; any other unknown
 * name is one only when the same text also names a Service that exists, or the pod itself, with the
 * same port, as the list of a TensorFlow cluster does.
 */
public final class NameTranslation {
  private static final Pattern MENTION =
      Pattern.compile(
          "(?<![A-Za-z0-9_.\\-$])(?<scheme>https?://)?"
              + "(?<name>[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*)"
              + "(?::(?<port>[0-9]{1,5}))?(?![A-Za-z0-9_])");
  private static final String DOMAIN = ".cluster.local";

  private final PodNetwork network;
  private final ServiceView services;

  /** A translation by what is in the network and what is known of Services. */
  public NameTranslation(PodNetwork network, ServiceView services) {
    this.network = network;
    this.services = services;
  }

  /**
   * Whose text it is.
   *
   * @param uid the pod's uid
   * @param namespace its namespace
   * @param names the names by which peers know it
   */
  public record Reader(String uid, String namespace, Set<String> names) {
    public Reader {
      names = Set.copyOf(names);
    }
  }

  /** The text with all names replaced that mean something to its reader. */
  public String translate(String text, Reader reader) {
    if (text.indexOf(':') < 0) {
      return text;
    }
    Set<Integer> clusterPorts = clusterPorts(text, reader);
    StringBuilder result = new StringBuilder();
    Matcher mention = MENTION.matcher(text);
    while (mention.find()) {
      Optional<Integer> port = port(mention);
      boolean peer = port.filter(clusterPorts::contains).isPresent();
      String replacement =
          port.flatMap(each -> address(mention.group("name"), each, reader, peer))
              .map(address -> scheme(mention) + address)
              .orElse(mention.group());
      mention.appendReplacement(result, Matcher.quoteReplacement(replacement));
    }
    return mention.appendTail(result).toString();
  }

  private Set<Integer> clusterPorts(String text, Reader reader) {
    Set<Integer> ports = new HashSet<>();
    Matcher mention = MENTION.matcher(text);
    while (mention.find()) {
      String name = mention.group("name");
      if (mention.group("port") != null) {
        int port = Integer.parseInt(mention.group("port"));
        if (reader.names().contains(name) || address(name, port, reader, false).isPresent()) {
          ports.add(port);
        }
      }
    }
    return ports;
  }

  private static Optional<Integer> port(Matcher mention) {
    if (mention.group("port") != null) {
      int port = Integer.parseInt(mention.group("port"));
      return port > 0 && port < 65_536 ? Optional.of(port) : Optional.empty();
    }
    return switch (scheme(mention)) {
      case "http://" -> Optional.of(80);
      case "https://" -> Optional.of(443);
      default -> Optional.empty();
    };
  }

  private static String scheme(Matcher mention) {
    return mention.group("scheme") == null ? "" : mention.group("scheme");
  }

  /**
   * The address behind a name.
   *
   * @param peer whether an unknown single name is known to be a peer's
   */
  private Optional<String> address(String name, int port, Reader reader, boolean peer) {
    if (name.equals("localhost") || !name.chars().anyMatch(Character::isLetter)) {
      return Optional.empty();
    }
    boolean full = name.endsWith(".svc") || name.endsWith(".svc" + DOMAIN);
    String plain =
        name.endsWith(DOMAIN) ? name.substring(0, name.length() - DOMAIN.length()) : name;
    plain = plain.endsWith(".svc") ? plain.substring(0, plain.length() - 4) : plain;
    for (Reading reading : readings(List.of(plain.split("\\.", -1)), reader.namespace(), full)) {
      Optional<String> found = address(reading, port, reader.uid(), full || peer);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** One way to read a name: the Service, its namespace, and the pod's host name before it. */
  private record Reading(String host, String service, String namespace) {}

  private List<Reading> readings(List<String> labels, String namespace, boolean full) {
    List<Reading> readings = new ArrayList<>();
    switch (labels.size()) {
      case 1 -> readings.add(new Reading("", labels.get(0), namespace));
      case 2 -> {
        if (!full) {
          readings.add(new Reading(labels.get(0), labels.get(1), namespace));
        }
        if (full || services.namespace(labels.get(1))) {
          readings.add(new Reading("", labels.get(0), labels.get(1)));
        }
      }
      case 3 -> {
        if (full || services.namespace(labels.get(2))) {
          readings.add(new Reading(labels.get(0), labels.get(1), labels.get(2)));
        }
      }
      default -> readings.clear();
    }
    return readings;
  }

  private Optional<String> address(Reading reading, int port, String user, boolean sure) {
    ServiceView.Meaning meaning =
        services.meaning(reading.namespace(), reading.service(), Optional.of(port));
    return switch (meaning) {
      case ServiceView.Meaning.At at when reading.host().isEmpty() ->
          Optional.of(at.host() + ":" + at.port());
      case ServiceView.Meaning.At _, ServiceView.Meaning.NoSuchPort _ -> Optional.empty();
      case ServiceView.Meaning.Headless _ -> Optional.of(peer(reading, port, user));
      case ServiceView.Meaning.Unknown _ ->
          sure && reading.host().isEmpty()
              ? Optional.of(peer(reading, port, user))
              : Optional.empty();
    };
  }

  private String peer(Reading reading, int port, String user) {
    String name =
        reading.host().isEmpty() ? reading.service() : reading.host() + "." + reading.service();
    return "127.0.0.1:" + network.named(new PodNetwork.Name(reading.namespace(), name, port), user);
  }
}
