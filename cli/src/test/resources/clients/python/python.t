What people copy from the Python client's examples.

  $ $PYTHON $SCRIPTS/pods.py
  True
  True
  1 ['node-?', 'node-?', 'node-?'] (glob)
  $ $PYTHON $SCRIPTS/deployment.py
  from-yaml 25%
  busybox 2
  0
  2
  409 Conflict
  ['from-dict', 'from-yaml', 'typed']
  404 pods "nobody" not found
  $ $PYTHON $SCRIPTS/watch.py
  ADDED w0
  ADDED w1
  ADDED w2
  ['w0', 'w1', 'w2']
  [('ADDED', 'w1'), ('ADDED', 'w2')]
  $ $PYTHON $SCRIPTS/streams.py
  ['to stderr', 'to stdout']
  one two 3
  terminal
  True None
  line 3
  line 1
  line 2
  line 3
  $ $PYTHON $SCRIPTS/custom.py
  succeeded
  {'Worker': {'succeeded': 2}}
  ['training']
  422
  one first
  409
  two
  tfjobs True 0

Of two candidates one leads at a time; the second one when the first has not renewed its lease in time.

  $ $PYTHON $SCRIPTS/election.py first 2> first.err
  first leads
  $ $PYTHON $SCRIPTS/election.py second 2> second.err
  second leads
  $ kubectl get lease election -o jsonpath='{.spec.holderIdentity}'
  second

In a pod: the account of the pod, and what its role allows. Two slashes: /root and /tmp are the container's own otherwise.

  $ kubectl create configmap inside; kubectl label configmap inside app=inside
  configmap/inside created
  configmap/inside labeled
  $ kubectl create role reader --verb=list --resource=configmaps; kubectl create rolebinding reader --role=reader --serviceaccount=$NS:default
  role.rbac.authorization.k8s.io/reader created
  rolebinding.rbac.authorization.k8s.io/reader created
  $ kubectl run inside --image=busybox --restart=Never -- /$PYTHON /$SCRIPTS/inside.py /var/run/secrets/kubernetes.io/serviceaccount $NS
  pod/inside created
  ~ kubectl get pod inside -o jsonpath='{.status.phase}'
  Succeeded
  $ kubectl logs inside
  ['inside']
  403
