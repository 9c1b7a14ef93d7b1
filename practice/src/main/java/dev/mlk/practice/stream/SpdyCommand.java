package dev.mlk.practice.stream;

import dev.mlk.practice.kubelet.PodStreams;
import dev.mlk.practice.stream.CommandStreams.Ending;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A command over SPDY: the client opens a stream for each of its purposes, then it begins. */
final class SpdyCommand {
  private static final int PATIENCE_SECONDS = 30;

  private final PodStreams pods;
  private final PodStream.Command wanted;
  private final String version;
  private final Map<String, SpdyStream> opened = new ConcurrentHashMap<>();

  SpdyCommand(PodStreams pods, PodStream.Command wanted, String version) {
    this.pods = pods;
    this.wanted = wanted;
    this.version = version;
  }

  void hold(SpdyConnection connection) throws IOException, InterruptedException {
    List<String> types = types();
    CountDownLatch missing = new CountDownLatch(types.size());
    Connected.run(
        () -> run(missing),
        () ->
            connection.readAll(
                stream -> {
                  String type = stream.header("streamtype");
                  if (types.contains(type) && opened.putIfAbsent(type, stream) == null) {
                    missing.countDown();
                  }
                }),
        connection::close);
  }

  private List<String> types() {
    List<String> types = new ArrayList<>(List.of("error"));
    if (wanted.stdin()) {
      types.add("stdin");
    }
    if (wanted.stdout()) {
      types.add("stdout");
    }
    if (wanted.stderr() && !wanted.terminal()) {
      types.add("stderr");
    }
    if (wanted.terminal() && resizes()) {
      types.add("resize");
    }
    return types;
  }

  /** The terminal's size is told since the third version. */
  private boolean resizes() {
    return version.startsWith("v3.") || version.startsWith("v4.");
  }

  private void run(CountDownLatch missing) throws IOException, InterruptedException {
    if (!missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      return;
    }
    CommandStreams streams =
        new CommandStreams(
            input("stdin"), input("resize"), output("stdout"), output("stderr"), output("error"));
    Ending ending = version.startsWith("v4.") ? Ending.STATUS : Ending.TEXT;
    new CommandSession(pods, wanted, streams, ending).run();
  }

  private InputStream input(String type) {
    SpdyStream stream = opened.get(type);
    return stream == null ? InputStream.nullInputStream() : stream.input();
  }

  private OutputStream output(String type) {
    SpdyStream stream = opened.get(type);
    return stream == null ? OutputStream.nullOutputStream() : stream.output();
  }
}
