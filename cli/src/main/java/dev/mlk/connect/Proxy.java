package dev.mlk.connect;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which proxy leads to a server: the kubeconfig's, else the environment's as Go reads it. */
final class Proxy {
  private Proxy() {}

  static Optional<URI> to(URI server, String fromKubeconfig, Map<String, String> environment) {
    if (!fromKubeconfig.isEmpty()) {
      return Optional.of(URI.create(fromKubeconfig));
    }
    String name = "https".equals(server.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY";
    String proxy = either(environment, name);
    String host = server.getHost() == null ? "" : server.getHost().toLowerCase(Locale.ROOT);
    if (proxy.isEmpty() || host.isEmpty() || local(host)) {
      return Optional.empty();
    }
    for (String except : either(environment, "NO_PROXY").split(",", -1)) {
      if (matches(host, server.getPort(), except.strip().toLowerCase(Locale.ROOT))) {
        return Optional.empty();
      }
    }
    return Optional.of(URI.create(proxy.contains("://") ? proxy : "http://" + proxy));
  }

  private static String either(Map<String, String> environment, String name) {
    return environment.getOrDefault(
        name, environment.getOrDefault(name.toLowerCase(Locale.ROOT), ""));
  }

  private static boolean local(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static boolean matches(String host, int port, String except) {
    if (except.isEmpty()) {
      return false;
    }
    if (except.equals("*")) {
      return true;
    }
    if (except.contains("/")) {
      return inNetwork(host, except);
    }
    String name = except;
    int colon = except.lastIndexOf(':');
    if (colon > 0 && except.indexOf(':') == colon) {
      if (!except.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      name = except.substring(0, colon);
    }
    if (name.startsWith("*.")) {
      name = name.substring(1);
    }
    return host.equals(name) || host.endsWith(name.startsWith(".") ? name : "." + name);
  }

  private static boolean inNetwork(String host, String network) {
    int slash = network.indexOf('/');
    if (!host.matches("[0-9.]+|\\[[0-9a-f:.]+\\]")) {
      return false; // only an address can be in a network, and no name is looked up for this
    }
    try {
      byte[] address = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).getAddress();
      byte[] base = InetAddress.ofLiteral(network.substring(0, slash)).getAddress();
      int shift = base.length * 8 - Integer.parseInt(network.substring(slash + 1));
      return address.length == base.length
          && new BigInteger(1, address)
              .shiftRight(shift)
              .equals(new BigInteger(1, base).shiftRight(shift));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
