Jobs.

  $ kubectl create job hello --image=busybox -- echo hello there
  job.batch/hello created
  $ kubectl wait --for=condition=complete job/hello --timeout=60s
  job.batch/hello condition met
  $ kubectl get job hello
  NAME STATUS COMPLETIONS DURATION AGE (glob)
  hello Complete 1/1 * * (glob)
  $ kubectl get job hello -o wide
  NAME STATUS COMPLETIONS DURATION AGE CONTAINERS IMAGES SELECTOR (glob)
  hello Complete 1/1 * * hello busybox batch.kubernetes.io/controller-uid=* (glob)
  $ kubectl logs job/hello
  hello there
  $ kubectl get pods -l job-name=hello
  NAME READY STATUS RESTARTS AGE (glob)
  hello-* 0/1 Completed 0 * (glob)
  $ kubectl create job wrong --image=busybox -- sh -c 'exit 3'
  job.batch/wrong created
  $ kubectl patch job wrong --type=merge -p '{"spec":{"backoffLimit":0}}'
  job.batch/wrong patched
  $ kubectl wait --for=condition=failed job/wrong --timeout=60s
  job.batch/wrong condition met
  $ kubectl get job wrong
  NAME STATUS COMPLETIONS DURATION AGE (glob)
  wrong Failed 0/1 * * (glob)
  $ kubectl apply -f - <<'END'
  > apiVersion: batch/v1
  > kind: Job
  > metadata: {name: parts}
  > spec:
  >   completions: 3
  >   parallelism: 3
  >   completionMode: Indexed
  >   backoffLimit: 0
  >   template:
  >     spec:
  >       restartPolicy: Never
  >       containers: [{name: main, image: busybox, command: [sh, -c, 'echo part $JOB_COMPLETION_INDEX']}]
  > END
  job.batch/parts created
  $ kubectl wait --for=condition=complete job/parts --timeout=60s
  job.batch/parts condition met
  $ kubectl logs -l job-name=parts | sort
  part 0
  part 1
  part 2
  $ kubectl get job parts -o jsonpath='{.status.completedIndexes}'
  0-2
  $ kubectl create job later --from=cronjob/nothing
  error: the server doesn't have a resource type "cronjob"
  [1]
  $ kubectl create cronjob tick --image=busybox --schedule='* * * * *' -- true
  error: failed to create cronjob: the server could not find the requested resource
  [1]
  $ kubectl get cronjobs
  error: the server doesn't have a resource type "cronjobs"
  [1]
  $ kubectl create -f - <<END
  > apiVersion: batch/v1
  > kind: Job
  > metadata: {generateName: made-}
  > spec: {suspend: true, template: {spec: {restartPolicy: Never, containers: [{name: main, image: busybox, command: ['true']}]}}}
  > END
  job.batch/made-* created (glob)
  $ kubectl delete job hello
  job.batch "hello" deleted from NS namespace
  (old:)
  job.batch "hello" deleted
  ~ kubectl get pods -l job-name=hello
  No resources found in NS namespace.
  $ kubectl delete job --all --wait=true
  job.batch "made-*" deleted from NS namespace (glob)
  job.batch "parts" deleted from NS namespace
  job.batch "wrong" deleted from NS namespace
  (old:)
  job.batch "made-*" deleted (glob)
  job.batch "parts" deleted
  job.batch "wrong" deleted

A TFJob is a kind like any other.

  $ kubectl apply -f - <<END
  > apiVersion: kubeflow.org/v1
  > kind: TFJob
  > metadata: {name: training}
  > spec:
  >   tfReplicaSpecs:
  >     Worker:
  >       replicas: 2
  >       restartPolicy: Never
  >       template: {spec: {containers: [{name: tensorflow, image: mlk/simulated, args: [--duration=1s, "--log=step=1"]}]}}
  > END
  tfjob.kubeflow.org/training created
  $ kubectl get tfjobs
  NAME STATE AGE (glob)
  training * (glob)
  $ kubectl wait --for=condition=Succeeded tfjob/training --timeout=60s
  tfjob.kubeflow.org/training condition met
  $ kubectl get tfjob training -o jsonpath='{.status.replicaStatuses}'
  {"Worker":{"succeeded":2}}
  $ kubectl describe tfjob training | grep -A3 'Replica Statuses:'
    Replica Statuses:
      Worker:
        Succeeded:  2
    Start Time: * (glob)
  $ kubectl get tfjob training -o yaml | grep -A1 '^  tfReplicaSpecs'
    tfReplicaSpecs:
      Worker:
  $ kubectl patch tfjob training -p '{"metadata":{"labels":{"a":"b"}}}'
  error: application/strategic-merge-patch+json is not supported by kubeflow.org/v1, Kind=TFJob: the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml
  [1]
  (old:)
  Error from server (UnsupportedMediaType): the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml
  [1]
  $ kubectl patch tfjob training --type=merge -p '{"metadata":{"labels":{"a":"b"}}}'
  tfjob.kubeflow.org/training patched
  $ kubectl label tfjob training a=c --overwrite
  tfjob.kubeflow.org/training labeled
  $ kubectl apply -f - <<END
  > apiVersion: kubeflow.org/v1
  > kind: TFJob
  > metadata: {name: bad}
  > spec: {tfReplicaSpecs: {Worker: {replicas: two, template: {spec: {containers: [{name: tensorflow, image: x}]}}}}}
  > END
  The TFJob "bad" is invalid: 
  * spec.tfReplicaSpecs.Worker.replicas: Invalid value: "string": spec.tfReplicaSpecs.Worker.replicas in body must be of type integer: "string"
  * <nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation
  [1]
  (old:)
  error: error validating "STDIN": error validating data: ValidationError(TFJob.spec.tfReplicaSpecs.Worker.replicas): invalid type for org.kubeflow.v1.TFJob.spec.tfReplicaSpecs.replicas: got "string", expected "integer"; if you choose to ignore these errors, turn validation off with --validate=false
  [1]
  $ kubectl delete tfjob training
  tfjob.kubeflow.org "training" deleted from NS namespace
  (old:)
  tfjob.kubeflow.org "training" deleted
