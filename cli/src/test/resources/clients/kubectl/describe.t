Describe of every kind.

  $ kubectl create deployment web --image=nginx --replicas=1 --port=80
  deployment.apps/web created
  $ kubectl rollout status deployment/web --timeout=60s
  ...
  deployment "web" successfully rolled out
  $ kubectl expose deployment web
  service/web exposed
  $ kubectl create job once --image=busybox -- echo done
  job.batch/once created
  $ kubectl wait --for=condition=complete job/once --timeout=60s
  job.batch/once condition met
  $ kubectl create -f - <<END
  > apiVersion: v1
  > kind: PersistentVolumeClaim
  > metadata: {name: data}
  > spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
  > END
  persistentvolumeclaim/data created
  ~ kubectl get pvc data -o jsonpath='{.status.phase}'
  Bound
  $ kubectl create -f - <<END
  > apiVersion: v1
  > kind: LimitRange
  > metadata: {name: limits}
  > spec: {limits: [{type: Container, max: {cpu: "4"}, default: {cpu: 500m}, defaultRequest: {cpu: 100m}}]}
  > END
  limitrange/limits created
  $ kubectl create quota pods --hard=pods=10,requests.nvidia.com/gpu=2
  resourcequota/pods created
  $ kubectl create role reader --verb=get,list --resource=pods,deployments.apps
  role.rbac.authorization.k8s.io/reader created
  $ kubectl create rolebinding readers --role=reader --serviceaccount=$NS:default
  rolebinding.rbac.authorization.k8s.io/readers created
  $ kubectl create secret generic word --from-literal=password=xyzzy
  secret/word created
  $ kubectl create configmap settings --from-literal=colour=blue
  configmap/settings created
  $ kubectl apply -f - <<END
  > apiVersion: policy/v1
  > kind: PodDisruptionBudget
  > metadata: {name: web, annotations: {}}
  > spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
  > END
  poddisruptionbudget.policy/web created
  ~ kubectl get endpoints web -o jsonpath='{.subsets[0].ports[0].port}' 2> /dev/null
  80
  $ kubectl describe deployment web
  Name: web (glob)
  Namespace: NS (glob)
  CreationTimestamp: * (glob)
  Labels: app=web (glob)
  Annotations: deployment.kubernetes.io/revision: 1 (glob)
  Selector: app=web (glob)
  Replicas: 1 desired | 1 updated | 1 total | 1 available | 0 unavailable (glob)
  StrategyType: RollingUpdate (glob)
  MinReadySeconds: 0 (glob)
  RollingUpdateStrategy: 25% max unavailable, 25% max surge (glob)
  Pod Template:
    Labels: app=web (glob)
    Containers:
     nginx:
      Image: nginx (glob)
      Port: 80/TCP (glob)
      Host Port: 0/TCP (glob)
      Environment: <none> (glob)
      Mounts: <none> (glob)
    Volumes: <none> (glob)
    Node-Selectors: <none> (glob)
    Tolerations: <none> (glob)
  Conditions:
    Type Status Reason (glob)
    ---- ------ ------ (glob)
    Available True MinimumReplicasAvailable (glob)
    Progressing True NewReplicaSetAvailable (glob)
  OldReplicaSets: <none> (glob)
  NewReplicaSet: web-* (1/1 replicas created) (glob)
  Events:
    Type Reason Age From Message (glob)
    ---- ------ ---- ---- ------- (glob)
    Normal ScalingReplicaSet * deployment-controller Scaled up replica set web-* from 0 to 1 (glob)
  (old:)
  Name: web (glob)
  Namespace: NS (glob)
  CreationTimestamp: * (glob)
  Labels: app=web (glob)
  Annotations: deployment.kubernetes.io/revision: 1 (glob)
  Selector: app=web (glob)
  Replicas: 1 desired | 1 updated | 1 total | 1 available | 0 unavailable (glob)
  StrategyType: RollingUpdate (glob)
  MinReadySeconds: 0 (glob)
  RollingUpdateStrategy: 25% max unavailable, 25% max surge (glob)
  Pod Template:
    Labels: app=web (glob)
    Containers:
     nginx:
      Image: nginx (glob)
      Port: 80/TCP (glob)
      Host Port: 0/TCP (glob)
      Environment: <none> (glob)
      Mounts: <none> (glob)
    Volumes: <none> (glob)
  Conditions:
    Type Status Reason (glob)
    ---- ------ ------ (glob)
    Available True MinimumReplicasAvailable (glob)
    Progressing True NewReplicaSetAvailable (glob)
  OldReplicaSets: <none> (glob)
  NewReplicaSet: web-* (1/1 replicas created) (glob)
  Events:
    Type Reason Age From Message (glob)
    ---- ------ ---- ---- ------- (glob)
    Normal ScalingReplicaSet * deployment-controller Scaled up replica set web-* from 0 to 1 (glob)
  $ kubectl describe replicaset -l app=web
  Name: web-* (glob)
  Namespace: NS (glob)
  Selector: app=web,pod-template-hash=* (glob)
  Labels: app=web (glob)
                  pod-template-hash=* (glob)
  Annotations: deployment.kubernetes.io/desired-replicas: 1 (glob)
                  deployment.kubernetes.io/max-replicas: 2
                  deployment.kubernetes.io/revision: 1
  Controlled By: Deployment/web (glob)
  Replicas: 1 current / 1 desired (glob)
  Pods Status: 1 Running / 0 Waiting / 0 Succeeded / 0 Failed (glob)
  Pod Template:
    Labels: app=web (glob)
             pod-template-hash=* (glob)
    Containers:
     nginx:
      Image: nginx (glob)
      Port: 80/TCP (glob)
      Host Port: 0/TCP (glob)
      Environment: <none> (glob)
      Mounts: <none> (glob)
    Volumes: <none> (glob)
    Node-Selectors: <none> (glob)
    Tolerations: <none> (glob)
  Events:
    Type Reason Age From Message (glob)
    ---- ------ ---- ---- ------- (glob)
    Normal SuccessfulCreate * replicaset-controller Created pod: web-* (glob)
  (old:)
  Name: web-* (glob)
  Namespace: NS (glob)
  Selector: app=web,pod-template-hash=* (glob)
  Labels: app=web (glob)
                  pod-template-hash=* (glob)
  Annotations: deployment.kubernetes.io/desired-replicas: 1 (glob)
                  deployment.kubernetes.io/max-replicas: 2
                  deployment.kubernetes.io/revision: 1
  Controlled By: Deployment/web (glob)
  Replicas: 1 current / 1 desired (glob)
  Pods Status: 1 Running / 0 Waiting / 0 Succeeded / 0 Failed (glob)
  Pod Template:
    Labels: app=web (glob)
             pod-template-hash=* (glob)
    Containers:
     nginx:
      Image: nginx (glob)
      Port: 80/TCP (glob)
      Host Port: 0/TCP (glob)
      Environment: <none> (glob)
      Mounts: <none> (glob)
    Volumes: <none> (glob)
  Events:
    Type Reason Age From Message (glob)
    ---- ------ ---- ---- ------- (glob)
    Normal SuccessfulCreate * replicaset-controller Created pod: web-* (glob)
  $ kubectl describe pod -l app=web
  Name: web-* (glob)
  Namespace: NS (glob)
  Priority: 0 (glob)
  Service Account: default (glob)
  Node: node-?/* (glob)
  Start Time: * (glob)
  Labels: app=web (glob)
                    pod-template-hash=* (glob)
  Annotations: <none> (glob)
  Status: Running (glob)
  IP: * (glob)
  IPs:
    IP: * (glob)
  Controlled By: ReplicaSet/web-* (glob)
  Containers:
    nginx:
      Container ID: * (glob)
      Image: nginx (glob)
      Image ID: mlk://nginx (glob)
      Port: 80/TCP (glob)
      Host Port: 0/TCP (glob)
      State: Running (glob)
        Started: * (glob)
      Ready: True (glob)
      Restart Count: 0 (glob)
      Environment: <none> (glob)
      Mounts:
        /var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-* (ro) (glob)
  Conditions:
    Type Status (glob)
    PodReadyToStartContainers True  (glob)
    Initialized True  (glob)
    Ready True  (glob)
    ContainersReady True  (glob)
    PodScheduled True  (glob)
  Volumes:
    kube-api-access-*: (glob)
      Type: Projected (a volume that contains injected data from multiple sources) (glob)
      TokenExpirationSeconds: 3607 (glob)
      ConfigMapName: kube-root-ca.crt (glob)
      Optional: false (glob)
      DownwardAPI: true (glob)
  QoS Class: BestEffort (glob)
  Node-Selectors: <none> (glob)
  Tolerations: node.kubernetes.io/not-ready:NoExecute op=Exists for 300s (glob)
               node.kubernetes.io/unreachable:NoExecute op=Exists for 300s (glob)
  Events:
    Type Reason Age From Message (glob)
    ---- ------ ---- ---- ------- (glob)
    Normal Scheduled * default-scheduler Successfully assigned NS/web-* to node-? (glob)
    Normal Pulling * kubelet spec.containers{nginx}: Pulling image "nginx" (glob)
    Normal Pulled * kubelet spec.containers{nginx}: Successfully pulled image "nginx" in * (* including waiting). Image size: 0 bytes. (glob)
    Normal Created * kubelet spec.containers{nginx}: Container created (glob)
    Normal Started * kubelet spec.containers{nginx}: Container started (glob)
  (old:)
  Name: web-* (glob)
  Namespace: NS (glob)
  Priority: 0 (glob)
  Node: node-?/127.0.0.1 (glob)
  Start Time: * (glob)
  Labels: app=web (glob)
                pod-template-hash=* (glob)
  Annotations: <none> (glob)
  Status: Running (glob)
  IP: 127.* (glob)
  IPs:
    IP: 127.* (glob)
  Controlled By: ReplicaSet/web-* (glob)
  Containers:
    nginx:
      Container ID: * (glob)
      Image: nginx (glob)
      Image ID: mlk://nginx (glob)
      Port: 80/TCP (glob)
      Host Port: 0/TCP (glob)
      State: Running (glob)
        Started: * (glob)
      Ready: True (glob)
      Restart Count: 0 (glob)
      Environment: <none> (glob)
      Mounts:
        /var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-* (ro) (glob)
  Conditions:
    Type Status (glob)
    PodReadyToStartContainers True  (glob)
    Initialized True  (glob)
    Ready True  (glob)
    ContainersReady True  (glob)
    PodScheduled True  (glob)
  Volumes:
    kube-api-access-*: (glob)
      Type: Projected (a volume that contains injected data from multiple sources) (glob)
      TokenExpirationSeconds: 3607 (glob)
      ConfigMapName: kube-root-ca.crt (glob)
      ConfigMapOptional: <nil> (glob)
      DownwardAPI: true (glob)
  QoS Class: BestEffort (glob)
  Node-Selectors: <none> (glob)
  Tolerations: node.kubernetes.io/not-ready:NoExecute op=Exists for * (glob)
                               node.kubernetes.io/unreachable:NoExecute op=Exists for * (glob)
  Events:
    Type Reason Age From Message (glob)
    ---- ------ ---- ---- ------- (glob)
    Normal Scheduled * default-scheduler Successfully assigned NS/web-* to node-? (glob)
    Normal Pulling * kubelet Pulling image "nginx" (glob)
    Normal Pulled * kubelet Successfully pulled image "nginx" in * (* including waiting). Image size: 0 bytes. (glob)
    Normal Created * kubelet Container created (glob)
    Normal Started * kubelet Container started (glob)
  $ kubectl describe service web 2> /dev/null
  Name: web (glob)
  Namespace: NS (glob)
  Labels: app=web (glob)
  Annotations: <none> (glob)
  Selector: app=web (glob)
  Type: ClusterIP (glob)
  IP Family Policy: SingleStack (glob)
  IP Families: IPv4 (glob)
  IP: * (glob)
  IPs: * (glob)
  Port: <unset> 80/TCP (glob)
  TargetPort: 80/TCP (glob)
  Endpoints: 127.*:80 (glob)
  Session Affinity: None (glob)
  Internal Traffic Policy: Cluster (glob)
  Events: <none> (glob)
  (old:)
  Name: web (glob)
  Namespace: NS (glob)
  Labels: app=web (glob)
  Annotations: <none> (glob)
  Selector: app=web (glob)
  Type: ClusterIP (glob)
  IP Family Policy: SingleStack (glob)
  IP Families: IPv4 (glob)
  IP: 127.* (glob)
  IPs: 127.* (glob)
  Port: <unset> 80/TCP (glob)
  TargetPort: 80/TCP (glob)
  Endpoints: 127.*:80 (glob)
  Session Affinity: None (glob)
  Events: <none> (glob)
  $ kubectl describe job once
  Name: once (glob)
  Namespace: NS (glob)
  Selector: batch.kubernetes.io/controller-uid=* (glob)
  Labels: batch.kubernetes.io/controller-uid=* (glob)
                    batch.kubernetes.io/job-name=once
                    controller-uid=* (glob)
                    job-name=once
  Annotations: <none> (glob)
  Parallelism: 1 (glob)
  Completions: 1 (glob)
  Completion Mode: NonIndexed (glob)
  Suspend: false (glob)
  Backoff Limit: 6 (glob)
  Start Time: * (glob)
  Completed At: * (glob)
  Duration: * (glob)
  Pods Statuses: 0 Active (0 Ready) / 1 Succeeded / 0 Failed (glob)
  Pod Template:
    Labels: batch.kubernetes.io/controller-uid=* (glob)
             batch.kubernetes.io/job-name=once
             controller-uid=* (glob)
             job-name=once
    Containers:
     once:
      Image: busybox (glob)
      Port: <none> (glob)
      Host Port: <none> (glob)
      Command:
        echo
        done
      Environment: <none> (glob)
      Mounts: <none> (glob)
    Volumes: <none> (glob)
    Node-Selectors: <none> (glob)
    Tolerations: <none> (glob)
  Events:
    Type Reason Age From Message (glob)
    ---- ------ ---- ---- ------- (glob)
    Normal SuccessfulCreate * job-controller Created pod: once-* (glob)
    Normal Completed * job-controller Job completed (glob)
  (old:)
  Name: once (glob)
  Namespace: NS (glob)
  Selector: batch.kubernetes.io/controller-uid=* (glob)
  Labels: batch.kubernetes.io/controller-uid=* (glob)
                  batch.kubernetes.io/job-name=once
                  controller-uid=* (glob)
                  job-name=once
  Annotations: <none> (glob)
  Parallelism: 1 (glob)
  Completions: 1 (glob)
  Start Time: * (glob)
  Completed At: * (glob)
  Duration: * (glob)
  Pods Statuses: 0 Running / 1 Succeeded / 0 Failed (glob)
  Pod Template:
    Labels: batch.kubernetes.io/controller-uid=* (glob)
             batch.kubernetes.io/job-name=once
             controller-uid=* (glob)
             job-name=once
    Containers:
     once:
      Image: busybox (glob)
      Port: <none> (glob)
      Host Port: <none> (glob)
      Command:
        echo
        done
      Environment: <none> (glob)
      Mounts: <none> (glob)
    Volumes: <none> (glob)
  Events:
    Type Reason Age From Message (glob)
    ---- ------ ---- ---- ------- (glob)
    Normal SuccessfulCreate * job-controller Created pod: once-* (glob)
    Normal Completed * job-controller Job completed (glob)
  $ kubectl describe pvc data
  Name: data (glob)
  Namespace: NS (glob)
  StorageClass: standard (glob)
  Status: Bound (glob)
  Volume: pvc-* (glob)
  Labels: <none> (glob)
  Annotations: pv.kubernetes.io/bind-completed: yes (glob)
                 pv.kubernetes.io/bound-by-controller: yes
                 volume.beta.kubernetes.io/storage-provisioner: mlk.dev/directory
                 volume.kubernetes.io/storage-provisioner: mlk.dev/directory
  Finalizers: [kubernetes.io/pvc-protection] (glob)
  Capacity: 1Gi (glob)
  Access Modes: RWO (glob)
  VolumeMode: Filesystem (glob)
  Used By: <none> (glob)
  Events:
    Type Reason Age From Message (glob)
    ---- ------ ---- ---- ------- (glob)
    Normal ProvisioningSucceeded * mlk.dev/directory Successfully provisioned volume pvc-* (glob)
  $ kubectl describe limits limits
  Name: limits (glob)
  Namespace: NS (glob)
  Type Resource Min Max Default Request Default Limit Max Limit/Request Ratio (glob)
  ---- -------- --- --- --------------- ------------- ----------------------- (glob)
  Container cpu - 4 100m 500m - (glob)
  ~ kubectl describe quota pods
  Name: pods (glob)
  Namespace: NS (glob)
  Resource Used Hard (glob)
  -------- ---- ---- (glob)
  pods 1 10 (glob)
  requests.nvidia.com/gpu 0 2 (glob)
  $ kubectl describe role reader
  Name:         reader
  Labels:       <none>
  Annotations:  <none>
  PolicyRule:
    Resources         Non-Resource URLs  Resource Names  Verbs
    ---------         -----------------  --------------  -----
    pods              []                 []              [get list]
    deployments.apps  []                 []              [get list]
  $ kubectl describe rolebinding readers
  Name: readers (glob)
  Labels: <none> (glob)
  Annotations: <none> (glob)
  Role:
    Kind: Role (glob)
    Name: reader (glob)
  Subjects:
    Kind Name Namespace (glob)
    ---- ---- --------- (glob)
    ServiceAccount default NS (glob)
  $ kubectl describe clusterrole view | head -8
  Name:         view
  Labels:       kubernetes.io/bootstrapping=rbac-defaults
                rbac.authorization.k8s.io/aggregate-to-edit=true
  Annotations:  <none>
  PolicyRule:
    Resources                      Non-Resource URLs  Resource Names  Verbs
    ---------                      -----------------  --------------  -----
    bindings                       []                 []              [get list watch]
  $ kubectl describe secret word
  Name: word (glob)
  Namespace: NS (glob)
  Labels: <none> (glob)
  Annotations: <none> (glob)
  
  Type: Opaque (glob)
  
  Data
  ====
  password: 5 bytes (glob)
  $ kubectl describe configmap settings
  Name: settings (glob)
  Namespace: NS (glob)
  Labels: <none> (glob)
  Annotations: <none> (glob)
  
  Data
  ====
  colour:
  ----
  blue
  
  
  BinaryData
  ====
  
  Events: <none> (glob)
  (old:)
  Name: settings (glob)
  Namespace: NS (glob)
  Labels: <none> (glob)
  Annotations: <none> (glob)
  
  Data
  ====
  colour:
  ----
  blue
  Events: <none> (glob)
  $ kubectl describe serviceaccount default
  Name: default (glob)
  Namespace: NS (glob)
  Labels: <none> (glob)
  Annotations: <none> (glob)
  Image pull secrets: <none> (glob)
  Events: <none> (glob)
  (old:)
  Name: default (glob)
  Namespace: NS (glob)
  Labels: <none> (glob)
  Annotations: <none> (glob)
  Image pull secrets: <none> (glob)
  Mountable secrets: <none> (glob)
  Tokens: <none> (glob)
  Events: <none> (glob)
  $ kubectl describe pdb web
  Name: web (glob)
  Namespace: NS (glob)
  Min available: 1 (glob)
  Selector: app=web (glob)
  Status:
      Allowed disruptions: 0 (glob)
      Current: 1 (glob)
      Desired: 1 (glob)
      Total: 1 (glob)
  Events: <none> (glob)
  (old:)
  Error from server (NotFound): the server could not find the requested resource
  [1]
  $ kubectl describe namespace $NS
  Name: NS (glob)
  Labels: kubernetes.io/metadata.name=NS (glob)
  Annotations: <none> (glob)
  Status: Active (glob)
  
  Resource Quotas
    Name: pods (glob)
    Resource Used Hard (glob)
    -------- --- --- (glob)
    pods 1 10 (glob)
    requests.nvidia.com/gpu 0 2 (glob)
  
  Resource Limits
   Type Resource Min Max Default Request Default Limit Max Limit/Request Ratio (glob)
   ---- -------- --- --- --------------- ------------- ----------------------- (glob)
   Container cpu - 4 100m 500m - (glob)
  $ kubectl describe node node-1
  Name: node-1 (glob)
  Roles: * (glob)
  ...
  CreationTimestamp: * (glob)
  Taints: <none> (glob)
  Unschedulable: false (glob)
  Lease:
    HolderIdentity: node-1 (glob)
  ...
  Conditions:
    Type Status LastHeartbeatTime LastTransitionTime Reason Message (glob)
  ...
    Ready True * * KubeletReady kubelet is posting ready status (glob)
  ...
  Capacity:
  ...
    nvidia.com/gpu: 1 (glob)
  ...
  Allocatable:
  ...
  System Info:
  ...
    Kubelet Version: v1.35.4 (glob)
  ...
  Non-terminated Pods: (* in total) (glob)
    Namespace Name CPU Requests CPU Limits Memory Requests Memory Limits Age (glob)
    --------- ---- ------------ ---------- --------------- ------------- --- (glob)
  ...
  Allocated resources:
    (Total limits may be over 100 percent, i.e., overcommitted.)
    Resource Requests Limits (glob)
  ...
    nvidia.com/gpu * * (glob)
  Events:
  ...
    Normal Starting * kubelet* (glob)
  ...
  (old:)
  Name: node-1 (glob)
  ...
  Capacity:
  ...
    nvidia.com/gpu: 1 (glob)
  ...
  Allocated resources:
  ...
    nvidia.com/gpu * * (glob)
  Events:
  ...
  $ kubectl describe crd tfjobs.kubeflow.org | head -30
  Name:         tfjobs.kubeflow.org
  Namespace:    
  Labels:       <none>
  Annotations:  <none>
  API Version:  apiextensions.k8s.io/v1
  Kind:         CustomResourceDefinition
  Metadata:
    Creation Timestamp: * (glob)
    Generation:          1
    Resource Version: * (glob)
    UID: * (glob)
  Spec:
    Conversion:
      Strategy:  None
    Group:       kubeflow.org
    Names:
      Kind:       TFJob
      List Kind:  TFJobList
      Plural:     tfjobs
      Singular:   tfjob
    Scope:        Namespaced
    Versions:
      Additional Printer Columns:
        Json Path:  .status.conditions[-1:].type
        Name:       State
        Type:       string
        Json Path:  .metadata.creationTimestamp
        Name:       Age
        Type:       date
      Name:         v1
  (old:)
  Name:         tfjobs.kubeflow.org
  Namespace:    
  Labels:       <none>
  Annotations:  <none>
  API Version:  apiextensions.k8s.io/v1
  Kind:         CustomResourceDefinition
  Metadata:
    Creation Timestamp: * (glob)
    Generation:          1
    Managed Fields:
      API Version:  apiextensions.k8s.io/v1
      Fields Type:  FieldsV1
      fieldsV1:
        f:spec:
          .:
          f:conversion:
            .:
            f:strategy:
          f:group:
          f:names:
            .:
            f:kind:
            f:listKind:
            f:plural:
            f:singular:
          f:scope:
          f:versions:
      Manager:         mlk
      Operation:       Update
      Time: * (glob)
  $ kubectl describe storageclass standard
  Name:                  standard
  IsDefaultClass:        Yes
  Annotations:           storageclass.kubernetes.io/is-default-class=true
  Provisioner:           mlk.dev/directory
  Parameters:            <none>
  AllowVolumeExpansion:  <unset>
  MountOptions:          <none>
  ReclaimPolicy:         Delete
  VolumeBindingMode:     Immediate
  Events:                <none>
  $ kubectl describe priorityclass system-node-critical
  Name:              system-node-critical
  Value:             2000001000
  GlobalDefault:     false
  PreemptionPolicy:  PreemptLowerPriority
  Description:       Used for system critical pods that must not be moved from their current node.
  Annotations:       <none>
  Events:            <none>
  (old:)
  Name:           system-node-critical
  Value:          2000001000
  GlobalDefault:  false
  Description:    Used for system critical pods that must not be moved from their current node.
  Annotations:    <none>
  Events:         <none>
  $ kubectl describe pv $(kubectl get pvc data -o jsonpath='{.spec.volumeName}')
  Name: pvc-* (glob)
  Labels: <none> (glob)
  Annotations: pv.kubernetes.io/provisioned-by: mlk.dev/directory (glob)
  Finalizers: [kubernetes.io/pv-protection] (glob)
  StorageClass: standard (glob)
  Status: Bound (glob)
  Claim: NS/data (glob)
  Reclaim Policy: Delete (glob)
  Access Modes: RWO (glob)
  VolumeMode: Filesystem (glob)
  Capacity: 1Gi (glob)
  Node Affinity: <none> (glob)
  Message:         
  Source:
      Type: HostPath (bare host directory volume) (glob)
      Path: */NS-data-* (glob)
      HostPathType: DirectoryOrCreate (glob)
  Events: <none> (glob)
  $ kubectl describe endpoints web 2> /dev/null
  Name: web (glob)
  Namespace: NS (glob)
  Labels: app=web (glob)
                endpoints.kubernetes.io/managed-by=endpoint-controller
  Annotations: <none> (glob)
  Subsets:
    Addresses: * (glob)
    NotReadyAddresses: <none> (glob)
    Ports:
      Name Port Protocol (glob)
      ---- ---- -------- (glob)
      <unset> 80 TCP (glob)
  
  Events: <none> (glob)
  $ kubectl describe endpointslice -l kubernetes.io/service-name=web
  Name: web-* (glob)
  Namespace: NS (glob)
  Labels: app=web (glob)
                endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io
                kubernetes.io/service-name=web
  Annotations: <none> (glob)
  AddressType: IPv4 (glob)
  Ports:
    Name Port Protocol (glob)
    ---- ---- -------- (glob)
    <unset> 80 TCP (glob)
  Endpoints:
    - Addresses: * (glob)
      Conditions:
        Ready: true (glob)
      Hostname: <unset> (glob)
      TargetRef: Pod/web-* (glob)
      NodeName: node-? (glob)
      Zone: <unset> (glob)
  Events: <none> (glob)
  (old:)
  Error from server (NotFound): the server could not find the requested resource
  [1]
  $ kubectl describe events | head -3
  Name: *.* (glob)
  Namespace: NS (glob)
  Labels: <none> (glob)
  $ kubectl describe pod nobody
  Error from server (NotFound): pods "nobody" not found
  [1]
  $ kubectl describe -n kube-system daemonset nvidia-device-plugin-daemonset
  Name: nvidia-device-plugin-daemonset (glob)
  ...
  Desired Number of Nodes Scheduled: 3
  Current Number of Nodes Scheduled: 3
  Number of Nodes Scheduled with Up-to-date Pods: 3
  Number of Nodes Scheduled with Available Pods: 3
  Number of Nodes Misscheduled: 0
  Pods Status:  3 Running / 0 Waiting / 0 Succeeded / 0 Failed
  Pod Template:
  ...
  $ kubectl describe lease -n kube-node-lease node-1
  ...
  Spec:
    Holder Identity: node-1 (glob)
    Lease Duration Seconds: 40 (glob)
    Renew Time: * (glob)
  Events: <none> (glob)
