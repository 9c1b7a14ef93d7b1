Every output of get.

  $ kubectl create configmap one --from-literal=a=1
  configmap/one created
  $ kubectl label configmap one tier=front
  configmap/one labeled
  $ kubectl create configmap two --from-literal=b=2
  configmap/two created
  $ kubectl get configmaps
  NAME DATA AGE (glob)
  kube-root-ca.crt 1 * (glob)
  one 1 * (glob)
  two 1 * (glob)
  $ kubectl get configmap one -o yaml
  apiVersion: v1
  data:
    a: "1"
  kind: ConfigMap
  metadata:
    creationTimestamp: "*" (glob)
    labels:
      tier: front
    name: one
    namespace: NS
    resourceVersion: "*" (glob)
    uid: * (glob)
  (old:)
  apiVersion: v1
  data:
    a: "1"
  kind: ConfigMap
  metadata:
    creationTimestamp: "*" (glob)
    labels:
      tier: front
    managedFields:
    - apiVersion: v1
      fieldsType: FieldsV1
      fieldsV1:
        f:data:
          .: {}
          f:a: {}
      manager: kubectl-create
      operation: Update
      time: "*" (glob)
    - apiVersion: v1
      fieldsType: FieldsV1
      fieldsV1:
        f:metadata:
          f:labels:
            .: {}
            f:tier: {}
      manager: kubectl-label
      operation: Update
      time: "*" (glob)
    name: one
    namespace: NS
    resourceVersion: "*" (glob)
    uid: * (glob)
  $ kubectl get configmap one -o json
  {
      "apiVersion": "v1",
      "data": {
          "a": "1"
      },
      "kind": "ConfigMap",
      "metadata": {
          "creationTimestamp": "*", (glob)
          "labels": {
              "tier": "front"
          },
          "name": "one",
          "namespace": "NS",
          "resourceVersion": "*", (glob)
          "uid": "*" (glob)
      }
  }
  (old:)
  {
      "apiVersion": "v1",
      "data": {
          "a": "1"
      },
      "kind": "ConfigMap",
      "metadata": {
          "creationTimestamp": "*", (glob)
          "labels": {
              "tier": "front"
          },
          "managedFields": [
              {
                  "apiVersion": "v1",
                  "fieldsType": "FieldsV1",
                  "fieldsV1": {
                      "f:data": {
                          ".": {},
                          "f:a": {}
                      }
                  },
                  "manager": "kubectl-create",
                  "operation": "Update",
                  "time": "*" (glob)
              },
              {
                  "apiVersion": "v1",
                  "fieldsType": "FieldsV1",
                  "fieldsV1": {
                      "f:metadata": {
                          "f:labels": {
                              ".": {},
                              "f:tier": {}
                          }
                      }
                  },
                  "manager": "kubectl-label",
                  "operation": "Update",
                  "time": "*" (glob)
              }
          ],
          "name": "one",
          "namespace": "NS",
          "resourceVersion": "*", (glob)
          "uid": "*" (glob)
      }
  }
  $ kubectl get cm -o name
  configmap/kube-root-ca.crt
  configmap/one
  configmap/two
  $ kubectl get cm one two -o name
  configmap/one
  configmap/two
  $ kubectl get cm/one secret/none
  NAME DATA AGE (glob)
  one 1 * (glob)
  Error from server (NotFound): secrets "none" not found
  [1]
  $ kubectl get cm --show-labels
  NAME DATA AGE LABELS (glob)
  kube-root-ca.crt 1 * <none> (glob)
  one 1 * tier=front (glob)
  two 1 * <none> (glob)
  $ kubectl get cm -L tier
  NAME DATA AGE TIER (glob)
  kube-root-ca.crt 1 *  (glob)
  one 1 * front (glob)
  two 1 *  (glob)
  $ kubectl get cm -l tier=front -o name
  configmap/one
  $ kubectl get cm -l 'tier in (front,back),!other' -o name
  configmap/one
  $ kubectl get cm -l 'tier!=front' -o name
  configmap/kube-root-ca.crt
  configmap/two
  $ kubectl get cm --field-selector metadata.name=two -o name
  configmap/two
  $ kubectl get cm --field-selector nothing=two
  Error from server (BadRequest): Unable to find "/v1, Resource=configmaps" that match label selector "", field selector "nothing=two": "nothing" is not a known field selector: only "metadata.name", "metadata.namespace"
  [1]
  $ kubectl get cm one -o jsonpath='{.data.a}{"\n"}{.metadata.name}'
  1
  one
  $ kubectl get cm -o jsonpath='{range .items[?(@.data.b)]}{.metadata.name}={.data.b}{"\n"}{end}'
  two=2
  $ kubectl get cm -o custom-columns=NAME:.metadata.name,A:.data.a
  NAME A (glob)
  kube-root-ca.crt   <none>
  one                1
  two                <none>
  $ kubectl get cm -o custom-columns=NAME:.metadata.name --no-headers
  kube-root-ca.crt
  one
  two
  $ kubectl get cm one -o go-template='{{.metadata.name}} {{range $k, $v := .data}}{{$k}}:{{$v}}{{end}}'
  one a:1
  $ kubectl get cm --sort-by=.metadata.name -o name
  configmap/kube-root-ca.crt
  configmap/one
  configmap/two
  $ kubectl get cm --no-headers one
  one 1 * (glob)

Another script cordons a node for a while.

  ~ kubectl get nodes -o wide
  NAME STATUS ROLES AGE VERSION INTERNAL-IP EXTERNAL-IP OS-IMAGE KERNEL-VERSION CONTAINER-RUNTIME (glob)
  node-? Ready <none> * * <none> mlk practice cluster (processes of this machine) * mlk://* (glob)
  node-? Ready <none> * * <none> mlk practice cluster (processes of this machine) * mlk://* (glob)
  node-? Ready <none> * * <none> mlk practice cluster (processes of this machine) * mlk://* (glob)
  $ kubectl get nodes --sort-by='{.metadata.name}' -o name
  node/node-1
  node/node-2
  node/node-3
  $ kubectl get ns $NS
  NAME STATUS AGE (glob)
  NS Active * (glob)
  $ kubectl get pods
  No resources found in NS namespace.
  $ kubectl get pods -A --field-selector=spec.nodeName=nowhere
  No resources found
  $ kubectl get all
  No resources found in NS namespace.
  $ kubectl get all -A | grep daemonset
  kube-system pod/nvidia-device-plugin-* 1/1 Running * (glob)
  kube-system pod/nvidia-device-plugin-* 1/1 Running * (glob)
  kube-system pod/nvidia-device-plugin-* 1/1 Running * (glob)
  kube-system daemonset.apps/nvidia-device-plugin-daemonset 3 3 3 3 3 nvidia.com/gpu.present=true * (glob)
  $ kubectl get sc
  NAME PROVISIONER RECLAIMPOLICY VOLUMEBINDINGMODE ALLOWVOLUMEEXPANSION AGE (glob)
  standard (default) mlk.dev/directory Delete Immediate false * (glob)
  $ kubectl get priorityclasses
  NAME VALUE GLOBAL-DEFAULT AGE PREEMPTIONPOLICY (glob)
  system-cluster-critical 2000000000 false * PreemptLowerPriority (glob)
  system-node-critical 2000001000 false * PreemptLowerPriority (glob)
  $ kubectl get crd tfjobs.kubeflow.org
  NAME CREATED AT (glob)
  tfjobs.kubeflow.org *T*Z (glob)
  $ kubectl get --raw /version
  {"major":"1","minor":"35",*"gitVersion":"v1.35.4*"*} (glob)
  $ kubectl get --raw /readyz
  ok
  $ kubectl get --raw /api/v1/namespaces/$NS/configmaps/one | tr , '\n' | grep name
  "metadata":{"name":"one"
  "namespace":"NS"
  $ kubectl get --raw /nothing
  Error from server (NotFound): the server could not find the requested resource
  [1]
  $ kubectl get nothing
  error: the server doesn't have a resource type "nothing"
  [1]
  $ kubectl get pod nobody
  Error from server (NotFound): pods "nobody" not found
  [1]
  $ kubectl get pod nobody --ignore-not-found
  (not old: Error: unknown flag: --show-managed-fields)
  $ kubectl get cm one -o yaml --show-managed-fields | grep manager:
      manager: kubectl-create
      manager: kubectl-label
  $ kubectl get cm --chunk-size=1 -o name
  configmap/kube-root-ca.crt
  configmap/one
  configmap/two
  $ printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\n' > one.yaml; kubectl get -f one.yaml -o name
  configmap/one
  $ kubectl get cm one --output-watch-events --watch --request-timeout=1s
  EVENT NAME DATA AGE (glob)
  ADDED one 1 * (glob)
  $ kubectl get pods -n kube-system -o wide
  NAME READY STATUS RESTARTS AGE IP NODE NOMINATED NODE READINESS GATES (glob)
  nvidia-device-plugin-* 1/1 Running * node-? <none> <none> (glob)
  nvidia-device-plugin-* 1/1 Running * node-? <none> <none> (glob)
  nvidia-device-plugin-* 1/1 Running * node-? <none> <none> (glob)
  $ kubectl get events -A | head -1
  NAMESPACE LAST SEEN TYPE REASON OBJECT MESSAGE (glob)
  $ kubectl get componentstatuses
  error: the server doesn't have a resource type "componentstatuses"
  [1]
  $ kubectl get sa,cm -o name
  serviceaccount/default
  configmap/kube-root-ca.crt
  configmap/one
  configmap/two
  $ kubectl get secrets
  No resources found in NS namespace.
