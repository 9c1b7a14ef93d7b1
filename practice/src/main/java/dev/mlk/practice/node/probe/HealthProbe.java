package dev.mlk.practice.node.probe;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Asks a gRPC server for its health: one call of {@code grpc.health.v1.Health/Check} over HTTP/2
 * without TLS. Frames are those of RFC 9113; header blocks are left to Netty.
 */
final class HealthProbe {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int STREAM = 1;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GO_AWAY = 7;

  private static final int ACKNOWLEDGED = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int PADDED = 8;
  private static final int PRIORITY = 0x20;
  private static final int MOST_FRAME = 1 << 20;

  private static final String UNIMPLEMENTED = "12";
  private static final String[] STATES = {"UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"};
  private static final String[] CODES = {
    "OK",
    "Canceled",
    "Unknown",
    "InvalidArgument",
    "DeadlineExceeded",
    "NotFound",
    "AlreadyExists",
    "PermissionDenied",
    "ResourceExhausted",
    "FailedPrecondition",
    "Aborted",
    "OutOfRange",
    "Unimplemented",
    "Internal",
    "Unavailable",
    "DataLoss",
    "Unauthenticated"
  };

  private record Frame(int type, int flags, int stream, byte[] content) {
    boolean has(int flag) {
      return (flags & flag) != 0;
    }
  }

  private final ProbeTarget target;
  private final Duration timeout;
  private final String agent;

  HealthProbe(ProbeTarget target, Duration timeout, String agent) {
    this.target = target;
    this.timeout = timeout;
    this.agent = agent;
  }

  Outcome check(ProbeAction.Health health) {
    String address = target.address("") + ":" + health.port();
    String within = timeout.toSeconds() + "s";
    try (Socket socket = target.connect("", health.port(), timeout)) {
      socket.setSoTimeout((int) timeout.toMillis());
      return call(socket, address, health.service());
    } catch (SocketTimeoutException e) {
      return Outcome.failure("timeout: health rpc did not complete within " + within);
    } catch (java.net.ConnectException e) {
      // gRPC goes on trying until the time is up.
      return Outcome.failure(
          "timeout: failed to connect service \""
              + address
              + "\" within "
              + within
              + ": context deadline exceeded");
    } catch (IOException | Http2Exception e) {
      return Outcome.failure("error: health rpc probe failed: " + e.getMessage());
    }
  }

  private Outcome call(Socket socket, String address, String service)
      throws IOException, Http2Exception {
    OutputStream out = socket.getOutputStream();
    out.write(PREFACE);
    write(out, SETTINGS, 0, 0, new byte[0]);
    Http2Headers headers =
        new DefaultHttp2Headers()
            .method("POST")
            .scheme("http")
            .path("/grpc.health.v1.Health/Check")
            .authority(address)
            .add("content-type", "application/grpc")
            .add("user-agent", agent)
            .add("te", "trailers");
    ByteBuf block = Unpooled.buffer();
    new DefaultHttp2HeadersEncoder().encodeHeaders(STREAM, headers, block);
    byte[] bytes = new byte[block.readableBytes()];
    block.readBytes(bytes);
    write(out, HEADERS, END_HEADERS, STREAM, bytes);
    write(out, DATA, END_STREAM, STREAM, message(service));
    out.flush();
    return answer(new DataInputStream(socket.getInputStream()), out);
  }

  /** A HealthCheckRequest after its gRPC prefix: field 1 is the service's name. */
  private static byte[] message(String service) {
    byte[] name = service.getBytes(StandardCharsets.UTF_8);
    ByteBuf message = Unpooled.buffer();
    if (name.length > 0) {
      message.writeByte(0x0a);
      for (int left = name.length; ; left >>>= 7) {
        if (left < 0x80) {
          message.writeByte(left);
          break;
        }
        message.writeByte((left & 0x7f) | 0x80);
      }
      message.writeBytes(name);
    }
    ByteBuf framed = Unpooled.buffer().writeByte(0).writeInt(message.readableBytes());
    byte[] bytes = new byte[5 + message.readableBytes()];
    framed.writeBytes(message).readBytes(bytes);
    return bytes;
  }

  private static Outcome answer(DataInputStream in, OutputStream out)
      throws IOException, Http2Exception {
    DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    Http2Headers last = new DefaultHttp2Headers();
    boolean ending = false;
    boolean end = false;
    while (!end) {
      Frame frame = read(in);
      if (frame.type() == SETTINGS && !frame.has(ACKNOWLEDGED)) {
        write(out, SETTINGS, ACKNOWLEDGED, 0, new byte[0]);
      } else if (frame.type() == PING && !frame.has(ACKNOWLEDGED)) {
        write(out, PING, ACKNOWLEDGED, 0, frame.content());
      } else if (frame.type() == GO_AWAY || frame.type() == RESET) {
        throw new IOException("the server ended the call");
      } else if (frame.stream() == STREAM && frame.type() == DATA) {
        data.writeBytes(unpadded(frame, 0));
        end = frame.has(END_STREAM);
      } else if (frame.stream() == STREAM) {
        block.writeBytes(unpadded(frame, frame.has(PRIORITY) ? 5 : 0));
        if (frame.has(END_HEADERS)) {
          last = decoder.decodeHeaders(STREAM, Unpooled.wrappedBuffer(block.toByteArray()));
          block.reset();
        }
        ending |= frame.type() == HEADERS && frame.has(END_STREAM);
        end = ending && frame.has(END_HEADERS);
      }
    }
    return verdict(last, data.toByteArray());
  }

  private static Outcome verdict(Http2Headers trailers, byte[] data) {
    String code = text(trailers, "grpc-status");
    String message = text(trailers, "grpc-message");
    if (code.equals(UNIMPLEMENTED)) {
      return Outcome.failure(
          "error: this server does not implement the grpc health protocol (grpc.health.v1.Health): "
              + message);
    }
    if (!code.equals("0")) {
      int number = code.matches("1[0-6]|[0-9]") ? Integer.parseInt(code) : 2;
      return Outcome.failure(
          "error: health rpc probe failed: rpc error: code = "
              + CODES[number]
              + " desc = "
              + message);
    }
    // After the prefix of 5 bytes: field 1, the state, left out when it is 0.
    int state = data.length > 6 && data[5] == 0x08 ? data[6] : 0;
    String name = state >= 0 && state < STATES.length ? STATES[state] : Integer.toString(state);
    return name.equals("SERVING")
        ? Outcome.success()
        : Outcome.failure("service unhealthy (responded with \"" + name + "\")");
  }

  private static String text(Http2Headers headers, String name) {
    CharSequence value = headers.get(name);
    return value == null ? "" : value.toString();
  }

  private static byte[] unpadded(Frame frame, int before) {
    int skip = before + (frame.has(PADDED) ? 1 : 0);
    int padding = frame.has(PADDED) && frame.content().length > 0 ? frame.content()[0] & 0xff : 0;
    int length = Math.max(0, frame.content().length - skip - padding);
    byte[] plain = new byte[length];
    System.arraycopy(frame.content(), Math.min(skip, frame.content().length), plain, 0, length);
    return plain;
  }

  private static Frame read(DataInputStream in) throws IOException {
    int head = in.readInt();
    int length = head >>> 8;
    if (length > MOST_FRAME) {
      throw new IOException("a frame of " + length + " bytes");
    }
    int flags = in.readUnsignedByte();
    int stream = in.readInt() & Integer.MAX_VALUE;
    return new Frame(head & 0xff, flags, stream, in.readNBytes(length));
  }

  private static void write(OutputStream out, int type, int flags, int stream, byte[] content)
      throws IOException {
    ByteBuf frame = Unpooled.buffer(9 + content.length);
    frame.writeMedium(content.length).writeByte(type).writeByte(flags).writeInt(stream);
    out.write(frame.writeBytes(content).array(), 0, 9 + content.length);
    out.flush();
  }
}
