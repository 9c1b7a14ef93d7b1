package dev.mlk.practice.api.http;

import io.helidon.common.GenericType;
import io.helidon.common.media.type.MediaType;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http.spi.Sink;
import io.helidon.webserver.http.spi.SinkProvider;
import io.helidon.webserver.http.spi.SinkProviderContext;
import java.util.function.BiConsumer;

/**
 * Sends the head of an answer before there is anything in its body. The web server sends it with
 * the first byte, and lets only sinks ask for it earlier; so this is a sink that nothing is put
 * into.
 */
public final class HeadFirst implements SinkProvider<Object> {
  /** What to ask an answer for, once its stream is open. */
  static final GenericType<Nothing> TYPE = GenericType.create(Nothing.class);

  /** A sink that nothing is put into. */
  static final class Nothing implements Sink<Object> {
    @Override
    public Sink<Object> emit(Object event) {
      throw new UnsupportedOperationException("this sink only sends heads");
    }

    @Override
    public void close() {}
  }

  /** For the web server, which finds it as a service. */
  public HeadFirst() {}

  @Override
  public boolean supports(GenericType<? extends Sink<?>> type, ServerRequest request) {
    return type.equals(TYPE);
  }

  // The web server's interface is as it is; only that type is supported.
  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <X extends Sink<Object>> X create(SinkProviderContext context) {
    context.flushHeaders();
    return (X) new Nothing();
  }

  // The older form, which the interface still wants to be there.
  @Override
  @SuppressWarnings({"removal", "TypeParameterUnusedInFormals"})
  public <X extends Sink<Object>> X create(
      ServerResponse response, BiConsumer<Object, MediaType> consumer, Runnable close) {
    throw new UnsupportedOperationException("the head cannot be sent");
  }
}
