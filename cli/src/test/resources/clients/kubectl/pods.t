A pod that is run, followed and deleted.

  $ kubectl run counter --image=busybox --restart=Never -- sh -c 'for i in 1 2 3 4 5; do echo line $i; done; echo bad >&2; sleep 1000'
  pod/counter created
  $ kubectl wait --for=condition=Ready pod/counter --timeout=60s
  pod/counter condition met
  ~ kubectl logs counter
  line 1
  line 2
  line 3
  line 4
  line 5
  bad
  $ kubectl logs counter --tail=2
  line 5
  bad
  $ kubectl logs counter --tail=1 --timestamps
  * bad (glob)
  $ kubectl logs counter --since=1h | wc -l
  6
  $ kubectl logs counter --since=1h --limit-bytes=6
  line 1
  $ kubectl logs counter --since-time=2100-01-01T00:00:00Z
  $ kubectl logs counter -c nothing
  error: container nothing is not valid for pod counter
  [1]
  $ kubectl logs counter --previous
  Error from server (BadRequest): previous terminated container "counter" in pod "counter" not found
  [1]
  $ kubectl logs nobody
  error: error from server (NotFound): pods "nobody" not found in namespace "NS"
  [1]
  (old:)
  Error from server (NotFound): pods "nobody" not found
  [1]
  $ kubectl logs -l run=counter --tail=1 --prefix
  [pod/counter/counter] bad
  $ timeout 20 sh -c 'kubectl logs -f counter & sleep 1; kubectl delete pod counter --grace-period=1 > /dev/null; wait'
  line 1
  line 2
  line 3
  line 4
  line 5
  bad
  $ kubectl get pod counter
  Error from server (NotFound): pods "counter" not found
  [1]

Several containers, an init container and a restart.

  $ kubectl apply -f - <<END
  > apiVersion: v1
  > kind: Pod
  > metadata: {name: many, labels: {app: many}, annotations: {kubectl.kubernetes.io/default-container: second}}
  > spec:
  >   initContainers:
  >   - {name: before, image: busybox, command: [echo, from before]}
  >   containers:
  >   - {name: first, image: busybox, command: [sh, -c, "echo from first; if [ -e /data/again ]; then exec sleep 1000; fi; touch /data/again; exit 3"], volumeMounts: [{name: data, mountPath: /data}]}
  >   - {name: second, image: busybox, command: [sh, -c, "echo from second; exec sleep 1000"]}
  >   volumes: [{name: data, emptyDir: {}}]
  > END
  pod/many created
  ~ kubectl get pod many
  NAME READY STATUS RESTARTS AGE (glob)
  many 2/2 Running 1 (* ago) * (glob)
  $ kubectl logs many
  from second
  (old:)
  error: a container name must be specified for pod many, choose one of: [first second] or one of the init containers: [before]
  [1]
  $ kubectl logs many -c before
  from before
  $ kubectl logs many first --previous
  from first
  $ kubectl logs many --all-containers | sort
  from before
  from first
  from second
  $ kubectl logs -l app=many --all-containers --prefix | sort
  [pod/many/before] from before
  [pod/many/first] from first
  [pod/many/second] from second
  $ kubectl exec many -- echo hello
  hello
  (old:)
  Defaulting container name to first.
  Use 'kubectl describe pod/many -n NS' to see all of the containers in this pod.
  hello
  $ kubectl exec many -c first -- ls /data
  again
  $ kubectl get pod many -o jsonpath='{.status.containerStatuses[0].lastState.terminated.exitCode}'
  3
  $ kubectl get pod many -o custom-columns='C:.spec.containers[*].name,INIT:.status.initContainerStatuses[0].state.terminated.reason'
  C INIT (glob)
  first,second   Completed

Commands in pods.

  $ kubectl exec many -- sh -c 'echo out; echo err >&2; exit 3' 2>&1 | sort
  command terminated with exit code 3
  err
  out
  (old:)
  Defaulting container name to first.
  Use 'kubectl describe pod/many -n NS' to see all of the containers in this pod.
  command terminated with exit code 3
  err
  out
  $ kubectl exec many -- sh -c 'exit 3' 2> /dev/null
  [3]
  $ echo from outside | kubectl exec -i many -- cat
  from outside
  (old:)
  Defaulting container name to first.
  Use 'kubectl describe pod/many -n NS' to see all of the containers in this pod.
  from outside
  $ head -c 3000000 /dev/zero | kubectl exec -i many -- wc -c
  3000000
  (old:)
  Defaulting container name to first.
  Use 'kubectl describe pod/many -n NS' to see all of the containers in this pod.
  3000000
  $ kubectl exec many -- head -c 3000000 /dev/zero | wc -c
  3000000
  (old:)
  Defaulting container name to first.
  Use 'kubectl describe pod/many -n NS' to see all of the containers in this pod.
  3000000
  $ kubectl exec many -- no-such-program
  error: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: exec: "no-such-program": executable file not found in $PATH
  [1]
  (old:)
  Defaulting container name to first.
  Use 'kubectl describe pod/many -n NS' to see all of the containers in this pod.
  error: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container process: exec: "no-such-program": executable file not found in $PATH
  [1]
  $ kubectl exec many -c nothing -- true
  Error from server (BadRequest): container nothing is not valid for pod many
  [1]
  $ kubectl exec nobody -- true
  Error from server (NotFound): pods "nobody" not found
  [1]
  $ kubectl exec pod/many -- sh -c 'echo $HOSTNAME'
  many
  (old:)
  Defaulting container name to first.
  Use 'kubectl describe pod/many -n NS' to see all of the containers in this pod.
  many
  $ kubectl exec many -- sh -c 'kill -9 $$'
  command terminated with exit code 137
  [137]
  (old:)
  Defaulting container name to first.
  Use 'kubectl describe pod/many -n NS' to see all of the containers in this pod.
  command terminated with exit code 137
  [137]

With a terminal.

  $ alias terminal="python3 $SCRIPTS/../terminal.py"
  $ terminal 24 80 '' kubectl exec -it many -- sh -c 'test -t 0 && test -t 1 && test -t 2 && echo a terminal'
  a terminal
  (old:)
  Defaulting container name to first.
  Use 'kubectl describe pod/many -n NS' to see all of the containers in this pod.
  a terminal
  $ terminal 37 101 '' kubectl exec -it many -- sh -c 'for i in 1 2 3 4 5 6 7 8 9; do [ "$(stty size)" = "0 0" ] && sleep 0.1; done; stty size'
  37 101
  (old:)
  Defaulting container name to first.
  Use 'kubectl describe pod/many -n NS' to see all of the containers in this pod.
  37 101
  $ terminal 24 80 '' kubectl exec -it many -- sh -c 'exit 5'
  command terminated with exit code 5
  [5]
  (old:)
  Defaulting container name to first.
  Use 'kubectl describe pod/many -n NS' to see all of the containers in this pod.
  command terminated with exit code 5
  [5]
  $ terminal 24 80 ready kubectl exec -it many -- sh -c 'trap "echo interrupted; exit 7" INT; echo ready; while :; do sleep 0.1; done'
  ready
  *interrupted (glob)
  command terminated with exit code 7
  [7]
  (old:)
  Defaulting container name to first.
  Use 'kubectl describe pod/many -n NS' to see all of the containers in this pod.
  ready
  ^Cinterrupted
  command terminated with exit code 7
  [7]

Files go in and out.

  $ echo content > a.txt; mkdir -p tree/deep; echo one > tree/one; echo two > tree/deep/two
  $ kubectl cp a.txt many:/tmp/a.txt
  (old:)
  Defaulting container name to first.
  $ kubectl exec many -- cat /tmp/a.txt
  content
  (old:)
  Defaulting container name to first.
  Use 'kubectl describe pod/many -n NS' to see all of the containers in this pod.
  content
  $ kubectl cp many:/tmp/a.txt back.txt 2> /dev/null; cat back.txt
  content
  (old:)
  Defaulting container name to first.
  content
  $ kubectl cp many:tmp/a.txt back2.txt; cat back2.txt
  content
  (old:)
  Defaulting container name to first.
  content
  $ kubectl cp tree many:/tmp/tree; kubectl exec many -- cat /tmp/tree/deep/two
  two
  (old:)
  Defaulting container name to first.
  Defaulting container name to first.
  Use 'kubectl describe pod/many -n NS' to see all of the containers in this pod.
  two
  $ kubectl cp many:/tmp/tree copied 2> /dev/null; (cd copied && find . -type f | sort)
  ./deep/two
  ./one
  (old:)
  Defaulting container name to first.
  ./deep/two
  ./one
  $ kubectl cp -c first a.txt many:/data/a.txt; kubectl exec many -c first -- cat /data/a.txt
  content
  $ kubectl cp $NS/many:/data data -c first 2> /dev/null; ls data
  a.txt
  again

A pod for one command. One that ends at once may be over before kubectl is attached; then kubectl shows its log and says so.

  $ kubectl run once --image=busybox --restart=Never -i --rm --quiet -- echo from once 2> /dev/null
  from once
  $ echo words | kubectl run once --image=busybox --restart=Never -i --rm --quiet -- cat
  words
  $ kubectl run once --image=busybox --restart=Never -i --rm --quiet -- sh -c 'exit 4' 2> /dev/null
  [4]
  $ terminal 24 80 '' kubectl run once --image=busybox --restart=Never -it --rm --quiet -- sh -c 'sleep 1; test -t 0 && echo a terminal'
  ...
  a terminal
  $ kubectl run env --image=busybox --restart=Never --env=COLOUR=blue --labels=a=b --port=80 --dry-run=client -o name
  pod/env
  $ kubectl get pod once
  Error from server (NotFound): pods "once" not found
  [1]

Attach.

  $ kubectl apply -f - <<'END'
  > apiVersion: v1
  > kind: Pod
  > metadata: {name: reader}
  > spec:
  >   restartPolicy: Never
  >   containers: [{name: reader, image: busybox, stdin: true, stdinOnce: true, command: [sh, -c, 'read word; echo got $word']}]
  > END
  pod/reader created
  $ kubectl wait --for=condition=Ready pod/reader --timeout=60s
  pod/reader condition met
  (not old: Error: unknown flag: --quiet)
  $ echo hello | timeout 20 kubectl attach -i reader --quiet
  got hello
  (not old: error: unrecognized condition: "jsonpath={.status.phase}=Succeeded")
  $ kubectl wait --for=jsonpath='{.status.phase}'=Succeeded pod/reader --timeout=60s
  pod/reader condition met
  $ kubectl logs reader
  got hello
  (old:)
  (not old: Error: unknown flag: --quiet)
  $ timeout 2 kubectl attach many -c second --quiet
  [124]
