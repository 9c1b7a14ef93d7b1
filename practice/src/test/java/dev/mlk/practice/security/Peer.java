package dev.mlk.practice.security;

import dev.mlk.practice.security.RandomRequests.Drawn;
import dev.mlk.practice.security.Wire.Reply;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server to which the owner sends strange requests; its connection is renewed when it ends. */
final class Peer implements AutoCloseable {
  private final String server;
  private final String token;
  private Wire wire;

  Peer(String server, String token) throws IOException {
    this.server = server;
    this.token = token;
    wire = Wire.to(server);
  }

  /**
   * Sends the request.
   *
   * @return empty when the server hung up, as it may on broken requests
   * @throws SocketTimeoutException when there is no answer
   */
  Optional<Reply> send(Drawn drawn) throws IOException {
    List<String> headers = new ArrayList<>(drawn.headers());
    headers.add("Authorization: Bearer " + token);
    try {
      wire.request(drawn.line(), headers, drawn.body());
      Reply reply = drawn.method().equals("HEAD") ? wire.head() : wire.reply();
      if (reply.header("connection").equalsIgnoreCase("close")) {
        reconnect();
      }
      return Optional.of(reply);
    } catch (SocketTimeoutException e) {
      reconnect();
      throw e;
    } catch (EOFException e) {
      reconnect();
      return Optional.empty();
    } catch (IOException e) {
      throw new IOException(drawn.toString(), e);
    }
  }

  private void reconnect() throws IOException {
    wire.close();
    wire = Wire.to(server);
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
