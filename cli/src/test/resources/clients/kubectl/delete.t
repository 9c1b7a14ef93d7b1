Deletion.

  $ for name in a b c d; do kubectl create configmap $name --from-literal=x=y -o name; done
  configmap/a
  configmap/b
  configmap/c
  configmap/d
  $ kubectl label configmap a b set=1
  configmap/a labeled
  configmap/b labeled
  $ kubectl delete configmap a --dry-run=server
  configmap "a" deleted from NS namespace (server dry run)
  (old:)
  configmap "a" deleted (server dry run)
  $ kubectl delete configmap -l set=1
  configmap "a" deleted from NS namespace
  configmap "b" deleted from NS namespace
  (old:)
  configmap "a" deleted
  configmap "b" deleted
  $ kubectl delete configmap c d -o name
  configmap/c
  configmap/d
  $ kubectl delete configmap c
  Error from server (NotFound): configmaps "c" not found
  [1]
  $ kubectl delete configmap c --ignore-not-found
  $ kubectl delete configmap
  error: resource(s) were provided, but no name was specified
  [1]
  (old:)
  error: resource(s) were provided, but no name, label selector, or --all flag specified
  [1]
  $ kubectl create configmap e; kubectl delete cm/e secret/f
  configmap/e created
  configmap "e" deleted from NS namespace
  Error from server (NotFound): secrets "f" not found
  [1]
  (old:)
  configmap/e created
  configmap "e" deleted
  Error from server (NotFound): secrets "f" not found
  [1]
  $ kubectl create configmap e; kubectl delete configmap --all
  configmap/e created
  configmap "e" deleted from NS namespace
  configmap "kube-root-ca.crt" deleted from NS namespace
  (old:)
  configmap/e created
  configmap "e" deleted
  configmap "kube-root-ca.crt" deleted
  $ kubectl run idle --image=busybox --restart=Never -- sh -c 'trap "" TERM; while :; do sleep 1; done'
  pod/idle created
  $ kubectl wait --for=condition=Ready pod/idle --timeout=60s
  pod/idle condition met
  $ kubectl delete pod idle --wait=false
  pod "idle" deleted from NS namespace
  (old:)
  pod "idle" deleted
  $ kubectl get pod idle --no-headers
  idle 1/1 Terminating 0 * (glob)
  $ kubectl delete pod idle --now
  pod "idle" deleted from NS namespace
  (old:)
  pod "idle" deleted
  $ kubectl run idle --image=busybox --restart=Never -- sleep 1000
  pod/idle created
  $ kubectl wait --for=condition=Ready pod/idle --timeout=60s
  pod/idle condition met
  $ kubectl delete pod idle --force --grace-period=0
  Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.
  pod "idle" force deleted from NS namespace
  (old:)
  warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.
  pod "idle" force deleted
  $ kubectl get pod idle
  Error from server (NotFound): pods "idle" not found
  [1]
  $ kubectl create deployment web --image=pause --replicas=2
  deployment.apps/web created
  $ kubectl rollout status deployment/web --timeout=60s | tail -1
  deployment "web" successfully rolled out
  $ kubectl delete deployment web --cascade=background
  deployment.apps "web" deleted from NS namespace
  (old:)
  deployment.apps "web" deleted
  ~ kubectl get all
  No resources found in NS namespace.
  $ kubectl create deployment web --image=pause --replicas=1
  deployment.apps/web created
  $ kubectl rollout status deployment/web --timeout=60s | tail -1
  deployment "web" successfully rolled out
  $ kubectl delete deployment web --cascade=foreground --timeout=60s
  deployment.apps "web" deleted from NS namespace
  (old:)
  deployment.apps "web" deleted
  $ kubectl get rs -l app=web -o name
  $ kubectl create configmap held
  configmap/held created
  $ kubectl patch configmap held --type=merge -p '{"metadata":{"finalizers":["example.org/hold"]}}'
  configmap/held patched
  $ kubectl delete configmap held --timeout=1s 2>&1 | grep -v reflector
  configmap "held" deleted from NS namespace
  error: timed out waiting for the condition on configmaps/held
  (old:)
  configmap "held" deleted
  error: timed out waiting for the condition on configmaps/held
  $ kubectl get configmap held -o jsonpath='{.metadata.finalizers}'
  ["example.org/hold"]
  $ kubectl patch configmap held --type=json -p '[{"op":"remove","path":"/metadata/finalizers"}]'
  configmap/held patched
  $ kubectl wait --for=delete configmap/held --timeout=60s
  (old:)
  error: no matching resources found
  [1]
  $ kubectl create namespace $NS-gone; kubectl -n $NS-gone create configmap inside; kubectl delete namespace $NS-gone --timeout=60s
  namespace/NS-gone created
  configmap/inside created
  namespace "NS-gone" deleted
  $ kubectl get namespace $NS-gone
  Error from server (NotFound): namespaces "NS-gone" not found
  [1]
  $ kubectl delete namespace default
  Error from server (Forbidden): namespaces "default" is forbidden: this namespace may not be deleted
  [1]
  $ kubectl delete --raw /api/v1/namespaces/$NS/configmaps/kube-root-ca.crt | grep -o '"status":"[A-Za-z]*"'
  "status":"Success"
