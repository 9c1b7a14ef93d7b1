package dev.mlk.practice.controller;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Endpoint;
import dev.mlk.kube.HttpTransport;
import dev.mlk.kube.Informers;
import dev.mlk.practice.scheduler.Scheduler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/**
 * Scheduler and controllers against any API server, to compare them with the real ones: {@code
 * Standalone https://127.0.0.1:6443 ca.crt client.crt client.key volumes-folder}.
 */
final class Standalone {
  private Standalone() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    byte[] authority = Files.readAllBytes(Path.of(arguments[1]));
    Endpoint endpoint =
        Endpoint.at(URI.create(arguments[0]))
            .trusting(authority)
            .identity(
                Files.readAllBytes(Path.of(arguments[2])),
                Files.readAllBytes(Path.of(arguments[3])));
    var settings =
        new Controllers.Settings(
            Path.of(arguments[4]), new String(authority, java.nio.charset.StandardCharsets.UTF_8));
    try (ApiClient client = new ApiClient(new HttpTransport(endpoint), "practice");
        Informers informers = new Informers(client);
        Controllers _ = Controllers.start(client, informers, InstantSource.system(), settings);
        Scheduler _ = Scheduler.start(client, informers, InstantSource.system())) {
      new CountDownLatch(1).await();
    }
  }
}
