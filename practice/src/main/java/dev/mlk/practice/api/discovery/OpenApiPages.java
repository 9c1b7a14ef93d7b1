package dev.mlk.practice.api.discovery;

import dev.mlk.practice.api.catalog.Catalog;
import dev.mlk.practice.api.catalog.CustomKind;
import dev.mlk.practice.api.wire.Accepts;
import dev.mlk.practice.api.wire.Answer;
import dev.mlk.practice.api.wire.Call;
import dev.mlk.practice.schema.OpenApiDocuments;
import dev.mlk.practice.schema.OpenApiDocuments.Described;
import java.util.Map;
import java.util.Optional;

/** The OpenAPI documents of what is served at the moment. */
public final class OpenApiPages {
  private static final String V2 = "/openapi/v2";
  private static final String V3 = "/openapi/v3";
  private final Catalog catalog;
  private long made = -1;
  private OpenApiDocuments documents;

  /** Documents of that catalogue. */
  public OpenApiPages(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The document at the call's path; empty when there is none. */
  public Optional<Answer> find(Call call) {
    String path = call.path();
    if (path.equals(V2)) {
      return Optional.of(two(call));
    }
    if (path.equals(V3) || path.equals(V3 + "/")) {
      return Optional.of(Answer.of(200, "text/plain; charset=utf-8", current().v3Index()));
    }
    if (path.startsWith(V3 + "/")) {
      return current()
          .v3(path.substring(V3.length() + 1))
          .map(document -> Answer.of(200, "application/json", document));
    }
    return Optional.empty();
  }

  private Answer two(Call call) {
    for (Map<String, String> type : Accepts.parse(call.wholeHeader("accept"))) {
      String name = type.get("");
      if (name.startsWith("application/com.github.proto-openapi.spec.v2")) {
        String answered = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
        return Answer.of(200, answered, current().v2Protobuf());
      }
      if (name.equals("application/json")) {
        break;
      }
    }
    return Answer.of(200, "application/json", current().v2Json());
  }

  private synchronized OpenApiDocuments current() {
    long now = catalog.changes();
    if (documents == null || made != now) {
      documents =
          new OpenApiDocuments(
              catalog.all().stream()
                  .map(
                      served ->
                          new Described(served.kind(), served.custom().map(CustomKind::openApi)))
                  .toList());
      made = now;
    }
    return documents;
  }
}
