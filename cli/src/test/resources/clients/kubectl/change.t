Patches of each type.

  $ kubectl create deployment web --image=nginx --replicas=0
  deployment.apps/web created
  $ kubectl patch deployment web -p '{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"busybox"}]}}}}'
  deployment.apps/web patched
  $ kubectl get deployment web -o jsonpath='{.spec.template.spec.containers[*].name}'
  side nginx
  $ kubectl patch deployment web -p '{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"alpine"}]}}}}' --type=strategic
  deployment.apps/web patched
  $ kubectl patch deployment web --type=json -p '[{"op":"remove","path":"/spec/template/spec/containers/0"}]'
  deployment.apps/web patched
  $ kubectl get deployment web -o jsonpath='{.spec.template.spec.containers[*].name}'
  nginx
  $ kubectl patch deployment web --type=merge -p '{"metadata":{"annotations":{"a":"b"}}}'
  deployment.apps/web patched
  $ kubectl patch deployment web --type=merge -p '{"metadata":{"annotations":{"a":"b"}}}'
  deployment.apps/web patched (no change)
  $ kubectl patch deployment web --type=json -p '[{"op":"test","path":"/spec/replicas","value":7}]'
  The request is invalid: the server rejected our request due to an error in our request
  [1]
  (old:)
  The request is invalid
  [1]
  $ kubectl patch deployment web --type=merge -p '{"spec":{"replicas":"many"}}'
  The request is invalid: patch: Invalid value: "*": json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32 (glob)
  [1]
  $ kubectl patch deployment web --type=merge -p '{"spec":{"replicas":1'
  Error from server (BadRequest): error decoding patch: unexpected end of JSON input
  [1]
  (not old: Error: unknown flag: --subresource)
  $ kubectl patch deployment web --subresource=scale --type=merge -p '{"spec":{"replicas":0}}'
  scale.autoscaling/web patched (no change)
  $ kubectl patch deployment nobody -p '{}'
  Error from server (NotFound): deployments.apps "nobody" not found
  [1]

Labels and annotations.

  $ kubectl label deployment web tier=front
  deployment.apps/web labeled
  $ kubectl label deployment web tier=back
  error: 'tier' already has a value (front), and --overwrite is false
  [1]
  $ kubectl label deployment web tier=back --overwrite
  deployment.apps/web labeled
  $ kubectl label deployment web tier-
  deployment.apps/web unlabeled
  (old:)
  deployment.apps/web labeled
  $ kubectl label deployment web 'bad=value with blanks'
  error: invalid label value: "bad=value with blanks": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')
  [1]
  $ kubectl label deployment --all room=1
  deployment.apps/web labeled
  $ kubectl label deployment web --list | sort
  app=web
  room=1
  $ kubectl annotate deployment web note='some words'
  deployment.apps/web annotated
  $ kubectl annotate deployment web note=
  error: --overwrite is false but found the following declared annotation(s): 'note' already has a value (some words)
  [1]
  $ kubectl annotate deployment web note-
  deployment.apps/web annotated
  $ kubectl label deployment web x=y --resource-version=1
  Error from server (Conflict): Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again
  [1]

An editor.

  $ export EDITOR=./editor; printf '#!/bin/sh\nexec sed -i "$EDIT" "$1"\n' > editor; chmod +x editor
  $ EDIT='s/image: nginx/image: busybox/' kubectl edit deployment web
  deployment.apps/web edited
  $ kubectl get deployment web -o jsonpath='{.spec.template.spec.containers[0].image}'
  busybox
  $ EDIT='s/nothing/nothing/' kubectl edit deployment web
  Edit cancelled, no changes made.
  $ EDIT='s/replicas: 0/replicas: -1/' kubectl edit deployment web 2>&1 | grep -v kubectl-edit
  error: deployments.apps "web" is invalid
  error: Edit cancelled, no valid changes were saved.
  $ rm -f /tmp/kubectl-edit-*
  $ EDIT='s/"room": "1"/"room": "2"/' kubectl edit deployment web -o json --output-patch | head -1
  Patch: {"metadata":{"labels":{"room":"2"}}}
  $ KUBE_EDITOR='sed -i s/room:/space:/' kubectl edit deploy/web --windows-line-endings=false
  deployment.apps/web edited
  $ EDITOR=false kubectl edit deployment web
  error: there was a problem with the editor "false"
  [1]

Images, environment and resources.

  $ kubectl set image deployment/web nginx=alpine
  deployment.apps/web image updated
  $ kubectl set image deployment/web nothing=alpine
  error: unable to find container named "nothing"
  [1]
  $ kubectl set env deployment/web COLOUR=blue SIZE=3
  deployment.apps/web env updated
  $ kubectl set env deployment/web --list
  # Deployment web, container nginx
  COLOUR=blue
  SIZE=3
  $ kubectl set env deployment/web SIZE-
  deployment.apps/web env updated
  $ kubectl create configmap settings --from-literal=shape=round
  configmap/settings created
  $ kubectl set env deployment/web --from=configmap/settings
  Warning: key shape transferred to SHAPE
  deployment.apps/web env updated
  (old:)
  deployment.apps/web env updated
  $ kubectl get deployment web -o jsonpath='{.spec.template.spec.containers[0].env}'
  [{"name":"COLOUR","value":"blue"},{"name":"SHAPE","valueFrom":{"configMapKeyRef":{"key":"shape","name":"settings"}}}]
  $ kubectl set resources deployment web --limits=cpu=200m,memory=64Mi --requests=cpu=100m
  deployment.apps/web resource requirements updated
  $ kubectl get deployment web -o jsonpath='{.spec.template.spec.containers[0].resources}'
  {"limits":{"cpu":"200m","memory":"64Mi"},"requests":{"cpu":"100m"}}
  $ kubectl create serviceaccount robot
  serviceaccount/robot created
  $ kubectl set serviceaccount deployment web robot
  deployment.apps/web serviceaccount updated
  $ kubectl set selector service web app=web2
  Error from server (NotFound): services "web" not found
  [1]
  $ kubectl create rolebinding view --clusterrole=view --user=nobody
  rolebinding.rbac.authorization.k8s.io/view created
  $ kubectl set subject rolebinding view --user=ann
  rolebinding.rbac.authorization.k8s.io/view subjects updated
  $ kubectl get rolebinding view -o jsonpath='{.subjects[*].name}'
  nobody ann
  $ kubectl expose deployment web --port=80
  service/web exposed
  $ kubectl set selector service web app=web2
  service/web selector updated
