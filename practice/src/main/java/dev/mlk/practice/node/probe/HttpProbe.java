package dev.mlk.practice.node.probe;

import dev.mlk.practice.pki.AnyCertificate;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Asks for a page as the kubelet does: any certificate is good, redirects stay on the host. */
final class HttpProbe {
  private record Url(String scheme, String host, int port, String path) {
    @Override
    public String toString() {
      return scheme + "://" + host + ":" + port + path;
    }
  }

  private record Answer(int code, String location, String body) {}

  private static final int MOST_REDIRECTS = 10;
  private static final int MOST_BODY = 10 * 1024;
  private static final int MOST_HEADERS = 64 * 1024;

  private final ProbeTarget target;
  private final Duration timeout;
  private final String agent;

  HttpProbe(ProbeTarget target, Duration timeout, String agent) {
    this.target = target;
    this.timeout = timeout;
    this.agent = agent;
  }

  Outcome get(ProbeAction.HttpGet get) throws IOException {
    Url url =
        new Url(get.scheme(), target.address(get.host()), target.port(get.port()), get.path());
    try {
      for (int hop = 0; hop < MOST_REDIRECTS; hop++) {
        Answer answer = ask(url, get);
        if (answer.code() < 200 || answer.code() >= 400) {
          return Outcome.failure("HTTP probe failed with statuscode: " + answer.code());
        }
        if (answer.code() < 300 || answer.location().isEmpty()) {
          return Outcome.success();
        }
        Url next = redirect(url, answer.location());
        if (!next.host().equals(url.host())) {
          return Outcome.warning("Probe terminated redirects, Response body: " + answer.body());
        }
        url = next;
      }
      return Outcome.failure("Get \"" + url + "\": stopped after 10 redirects");
    } catch (SocketTimeoutException e) {
      return Outcome.failure(
          "Get \""
              + url
              + "\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)");
    } catch (EOFException e) {
      return Outcome.failure("Get \"" + url + "\": EOF");
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      return Outcome.failure("Get \"" + url + "\": " + e.getMessage());
    }
  }

  private static Url redirect(Url from, String location) {
    URI to =
        URI.create(from.scheme() + "://" + from.host() + ":" + from.port() + from.path())
            .resolve(location);
    int standard = "https".equals(to.getScheme()) ? 443 : 80;
    String query = to.getRawQuery() == null ? "" : "?" + to.getRawQuery();
    return new Url(
        to.getScheme(),
        to.getHost(),
        to.getPort() < 0 ? standard : to.getPort(),
        (to.getRawPath().isEmpty() ? "/" : to.getRawPath()) + query);
  }

  private Answer ask(Url url, ProbeAction.HttpGet get)
      throws IOException, GeneralSecurityException {
    try (Socket plain = connect(url, get.host())) {
      plain.setSoTimeout((int) timeout.toMillis());
      try (Socket socket = url.scheme().equals("https") ? AnyCertificate.wrap(plain) : plain) {
        socket.getOutputStream().write(request(url, get).getBytes(StandardCharsets.UTF_8));
        return answer(new BufferedInputStream(socket.getInputStream()));
      }
    }
  }

  private Socket connect(Url url, String host) throws IOException {
    try {
      return target.connect(host, url.port(), timeout);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(ProbeAction.dial(url.host(), url.port(), e), e);
    }
  }

  private String request(Url url, ProbeAction.HttpGet get) {
    List<String> headers = new ArrayList<>(get.headers());
    addUnlessGiven(headers, "Host", url.host() + ":" + url.port());
    addUnlessGiven(headers, "User-Agent", agent);
    addUnlessGiven(headers, "Accept", "*/*");
    headers.add("Connection: close");
    StringBuilder request = new StringBuilder("GET " + url.path() + " HTTP/1.1\r\n");
    for (String header : headers) {
      // An empty Accept header means none.
      if (!header.equalsIgnoreCase("Accept: ")) {
        request.append(header).append("\r\n");
      }
    }
    return request.append("\r\n").toString();
  }

  private static void addUnlessGiven(List<String> headers, String name, String value) {
    String begin = name + ":";
    if (headers.stream()
        .noneMatch(header -> header.regionMatches(true, 0, begin, 0, begin.length()))) {
      headers.add(begin + " " + value);
    }
  }

  private static Answer answer(InputStream in) throws IOException {
    String[] words = line(in).split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/") || !words[1].matches("[0-9]{3}")) {
      throw new IOException("malformed HTTP response \"" + String.join(" ", words) + "\"");
    }
    String location = "";
    int length = MOST_BODY;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String name = header.substring(0, Math.max(0, header.indexOf(':'))).toLowerCase(Locale.ROOT);
      String value = header.substring(header.indexOf(':') + 1).strip();
      if (name.equals("location")) {
        location = value;
      } else if (name.equals("content-length") && value.matches("[0-9]{1,9}")) {
        length = Math.min(MOST_BODY, Integer.parseInt(value));
      }
    }
    int code = Integer.parseInt(words[1]);
    String body = code < 300 ? "" : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Answer(code, location, body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0) {
        throw new EOFException();
      }
      if (line.size() > MOST_HEADERS) {
        throw new IOException("a header line of more than 64 KiB");
      }
      line.write(read);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
