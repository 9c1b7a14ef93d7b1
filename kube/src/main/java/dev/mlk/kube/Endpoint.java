package dev.mlk.kube;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where an API server listens and how to show who asks, with every value already resolved: nothing
 * here reads a kubeconfig.
 *
 * @param server {@code https://host:port/prefix}, {@code http://host:port/prefix} or {@code
 *     unix:/path/of/socket}
 * @param trust how the server's certificate is checked
 * @param identity the client certificate, if any
 * @param proxy an HTTP proxy to tunnel through, such as {@code http://proxy:3128}
 * @param headers headers for each request, asked anew each time because tokens expire
 */
public record Endpoint(
    URI server,
    Trust trust,
    Optional<Identity> identity,
    Optional<URI> proxy,
    Map<String, Supplier<String>> headers) {
  /**
   * How the server's certificate is checked.
   *
   * @param authorities certificates (PEM) of the authorities to trust; empty for the JDK's own
   * @param serverName the name the certificate must have; empty for the server's host
   * @param insecure believe any certificate
   */
  public record Trust(byte[] authorities, String serverName, boolean insecure) {}

  /**
   * A client certificate.
   *
   * @param certificates the certificate and its chain, PEM
   * @param key the private key, PEM: PKCS 8, PKCS 1 (RSA) or SEC 1 (EC)
   */
  public record Identity(byte[] certificates, byte[] key) {}

  private static final byte[] NOTHING = {};

  public Endpoint {
    headers = Map.copyOf(headers);
  }

  /** A server behind a Unix domain socket, spoken to in plain HTTP. */
  public static Endpoint unix(Path socket) {
    return at(URI.create("unix:" + socket.toUri().getRawPath()));
  }

  /** A server at an {@code https} or {@code http} address, trusted by the JDK's authorities. */
  public static Endpoint at(URI server) {
    Trust jdk = new Trust(NOTHING, "", false);
    return new Endpoint(server, jdk, Optional.empty(), Optional.empty(), Map.of());
  }

  /** The same, trusting only these authorities (PEM). */
  public Endpoint trusting(byte[] authorities) {
    return with(new Trust(authorities, trust.serverName, trust.insecure));
  }

  /** The same, expecting this name in the server's certificate. */
  public Endpoint serverName(String name) {
    return with(new Trust(trust.authorities, name, trust.insecure));
  }

  /** The same, believing any certificate: {@code insecure-skip-tls-verify}. */
  public Endpoint insecure() {
    return with(new Trust(trust.authorities, trust.serverName, true));
  }

  /** The same with a client certificate. */
  public Endpoint identity(byte[] certificates, byte[] key) {
    Identity one = new Identity(certificates, key);
    return new Endpoint(server, trust, Optional.of(one), proxy, headers);
  }

  /** The same through an HTTP proxy. */
  public Endpoint proxy(URI address) {
    return new Endpoint(server, trust, identity, Optional.of(address), headers);
  }

  /** The same with a bearer token, asked for at each request. */
  public Endpoint token(Supplier<String> token) {
    return header("Authorization", () -> "Bearer " + token.get());
  }

  /** The same with one more header for each request. */
  public Endpoint header(String name, Supplier<String> value) {
    Map<String, Supplier<String>> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Endpoint(server, trust, identity, proxy, more);
  }

  private Endpoint with(Trust other) {
    return new Endpoint(server, other, identity, proxy, headers);
  }

  boolean isUnix() {
    return "unix".equals(server.getScheme());
  }

  boolean isTls() {
    return "https".equals(server.getScheme());
  }

  /** The file name of a Unix domain socket. */
  Path socket() {
    return Path.of(server.getPath());
  }

  int port() {
    return server.getPort() >= 0 ? server.getPort() : isTls() ? 443 : 80;
  }

  /** The host as in a {@code Host} header. */
  String hostHeader() {
    return isUnix() ? "localhost" : server.getRawAuthority();
  }

  /** The host without the brackets of an IPv6 address. */
  String host() {
    String host = server.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** What stands before each path, without a slash at the end. */
  String prefix() {
    String path = isUnix() || server.getRawPath() == null ? "" : server.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
