What nodes and pods use. Two containers say what they use, as nothing can be measured of a simulated one.

  $ kubectl apply -f - <<END
  > apiVersion: v1
  > kind: Pod
  > metadata: {name: pretends, labels: {app: top}}
  > spec:
  >   terminationGracePeriodSeconds: 0
  >   containers:
  >   - {name: first, image: mlk/simulated, args: ["--cpu=250m", "--memory=200Mi"]}
  >   - {name: second, image: mlk/simulated, args: ["--cpu=1", "--memory=100Mi"]}
  > ---
  > apiVersion: v1
  > kind: Pod
  > metadata: {name: busy, labels: {app: top}}
  > spec:
  >   terminationGracePeriodSeconds: 0
  >   containers: [{name: main, image: busybox, command: [sh, -c, "while true; do :; done"], resources: {limits: {memory: 1Gi}}}]
  > END
  pod/pretends created
  pod/busy created
  ~ kubectl top pod pretends
  NAME CPU(cores) MEMORY(bytes) (glob)
  pretends 1250m 300Mi (glob)
  ~ kubectl top pod pretends --containers
  POD NAME CPU(cores) MEMORY(bytes) (glob)
  pretends first 250m 200Mi (glob)
  pretends second 1000m 100Mi (glob)
  (old:)
  POD NAME CPU(cores) MEMORY(bytes) (glob)
  pretends * *m *Mi (glob)
  pretends * *m *Mi (glob)

A real one is measured; a figure takes a few seconds.

  ~ kubectl top pod busy --no-headers | awk '{exit !($2 + 0 > 50 && $3 + 0 < 300)}'
  ~ kubectl top pod -l app=top --sort-by=memory --no-headers
  pretends 1250m 300Mi (glob)
  busy *m *Mi (glob)
  $ kubectl top pod -l app=top --field-selector=metadata.name=busy --no-headers
  busy *m *Mi (glob)
  (old:)
  Error: unknown flag: --field-selector
  ...
  [1]
  ~ kubectl top pod -A -l app=top | grep "^NAMESPACE\|^$NS .*pretends"
  NAMESPACE NAME CPU(cores) MEMORY(bytes) (glob)
  NS pretends 1250m 300Mi (glob)
  $ kubectl get podmetrics pretends -o jsonpath='{.metadata.annotations.mlk\.dev/simulated-usage} {.containers[0].usage.cpu}'
  first,second 250m
  $ kubectl get podmetrics pretends
  NAME CPU MEMORY WINDOW (glob)
  pretends 1250m 300Mi 15s (glob)
  $ kubectl top pod nobody
  Error from server (NotFound): pods "nobody" not found
  [1]
  $ kubectl delete pod busy pretends
  pod "busy" deleted from NS namespace
  pod "pretends" deleted from NS namespace
  (old:)
  pod "busy" deleted
  pod "pretends" deleted

Nodes, in full and in part of what they have.

  $ kubectl top node
  NAME CPU(cores) CPU(%) MEMORY(bytes) MEMORY(%) (glob)
  node-1 *m *% *Mi *% (glob)
  node-2 *m *% *Mi *% (glob)
  node-3 *m *% *Mi *% (glob)
  (old:)
  NAME CPU(cores) CPU% MEMORY(bytes) MEMORY% (glob)
  node-1 *m *% *Mi *% (glob)
  node-2 *m *% *Mi *% (glob)
  node-3 *m *% *Mi *% (glob)
  $ kubectl top node node-2 --no-headers
  node-2 *m *% *Mi *% (glob)
  $ kubectl top nodes --sort-by=cpu --no-headers | wc -l
  3
  $ kubectl api-resources --api-group=metrics.k8s.io --no-headers
  nodes metrics.k8s.io/v1beta1 false NodeMetrics (glob)
  pods metrics.k8s.io/v1beta1 true PodMetrics (glob)
  $ kubectl get apiservices v1beta1.metrics.k8s.io --no-headers
  v1beta1.metrics.k8s.io * True * (glob)
  $ kubectl get --raw /apis/metrics.k8s.io/v1beta1/nodes/node-1 | grep -c '"window":"'
  1
