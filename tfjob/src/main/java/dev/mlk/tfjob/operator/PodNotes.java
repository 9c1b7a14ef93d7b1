package dev.mlk.tfjob.operator;

import dev.mlk.tfjob.api.JobReasons;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.ArrayList;
import java.util.List;

/** What is worth telling about a job's pods: ends, waiting images, pods that fit nowhere. */
final class PodNotes {
  private PodNotes() {}

  static List<Note> of(Seen seen) {
    List<Note> notes = new ArrayList<>();
    for (PodView pod : seen.pods()) {
      if (pod.terminating()) {
        continue;
      }
      pod.exitCode()
          .ifPresent(
              code ->
                  notes.add(
                      once(
                          pod,
                          false,
                          JobReasons.EXITED_WITH_CODE,
                          "Pod: "
                              + pod.pod().getMetadata().getNamespace()
                              + "."
                              + pod.name()
                              + " exited with code "
                              + code)));
      if (!pod.ended()) {
        abnormal(pod, notes);
      }
    }
    return notes;
  }

  private static void abnormal(PodView pod, List<Note> notes) {
    for (ContainerStatus container : pod.containers()) {
      if (container.getState() == null) {
        continue;
      }
      String who = "Error pod " + pod.name() + " container " + container.getName();
      ContainerStateTerminated end = container.getState().getTerminated();
      if (end != null && end.getExitCode() != 0) {
        String text = " exitCode: " + end.getExitCode() + " terminated message: ";
        notes.add(once(pod, true, word(end.getReason()), who + text + text(end.getMessage())));
      }
      ContainerStateWaiting waiting = container.getState().getWaiting();
      if (waiting != null && waiting.getMessage() != null && !waiting.getMessage().isEmpty()) {
        String text = " waiting message: " + waiting.getMessage();
        notes.add(once(pod, true, word(waiting.getReason()), who + text));
      }
    }
    if (pod.containers().isEmpty() && pod.pod().getStatus() != null) {
      List<PodCondition> conditions = pod.pod().getStatus().getConditions();
      PodCondition newest = conditions.isEmpty() ? null : conditions.getLast();
      if (newest != null && !"True".equals(newest.getStatus())) {
        String text = "Error pod " + pod.name() + " condition message: ";
        notes.add(once(pod, true, word(newest.getReason()), text + text(newest.getMessage())));
      }
    }
  }

  private static String word(String reason) {
    return reason == null || reason.isEmpty() ? "Error" : reason;
  }

  private static String text(String message) {
    return message == null ? "" : message;
  }

  private static Note once(PodView pod, boolean warning, String reason, String message) {
    String about = pod.pod().getMetadata().getUid() + "/" + pod.restarts();
    return new Note(warning, reason, message, about);
  }
}
