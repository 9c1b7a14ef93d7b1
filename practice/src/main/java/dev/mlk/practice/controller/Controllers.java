package dev.mlk.practice.controller;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.Informers;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * All controllers, running. A practice cluster starts its own; two sets for one API server would
 * get in each other's way.
 */
public final class Controllers implements AutoCloseable {
  /**
   * What they need to know beyond what the API tells.
   *
   * @param volumes the folder in which the default storage class makes volumes
   * @param authority the cluster's CA certificate (PEM), published in every namespace; empty for
   *     none
   */
  public record Settings(Path volumes, String authority) {}

  private final Runnable end;

  private Controllers(Runnable end) {
    this.end = end;
  }

  /**
   * Starts them; they work on virtual threads from then on.
   *
   * @param informers shared with others of the same process; they stay open on close
   * @param clock the time of status fields, deadlines and times to live
   */
  public static Controllers start(
      ApiClient client, Informers informers, InstantSource clock, Settings settings) {
    Shared shared = new Shared(client, informers, clock);
    DirectoryVolumes directories = new DirectoryVolumes(settings.volumes());
    ServiceAccountController.start(shared, settings.authority());
    NamespaceController.start(shared);
    ClaimController.start(shared, directories);
    VolumeController.start(shared, directories);
    EndpointsController.start(shared);
    JobController.start(shared);
    ReplicaSetController.start(shared);
    DeploymentController.start(shared);
    DaemonSetController.start(shared);
    NodeController.start(shared);
    EvictionController.start(shared);
    QuotaController.start(shared);
    DisruptionController.start(shared);
    GarbageCollector garbage = GarbageCollector.start(shared);
    return new Controllers(
        () -> {
          garbage.close();
          shared.close();
        });
  }

  /**
   * Starts only what a cluster with Kubernetes' own controllers lacks: the provisioner of the
   * default storage class.
   *
   * @param informers shared with others of the same process; they stay open on close
   * @param clock the time of events
   */
  public static Controllers startProvisioner(
      ApiClient client, Informers informers, InstantSource clock, Settings settings) {
    Shared shared = new Shared(client, informers, clock);
    DirectoryProvisioner.start(shared, new DirectoryVolumes(settings.volumes()));
    return new Controllers(shared::close);
  }

  @Override
  public void close() {
    end.run();
  }
}
