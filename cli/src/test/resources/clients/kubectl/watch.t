Watch, wait and events.

  $ kubectl get configmaps --watch-only -o name > news.out & echo $! > news.pid
  ~ kubectl create configmap news-$(date +%N) > /dev/null; grep -o configmap/news news.out | head -1
  configmap/news
  $ kill $(cat news.pid)
  $ kubectl run seen --image=busybox --restart=Never -- sleep 1000
  pod/seen created
  $ kubectl wait --for=condition=Ready pod/seen --timeout=60s
  pod/seen condition met
  $ kubectl get pods --watch --output-watch-events > pods.out & echo $! > pods.pid
  ~ awk '{print $1, $2, $4}' pods.out
  EVENT NAME STATUS
  ADDED seen Running
  $ kubectl delete pod seen --grace-period=1 > /dev/null
  ~ awk '{print $1, $2, $4}' pods.out
  EVENT NAME STATUS
  ADDED seen Running
  MODIFIED seen Terminating
  ...
  DELETED seen * (glob)
  $ kill $(cat pods.pid)
  (not old: error: unrecognized condition: "create")
  $ (sleep 1; kubectl create configmap late > /dev/null) & kubectl wait --for=create configmap/late --timeout=20s
  configmap/late condition met
  (not old: error: unrecognized condition: "jsonpath={.metadata.name}=late")
  $ kubectl wait --for=jsonpath='{.metadata.name}'=late configmap/late --timeout=5s
  configmap/late condition met
  $ kubectl wait --for=condition=Ready pod/nobody --timeout=1s
  Error from server (NotFound): pods "nobody" not found
  [1]
  $ kubectl wait --for=condition=Ready pod --all --timeout=1s
  error: no matching resources found
  [1]
  $ kubectl create configmap gone
  configmap/gone created
  $ (sleep 1; kubectl delete configmap gone > /dev/null) & kubectl wait --for=delete configmap/gone --timeout=20s
  configmap/gone condition met
  (not old: Error: unknown command "events" for "kubectl")
  $ kubectl events --for pod/seen --types=Normal | awk 'NR > 1 {print $2, $3}' | sort | uniq
  Normal Created
  Normal Killing
  Normal Pulled
  Normal Pulling
  Normal Scheduled
  Normal Started
  $ kubectl get events --field-selector involvedObject.name=seen,reason=Scheduled | awk 'NR > 1 {print $2, $3, $4}'
  Normal Scheduled pod/seen
  $ kubectl get events --sort-by=.lastTimestamp -o custom-columns=R:.reason --no-headers | sort | uniq
  Created
  Killing
  Pulled
  Pulling
  Scheduled
  Started
  (not old: Error: unknown command "events" for "kubectl")
  $ kubectl events -A | head -1
  NAMESPACE LAST SEEN TYPE REASON OBJECT MESSAGE (glob)
