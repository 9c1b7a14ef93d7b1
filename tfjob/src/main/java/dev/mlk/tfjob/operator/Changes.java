package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.TfJob;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Optional;

/** Turns what the informers tell into jobs to look at and expectations that are met. */
final class Changes {
  private final WorkQueue queue;
  private final Expectations expectations;

  Changes(WorkQueue queue, Expectations expectations) {
    this.queue = queue;
    this.expectations = expectations;
  }

  Caches.Handlers handlers() {
    return new Caches.Handlers(
        new Jobs(), new ChildHandler<>("pod"), new ChildHandler<>("service"));
  }

  /** By name, not by uid: a new job of the same name waits for the old one's children to go. */
  private static Optional<JobKey> owner(HasMetadata child) {
    for (OwnerReference owner : child.getMetadata().getOwnerReferences()) {
      if (Boolean.TRUE.equals(owner.getController())
          && TfJob.KIND.equals(owner.getKind())
          && owner.getApiVersion().startsWith(TfJob.GROUP + "/")) {
        return Optional.of(new JobKey(child.getMetadata().getNamespace(), owner.getName()));
      }
    }
    return Optional.empty();
  }

  private final class Jobs implements ResourceEventHandler<TfJob> {
    @Override
    public void onAdd(TfJob job) {
      queue.add(JobKey.of(job));
    }

    @Override
    public void onUpdate(TfJob before, TfJob now) {
      queue.add(JobKey.of(now));
    }

    @Override
    public void onDelete(TfJob job, boolean unknown) {
      queue.add(JobKey.of(job));
    }
  }

  private final class ChildHandler<T extends HasMetadata> implements ResourceEventHandler<T> {
    private final String kind;

    private ChildHandler(String kind) {
      this.kind = kind;
    }

    @Override
    public void onAdd(T child) {
      changed(child, Expectations.appears(kind, child.getMetadata().getName()));
    }

    @Override
    public void onUpdate(T before, T now) {
      boolean going = now.getMetadata().getDeletionTimestamp() != null;
      changed(now, going ? Expectations.goes(now.getMetadata().getUid()) : "");
    }

    @Override
    public void onDelete(T child, boolean unknown) {
      changed(child, Expectations.goes(child.getMetadata().getUid()));
    }

    private void changed(T child, String met) {
      owner(child)
          .ifPresent(
              key -> {
                expectations.met(key, met);
                queue.add(key);
              });
    }
  }
}
