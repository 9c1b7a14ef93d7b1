Nodes.

  $ kubectl label node node-3 disk-$NS=ssd
  node/node-3 labeled
  $ kubectl get nodes -l disk-$NS=ssd -o name
  node/node-3
  $ kubectl taint node node-3 only-$NS=me:PreferNoSchedule
  node/node-3 tainted
  $ kubectl taint node node-3 only-$NS=you:PreferNoSchedule
  error: node node-3 already has only-NS taint(s) with same effect(s) and --overwrite is false
  [1]
  $ kubectl taint node node-3 only-$NS=you:PreferNoSchedule --overwrite
  node/node-3 modified
  $ kubectl get node node-3 -o jsonpath='{.spec.taints[0].value}'
  you
  $ kubectl taint node node-3 only-$NS-
  node/node-3 untainted
  $ kubectl taint node node-3 only-$NS-
  error: taint "only-NS" not found
  [1]
  $ kubectl label node node-3 disk-$NS-
  node/node-3 unlabeled
  (old:)
  node/node-? labeled (glob)
  $ kubectl annotate node node-3 note-$NS=1
  node/node-3 annotated
  $ kubectl annotate node node-3 note-$NS-
  node/node-3 annotated
  $ kubectl get node node-1 -o jsonpath='{.status.capacity.nvidia\.com/gpu}'
  1
  $ kubectl get node node-1 --show-labels | grep -c nvidia.com/gpu.product
  1
  $ kubectl get nodes -L nvidia.com/gpu.count
  NAME STATUS ROLES AGE VERSION GPU.COUNT (glob)
  node-? Ready <none> * * 1 (glob)
  node-? Ready <none> * * 1 (glob)
  node-? Ready <none> * * 1 (glob)

A node is emptied; a budget says how quickly.

  $ kubectl apply -f - <<END
  > apiVersion: apps/v1
  > kind: Deployment
  > metadata: {name: moving}
  > spec:
  >   replicas: 2
  >   selector: {matchLabels: {app: moving}}
  >   template:
  >     metadata: {labels: {app: moving}}
  >     spec:
  >       terminationGracePeriodSeconds: 1
  >       affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, preference: {matchFields: [{key: metadata.name, operator: In, values: [node-3]}]}}]}}
  >       containers: [{name: main, image: pause}]
  > END
  deployment.apps/moving created
  $ kubectl rollout status deployment/moving --timeout=60s | tail -1
  deployment "moving" successfully rolled out
  $ kubectl apply -f - <<END
  > apiVersion: policy/v1
  > kind: PodDisruptionBudget
  > metadata: {name: moving}
  > spec: {minAvailable: 2, selector: {matchLabels: {app: moving}}}
  > END
  poddisruptionbudget.policy/moving created
  ~ kubectl get pdb moving
  NAME MIN AVAILABLE MAX UNAVAILABLE ALLOWED DISRUPTIONS AGE (glob)
  moving   2               N/A               0                     * (glob)
  $ kubectl cordon node-3
  node/node-3 cordoned
  $ kubectl cordon node-3
  node/node-3 already cordoned
  $ kubectl get node node-3 --no-headers
  node-? Ready,SchedulingDisabled <none> * * (glob)
  $ kubectl drain node-3 --pod-selector=app=moving --timeout=2s 2>&1 | grep -q 'violate the pod.s disruption budget'
  $ kubectl patch pdb moving --type=merge -p '{"spec":{"minAvailable":1}}'
  poddisruptionbudget.policy/moving patched
  ~ kubectl get pdb moving -o jsonpath='{.status.disruptionsAllowed}'
  1
  $ kubectl drain node-3 --pod-selector=app=moving --timeout=60s > drain.out 2>&1; tail -1 drain.out; grep -c 'pod/moving.* evicted' drain.out
  node/node-3 drained
  2
  (old:)
  node/node-? evicted (glob)
  2
  $ kubectl get pods -l app=moving --field-selector spec.nodeName=node-3 -o name
  $ kubectl uncordon node-3
  node/node-3 uncordoned
  $ kubectl uncordon node-3
  node/node-3 already uncordoned
  $ kubectl drain nobody
  Error from server (NotFound): nodes "nobody" not found
  [1]
  $ kubectl rollout status deployment/moving --timeout=60s | tail -1
  deployment "moving" successfully rolled out

What a kubelet serves, through the API server.

  $ kubectl get --raw /api/v1/nodes/node-1/proxy/pods | grep -c '"kind":"PodList"'
  1
  $ kubectl get --raw /api/v1/nodes/node-1/proxy/healthz
  ok
  $ kubectl get --raw /api/v1/nodes/node-1/proxy/stats/summary | grep -c '"nodeName":"node-1"'
  1
