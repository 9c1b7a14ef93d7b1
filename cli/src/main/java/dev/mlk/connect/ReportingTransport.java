package dev.mlk.connect;

import dev.mlk.console.Invocation;
import dev.mlk.kube.Reply;
import dev.mlk.kube.Request;
import dev.mlk.kube.Transport;
import dev.mlk.problem.Explanation;
import dev.mlk.problem.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Says in words why a cluster cannot be reached, and each request if details are wanted. */
final class ReportingTransport implements Transport {
  private final Transport transport;
  private final Invocation invocation;
  private final String server;
  private final String next;

  /**
   * A transport that reports.
   *
   * @param next what may help when the cluster does not answer
   */
  ReportingTransport(Transport transport, Invocation invocation, String server, String next) {
    this.transport = transport;
    this.invocation = invocation;
    this.server = server;
    this.next = next;
  }

  @Override
  public Reply send(Request request) throws UnreachableException {
    try {
      Reply reply = transport.send(request);
      invocation.detail(
          request.method() + " " + request.path() + parameters(request) + ": " + reply.status());
      return reply;
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  @Override
  public Upgrade upgrade(String path, String protocol) throws UnreachableException {
    try {
      Upgrade upgrade = transport.upgrade(path, protocol);
      invocation.detail("WebSocket " + path);
      return upgrade;
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private UnreachableException unreachable(IOException e) {
    return new UnreachableException(
        new Problem.Unreachable(
            Explanation.of("the cluster at " + server + " cannot be reached")
                .because(reason(e))
                .next(next)),
        e);
  }

  private static String parameters(Request request) {
    return request.query().isEmpty() ? "" : " " + request.query();
  }

  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "nothing listens there: " + Reason.of(e);
    }
    if (e instanceof UnknownHostException) {
      return "no address is known for the host: " + Reason.of(e);
    }
    if (e instanceof SSLException) {
      return "no trust between the two: " + Reason.of(e);
    }
    return Reason.of(e);
  }

  @Override
  public void close() {
    transport.close();
  }
}
