package dev.mlk.course.diagnosis;

import java.util.Map;

/**
 * What is advised to whoever gets a code that no module words itself. The verdict has the names of
 * the case in it; here it is said without.
 */
final class Shared {
  static final Map<String, String> ADVICE =
      Map.ofEntries(
          Map.entry("NS-MISSING", "kubectl create namespace ${namespace}"),
          Map.entry("NS-WRONG", "delete it there, then apply it with -n ${namespace}"),
          Map.entry("NAME-NEAR", "correct metadata.name in your file, apply it, delete the other"),
          Map.entry("FILE-YAML", "correct the file at that line; blanks, not tabs, indent"),
          Map.entry("JSON-SYNTAX", "correct the file at the place that is named"),
          Map.entry("API-OLD", "kubectl api-resources lists what is served"),
          Map.entry("REJECTED", "kubectl apply --dry-run=server shows the server's words"),
          Map.entry("NOT-APPLIED", "kubectl apply -n ${namespace} -f the file"),
          Map.entry("TF-RESTART-IN-TEMPLATE", "move restartPolicy two levels up, beside replicas"),
          Map.entry("OPERATOR-SILENT", "mlk cluster check --only tfjob"),
          Map.entry("RBAC-OWNERREF", "mlk cluster check --only tfjob"),
          Map.entry("POD-REFUSED", "kubectl get events -n ${namespace} --sort-by=.lastTimestamp"),
          Map.entry(
              "GPU-NEVER-FITS", "ask for at most what the largest node has, or use several pods"),
          Map.entry("GPU-NO-NODES", "kubectl get nodes, with allocatable nvidia.com/gpu of each"),
          Map.entry("GPU-NODE-NOTREADY", "kubectl describe node NAME"),
          Map.entry("GPU-BUSY", "mlk gpu top shows who holds them"),
          Map.entry("GPU-ALPHA-NAME", "call it nvidia.com/gpu"),
          Map.entry("TAINT", "add a toleration for the taint's key"),
          Map.entry("NODE-SELECTOR", "kubectl get nodes --show-labels"),
          Map.entry("PVC-UNBOUND", "kubectl get pvc -n ${namespace}"),
          Map.entry("NO-ROOM", "ask for less, or delete what you need no more"),
          Map.entry("IMG-PULL", "correct the image; kubectl describe pod shows the whole answer"),
          Map.entry("CONFIG-ERROR", "kubectl describe pod -n ${namespace}"),
          Map.entry("CRASH-OOM", "raise resources.limits.memory, or make the batch smaller"),
          Map.entry("CRASH-CMD", "leave command out, and put what you want to pass into args"),
          Map.entry("CRASH-ENV", "add the variable under env of the container"),
          Map.entry("CRASH", "kubectl logs -n ${namespace} of the pod"),
          Map.entry("NO-PROGRESS", "kubectl logs -n ${namespace} of the pod"),
          Map.entry("KIND-DEPLOYMENT", "delete the Deployment, then change kind in your file"),
          Map.entry("KIND-POD", "delete the pod, then change kind in your file"),
          Map.entry("KIND-JOB", "delete the Job, then change kind in your file"));

  private Shared() {}
}
