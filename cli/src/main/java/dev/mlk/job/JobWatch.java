package dev.mlk.job;

import dev.mlk.kube.ApiClient;
import dev.mlk.kube.CommandThreads;
import dev.mlk.kube.Informer;
import dev.mlk.kube.Informers;
import dev.mlk.kube.Resources;
import dev.mlk.kube.Scope;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One job and its pods, kept current by watches that survive dropped connections; polled only where
 * the user may not watch.
 */
final class JobWatch implements AutoCloseable {
  private final Changes changes = new Changes();
  private final Informers informers;
  private final Informer jobs;
  private final Informer pods;
  private final Questions questions;
  private final String namespace;
  private final String name;
  private final InstantSource clock;

  JobWatch(ApiClient api, String namespace, String name, InstantSource clock)
      throws InterruptedException {
    this.namespace = namespace;
    this.name = name;
    this.clock = clock;
    this.questions = new Questions(api, namespace);
    // A watch would go on asking for what is not there, or not allowed; a plain question is refused
    // at once.
    ask();
    String itself = "metadata.name=" + name;
    api.list(Resources.TFJOBS, namespace, Map.of("fieldSelector", itself));
    askReplicas();
    this.informers = new Informers(api, CommandThreads.factory());
    this.jobs = informers.on(Resources.TFJOBS, new Scope(namespace, "", itself));
    this.pods = informers.on(Resources.PODS, new Scope(namespace, Job.JOB_LABEL + "=" + name, ""));
    jobs.onChange((change, before, now) -> changes.signal());
    pods.onChange((change, before, now) -> changes.signal());
    jobs.awaitSynced();
    pods.awaitSynced();
  }

  /** Asks for the job itself: throws when it is not there, or the cluster does not answer. */
  void ask() {
    questions.job(name);
  }

  /** Asks for its pods. */
  List<Replica> askReplicas() {
    return questions.replicas(name);
  }

  /** Whether news are asked for every second, for want of the right to watch. */
  boolean polls() {
    return jobs.polls() || pods.polls();
  }

  /** The job as it is now; empty when it is not there. */
  Optional<Job> job() {
    return jobs.get(namespace, name).map(Job::new);
  }

  /** Its pods as they are now, in the usual order. */
  List<Replica> replicas() {
    List<Replica> all = new ArrayList<>();
    pods.in(namespace).forEach(pod -> all.add(new Replica(pod)));
    all.sort(null);
    return all;
  }

  /** The pod of that uid as it is now; empty when it is gone. */
  Optional<Replica> replica(String uid) {
    return replicas().stream().filter(replica -> replica.uid().equals(uid)).findFirst();
  }

  /** The news of both. */
  Changes changes() {
    return changes;
  }

  /**
   * What is the matter with the job now; events and nodes are asked for only when something is
   * stuck.
   */
  Diagnosis diagnosis(Job job) {
    List<Replica> replicas = replicas();
    Diagnosis first =
        Diagnose.of(new Observation(job, replicas, List.of(), Optional.empty(), clock.instant()));
    if (first.verdict() != Verdict.WAITING) {
      return first;
    }
    List<JsonNode> events = replicas.size() < job.replicas() ? questions.events(job) : List.of();
    Optional<List<JsonNode>> nodes =
        replicas.stream().anyMatch(replica -> replica.node().isEmpty())
            ? questions.nodes()
            : Optional.empty();
    return Diagnose.of(new Observation(job, replicas, events, nodes, clock.instant()));
  }

  @Override
  public void close() {
    informers.close();
  }
}
