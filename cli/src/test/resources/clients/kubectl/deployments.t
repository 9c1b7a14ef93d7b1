A deployment that rolls forth and back.

  $ kubectl create deployment web --image=busybox --replicas=2 -- sleep 1000
  deployment.apps/web created
  $ kubectl rollout status deployment/web --timeout=60s | tail -1
  deployment "web" successfully rolled out
  $ kubectl get deployment web
  NAME READY UP-TO-DATE AVAILABLE AGE (glob)
  web 2/2 2 2 * (glob)
  $ kubectl get deployment web -o wide
  NAME READY UP-TO-DATE AVAILABLE AGE CONTAINERS IMAGES SELECTOR (glob)
  web 2/2 2 2 * busybox busybox app=web (glob)
  $ kubectl get rs,pods -l app=web
  NAME DESIRED CURRENT READY AGE (glob)
  replicaset.apps/web-* 2 2 2 * (glob)
  
  NAME READY STATUS RESTARTS AGE (glob)
  pod/web-* 1/1 Running 0 * (glob)
  pod/web-* 1/1 Running 0 * (glob)
  $ kubectl scale deployment web --replicas=3
  deployment.apps/web scaled
  $ kubectl scale deployment web --replicas=1 --current-replicas=7
  error: Expected replicas to be 7, was 3
  [1]
  ~ kubectl get deployment web -o jsonpath='{.status.readyReplicas}'
  3
  $ kubectl set image deployment/web busybox=alpine
  deployment.apps/web image updated
  $ kubectl annotate deployment/web kubernetes.io/change-cause='another image'
  deployment.apps/web annotated
  $ kubectl rollout status deployment/web --timeout=60s | tail -1
  deployment "web" successfully rolled out
  $ kubectl rollout history deployment/web
  deployment.apps/web 
  REVISION CHANGE-CAUSE (glob)
  1         <none>
  2         another image
  
  $ kubectl rollout history deployment/web --revision=2
  deployment.apps/web with revision #2
  Pod Template:
    Labels:	app=web
  	pod-template-hash=* (glob)
    Annotations:	kubernetes.io/change-cause: another image
    Containers:
     busybox:
      Image:	alpine
      Port:	<none>
      Host Port:	<none>
      Command:
        sleep
        1000
      Environment:	<none>
      Mounts:	<none>
    Volumes:	<none>
    Node-Selectors:	<none>
    Tolerations:	<none>
  
  (old:)
  deployment.apps/web with revision #2
  Pod Template:
    Labels:	app=web
  	pod-template-hash=dfmkmnpnvt
    Annotations:	kubernetes.io/change-cause: another image
    Containers:
     busybox:
      Image:	alpine
      Port:	<none>
      Host Port:	<none>
      Command:
        sleep
        1000
      Environment:	<none>
      Mounts:	<none>
    Volumes:	<none>
  
  $ kubectl rollout undo deployment/web
  deployment.apps/web rolled back
  $ kubectl rollout status deployment/web --timeout=60s | tail -1
  deployment "web" successfully rolled out
  $ kubectl get deployment web -o jsonpath='{.spec.template.spec.containers[0].image}'
  busybox
  $ kubectl rollout undo deployment/web --to-revision=2
  deployment.apps/web rolled back
  $ kubectl rollout undo deployment/web --to-revision=20
  error: unable to find specified revision 20 in history
  [1]
  $ kubectl rollout pause deployment/web
  deployment.apps/web paused
  $ kubectl rollout pause deployment/web
  error: deployments.apps "web" is already paused
  [1]
  $ kubectl set env deployment/web A=b
  deployment.apps/web env updated
  $ kubectl rollout restart deployment/web
  error: deployments.apps "web" can't restart paused deployment (run rollout resume first)
  [1]
  $ kubectl rollout resume deployment/web
  deployment.apps/web resumed
  $ kubectl rollout restart deployment/web
  deployment.apps/web restarted
  $ kubectl rollout status deployment/web --timeout=60s | tail -1
  deployment "web" successfully rolled out
  $ kubectl get deployment web -o jsonpath='{.metadata.annotations.deployment\.kubernetes\.io/revision}'
  6
  $ kubectl rollout status deployment/nobody
  Error from server (NotFound): deployments.apps "nobody" not found
  [1]
  $ kubectl wait --for=condition=Available deployment/web --timeout=60s
  deployment.apps/web condition met
  $ kubectl wait --for=condition=Nothing deployment/web --timeout=1s
  error: timed out waiting for the condition on deployments/web
  [1]
  $ kubectl expose deployment web --port=80 --target-port=8080 --name=svc --type=NodePort
  service/svc exposed
  $ kubectl get service svc
  NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE (glob)
  svc NodePort * <none> 80:*/TCP * (glob)
  $ kubectl autoscale deployment web --max=3
  horizontalpodautoscaler.autoscaling/web autoscaled
  (old:)
  Error from server (NotFound): the server could not find the requested resource
  [1]
  $ kubectl get pods -l app=web --field-selector=status.phase=Running -o name | wc -l
  3
  $ kubectl delete deployment web --cascade=orphan
  deployment.apps "web" deleted from NS namespace
  (old:)
  deployment.apps "web" deleted
  $ kubectl get rs -l app=web -o name | wc -l
  4
  $ kubectl delete rs -l app=web --cascade=foreground --timeout=60s
  replicaset.apps "web-*" deleted from NS namespace (glob)
  replicaset.apps "web-*" deleted from NS namespace (glob)
  replicaset.apps "web-*" deleted from NS namespace (glob)
  replicaset.apps "web-*" deleted from NS namespace (glob)
  (old:)
  replicaset.apps "web-*" deleted (glob)
  replicaset.apps "web-*" deleted (glob)
  replicaset.apps "web-*" deleted (glob)
  replicaset.apps "web-*" deleted (glob)
  ~ kubectl get pods -l app=web
  No resources found in NS namespace.

A daemon set and a replica set.

  $ kubectl apply -f - <<END
  > apiVersion: apps/v1
  > kind: DaemonSet
  > metadata: {name: everywhere}
  > spec:
  >   selector: {matchLabels: {app: everywhere}}
  >   template:
  >     metadata: {labels: {app: everywhere}}
  >     spec: {containers: [{name: main, image: pause}]}
  > END
  daemonset.apps/everywhere created
  $ kubectl rollout status daemonset/everywhere --timeout=60s | tail -1
  daemon set "everywhere" successfully rolled out
  $ kubectl get daemonset everywhere
  NAME DESIRED CURRENT READY UP-TO-DATE AVAILABLE NODE SELECTOR AGE (glob)
  everywhere 3 3 3 3 3 <none> * (glob)
  $ kubectl rollout restart daemonset/everywhere
  daemonset.apps/everywhere restarted
  $ kubectl rollout status daemonset/everywhere --timeout=60s | tail -1
  daemon set "everywhere" successfully rolled out
  $ kubectl delete daemonset everywhere
  daemonset.apps "everywhere" deleted from NS namespace
  (old:)
  daemonset.apps "everywhere" deleted
  $ kubectl apply -f - <<END
  > apiVersion: apps/v1
  > kind: ReplicaSet
  > metadata: {name: pair}
  > spec:
  >   replicas: 2
  >   selector: {matchLabels: {app: pair}}
  >   template:
  >     metadata: {labels: {app: pair}}
  >     spec: {containers: [{name: main, image: pause}]}
  > END
  replicaset.apps/pair created
  $ kubectl scale rs/pair --replicas=1
  replicaset.apps/pair scaled
  ~ kubectl get rs pair --no-headers
  pair 1 1 1 * (glob)

Ports from here to there.

  $ kubectl create deployment site --image=nginx --port=80
  deployment.apps/site created
  $ kubectl expose deployment site
  service/site exposed
  $ kubectl rollout status deployment/site --timeout=60s | tail -1
  deployment "site" successfully rolled out
  ~ kubectl logs deployment/site | grep -c port
  1
  $ cat > forward <<'END'
  > : > forward.out
  > kubectl port-forward "$1" :80 --address=127.0.0.1 > forward.out 2>&1 &
  > forward=$!
  > for i in $(seq 100); do port=$(sed -n 's/Forwarding from 127.0.0.1:\([0-9]*\) .*/\1/p' forward.out); [ -n "$port" ] && break; sleep 0.1; done
  > for i in 1 2 3; do python3 -c "import sys,urllib.request as u; print(u.urlopen(sys.argv[1]).read().count(b'nginx'))" http://127.0.0.1:$port/; done
  > kill $forward
  > END
  $ sh forward deployment/site
  2
  2
  2
  $ sh forward service/site
  2
  2
  2
  $ kubectl port-forward pod/nobody 8080:80
  Error from server (NotFound): pods "nobody" not found
  [1]
  $ kubectl port-forward service/site :81
  error: Service site does not have a service port 81
  [1]
