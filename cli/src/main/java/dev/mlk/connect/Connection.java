package dev.mlk.connect;

import dev.mlk.kube.ApiClient;

/**
 * A cluster to talk to.
 *
 * @param client the client, with the user's credentials
 * @param context the context's name; empty in a pod
 * @param server the API server's address, for messages
 * @param namespace the namespace that {@code -n} or the context names, else {@code default}
 * @param practice the name of the practice cluster that this is; empty for any other cluster
 */
public record Connection(
    ApiClient client, String context, String server, String namespace, String practice)
    implements AutoCloseable {
  @Override
  public void close() {
    client.close();
  }
}
