package dev.mlk.practice.stream;

import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.stream.CommandStreams.Ending;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A command over the channels of a WebSocket. */
final class WebSocketCommand {
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int ERROR = 3;
  private static final int RESIZE = 4;

  private final PodStreams pods;
  private final PodStream.Command wanted;
  private final String protocol;

  WebSocketCommand(PodStreams pods, PodStream.Command wanted, String protocol) {
    this.pods = pods;
    this.wanted = wanted;
    this.protocol = protocol;
  }

  void hold(WebSocketConnection connection) throws IOException, InterruptedException {
    WebSocketChannels channels = new WebSocketChannels(connection, protocol.contains("base64"));
    InputStream stdin = wanted.stdin() ? channels.input(STDIN) : InputStream.nullInputStream();
    InputStream resize = wanted.terminal() ? channels.input(RESIZE) : InputStream.nullInputStream();
    CommandStreams streams =
        new CommandStreams(
            stdin,
            resize,
            output(channels, STDOUT, wanted.stdout()),
            output(channels, STDERR, wanted.stderr() && !wanted.terminal()),
            channels.output(ERROR));
    boolean modern = protocol.startsWith("v4.") || protocol.startsWith("v5.");
    CommandSession session =
        new CommandSession(pods, wanted, streams, modern ? Ending.STATUS : Ending.TEXT);
    // Clients take the first message as the sign that the server is there.
    channels.send(wanted.stdout() ? STDOUT : ERROR, new byte[0], 0, 0);
    Connected.run(session::run, channels::readAll, connection::close);
  }

  private static OutputStream output(WebSocketChannels channels, int channel, boolean wanted) {
    return wanted ? channels.output(channel) : OutputStream.nullOutputStream();
  }
}
