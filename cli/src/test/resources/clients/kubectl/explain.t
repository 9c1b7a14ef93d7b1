Explain of built-in kinds and of custom ones.

  $ kubectl explain pods | head -8
  KIND:       Pod
  VERSION:    v1
  
  DESCRIPTION:
      Pod is a collection of containers that can run on a host. This resource is
      created by clients and scheduled onto hosts.
      
  FIELDS:
  (old:)
  KIND:     Pod
  VERSION:  v1
  
  DESCRIPTION:
       Pod is a collection of containers that can run on a host. This resource is
       created by clients and scheduled onto hosts.
  
  FIELDS:
  $ kubectl explain pods.spec.containers.imagePullPolicy
  KIND:       Pod
  VERSION:    v1
  
  FIELD: imagePullPolicy <string>
  ENUM:
      Always
      IfNotPresent
      Never
  
  DESCRIPTION:
      Image pull policy. One of Always, Never, IfNotPresent. Defaults to Always if
      :latest tag is specified, or IfNotPresent otherwise. Cannot be updated. More
      info: https://kubernetes.io/docs/concepts/containers/images#updating-images
      
  
  (old:)
  KIND:     Pod
  VERSION:  v1
  
  FIELD:    imagePullPolicy <string>
  
  DESCRIPTION:
       Image pull policy. One of Always, Never, IfNotPresent. Defaults to Always
       if :latest tag is specified, or IfNotPresent otherwise. Cannot be updated.
       More info:
       https://kubernetes.io/docs/concepts/containers/images#updating-images
  $ kubectl explain deployment.spec.strategy.rollingUpdate.maxSurge | head -6
  GROUP:      apps
  KIND:       Deployment
  VERSION:    v1
  
  FIELD: maxSurge <IntOrString>
  
  (old:)
  KIND:     Deployment
  VERSION:  apps/v1
  
  FIELD:    maxSurge <string>
  
  DESCRIPTION:
  $ kubectl explain --recursive pdb.spec
  GROUP:      policy
  KIND:       PodDisruptionBudget
  VERSION:    v1
  
  FIELD: spec <PodDisruptionBudgetSpec>
  
  
  DESCRIPTION:
      PodDisruptionBudgetSpec is a description of a PodDisruptionBudget.
      
  FIELDS:
    maxUnavailable	<IntOrString>
    minAvailable	<IntOrString>
    selector	<LabelSelector>
      matchExpressions	<[]LabelSelectorRequirement>
        key	<string> -required-
        operator	<string> -required-
        values	<[]string>
      matchLabels	<map[string]string>
    unhealthyPodEvictionPolicy	<string>
    enum: AlwaysAllow, IfHealthyBudget
  
  (old:)
  KIND:     PodDisruptionBudget
  VERSION:  policy/v1
  
  RESOURCE: spec <Object>
  
  DESCRIPTION:
  
       PodDisruptionBudgetSpec is a description of a PodDisruptionBudget.
  
  FIELDS:
     maxUnavailable	<string>
     minAvailable	<string>
     selector	<Object>
        matchExpressions	<[]Object>
           key	<string>
           operator	<string>
           values	<[]string>
        matchLabels	<map[string]string>
     unhealthyPodEvictionPolicy	<string>
  $ kubectl explain jobs --api-version=batch/v1 | head -5
  GROUP:      batch
  KIND:       Job
  VERSION:    v1
  
  DESCRIPTION:
  (old:)
  KIND:     Job
  VERSION:  batch/v1
  
  DESCRIPTION:
       Job represents the configuration of a single job.
  $ kubectl explain tfjob | head -8
  GROUP:      kubeflow.org
  KIND:       TFJob
  VERSION:    v1
  
  DESCRIPTION:
      A training job of TensorFlow: groups of pods that find each other through
      TF_CONFIG.
      
  (old:)
  KIND:     TFJob
  VERSION:  kubeflow.org/v1
  
  DESCRIPTION:
       A training job of TensorFlow: groups of pods that find each other through
       TF_CONFIG.
  
  FIELDS:
  $ kubectl explain tfjob.spec
  GROUP:      kubeflow.org
  KIND:       TFJob
  VERSION:    v1
  
  FIELD: spec <Object>
  
  
  DESCRIPTION:
      What shall run.
      
  FIELDS:
    enableDynamicWorker	<boolean>
      Workers may come and go: each is told of the parameter servers and itself
      only, and a failed worker does not fail the job.
  
    runPolicy	<Object>
      Limits and clean-up.
  
    successPolicy	<string>
      When a job without a chief has succeeded: as soon as worker 0 has (empty),
      or AllWorkers.
  
    tfReplicaSpecs	<map[string]Object> -required-
      The groups of pods by replica type: Chief, Master, Worker, PS, Evaluator.
  
  
  (old:)
  KIND:     TFJob
  VERSION:  kubeflow.org/v1
  
  RESOURCE: spec <Object>
  
  DESCRIPTION:
       What shall run.
  
  FIELDS:
     enableDynamicWorker	<boolean>
       Workers may come and go: each is told of the parameter servers and itself
       only, and a failed worker does not fail the job.
  
     runPolicy	<Object>
       Limits and clean-up.
  
     successPolicy	<string>
       When a job without a chief has succeeded: as soon as worker 0 has (empty),
       or AllWorkers.
  
     tfReplicaSpecs	<map[string]Object> -required-
       The groups of pods by replica type: Chief, Master, Worker, PS, Evaluator.
  
  $ kubectl explain tfjob.spec.runPolicy.cleanPodPolicy
  GROUP:      kubeflow.org
  KIND:       TFJob
  VERSION:    v1
  
  FIELD: cleanPodPolicy <string>
  
  
  DESCRIPTION:
      Which pods are deleted when the job has ended: None, Running (those that
      still run or wait), All.
      
  
  (old:)
  KIND:     TFJob
  VERSION:  kubeflow.org/v1
  
  FIELD:    cleanPodPolicy <string>
  
  DESCRIPTION:
       Which pods are deleted when the job has ended: None, Running (those that
       still run or wait), All.
  $ kubectl explain tfjob.spec --recursive | grep -E '^    (cleanPodPolicy|Chief|template)'
      cleanPodPolicy	<string>
      template	<Object>
  (old:)
  [1]

  $ kubectl explain pods.nothing
  KIND:       Pod
  VERSION:    v1
  
  error: field "nothing" does not exist
  [1]
  (old:)
  error: field "nothing" does not exist
  [1]
  $ kubectl explain nothing
  the server doesn't have a resource type "nothing"
  [1]
  (not old: Error: unknown flag: --output)
  $ kubectl explain pods.spec.containers.name --output=plaintext-openapiv2
  KIND: Pod (glob)
  VERSION: v1 (glob)
  
  FIELD: name <string> (glob)
  
  DESCRIPTION:
       Name of the container specified as a DNS_LABEL. Each container in a pod
       must have a unique name (DNS_LABEL). Cannot be updated.
  (not old: Error: unknown flag: --output)
  $ kubectl explain tfjob.spec.runPolicy.cleanPodPolicy --output=plaintext-openapiv2
  KIND:     TFJob
  VERSION:  kubeflow.org/v1
  
  FIELD:    cleanPodPolicy <string>
  
  DESCRIPTION:
       Which pods are deleted when the job has ended: None, Running (those that
       still run or wait), All.
