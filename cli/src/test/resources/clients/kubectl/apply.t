Client-side apply.

  $ cat > app.yaml <<END
  > apiVersion: v1
  > kind: ConfigMap
  > metadata: {name: applied, labels: {set: a}}
  > data: {key: one, other: same}
  > ---
  > apiVersion: v1
  > kind: Service
  > metadata: {name: applied, labels: {set: a}}
  > spec: {selector: {app: a}, ports: [{port: 80}]}
  > END
  $ kubectl apply -f app.yaml --dry-run=client
  configmap/applied created (dry run)
  service/applied created (dry run)
  $ kubectl apply -f app.yaml --dry-run=server
  configmap/applied created (server dry run)
  service/applied created (server dry run)
  $ kubectl apply -f app.yaml
  configmap/applied created
  service/applied created
  $ kubectl apply -f app.yaml
  configmap/applied unchanged
  service/applied unchanged
  $ kubectl diff -f app.yaml
  $ sed -i 's/key: one/key: two/' app.yaml
  $ kubectl diff -f app.yaml | grep '^[-+]  *key'
  -  key: one
  +  key: two
  $ kubectl apply -f app.yaml
  configmap/applied configured
  service/applied unchanged
  $ sed -i 's/, other: same//' app.yaml
  $ kubectl apply -f app.yaml
  configmap/applied configured
  service/applied unchanged
  $ kubectl get cm applied -o jsonpath='{.data}'
  {"key":"two"}
  $ kubectl apply view-last-applied configmap applied
  apiVersion: v1
  data:
    key: two
  kind: ConfigMap
  metadata:
    annotations: {}
    labels:
      set: a
    name: applied
    namespace: NS
  $ kubectl apply view-last-applied cm/applied -o json | grep '"key"'
      "key": "two"
  $ kubectl create configmap plain --from-literal=a=b
  configmap/plain created
  $ kubectl create configmap plain --from-literal=a=c --dry-run=client -o yaml | kubectl apply -f -
  Warning: resource configmaps/plain is missing the kubectl.kubernetes.io/last-applied-configuration annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.
  configmap/plain configured
  $ kubectl create configmap plain --from-literal=a=d --dry-run=client -o yaml | kubectl replace -f -
  configmap/plain replaced
  $ kubectl create configmap plain --from-literal=a=e --dry-run=client -o yaml | kubectl replace --force -f -
  configmap "plain" deleted from NS namespace
  configmap/plain replaced
  (old:)
  configmap "plain" deleted
  configmap/plain replaced
  $ kubectl apply set-last-applied --create-annotation -f app.yaml
  configmap/applied configured
  service/applied configured
  $ kubectl apply edit-last-applied cm/nobody
  Error from server (NotFound): configmaps "nobody" not found
  [1]

A set of objects: what is not in the files any more goes.

  $ mkdir set; cp app.yaml set/
  $ printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra, labels: {set: a}}\n' > set/extra.yaml
  (not old: Error: unknown flag: --prune-allowlist)
  $ kubectl apply -f set -l set=a --prune --prune-allowlist=core/v1/ConfigMap
  configmap/applied configured
  service/applied configured
  configmap/extra created
  $ rm set/extra.yaml
  (not old: Error: unknown flag: --prune-allowlist)
  $ kubectl apply -f set -l set=a --prune --prune-allowlist=core/v1/ConfigMap
  configmap/applied unchanged
  service/applied unchanged
  configmap/extra pruned
  $ kubectl get cm -l set=a -o name
  configmap/applied
  $ mkdir kustom; cp app.yaml kustom/; printf 'resources: [app.yaml]\nnamePrefix: k-\n' > kustom/kustomization.yaml
  $ kubectl apply -k kustom
  configmap/k-applied created
  service/k-applied created
  $ kubectl delete -k kustom
  configmap "k-applied" deleted from NS namespace
  service "k-applied" deleted from NS namespace
  (old:)
  configmap "k-applied" deleted
  service "k-applied" deleted

Server-side apply, with conflicts.

  $ cat > served.yaml <<END
  > apiVersion: v1
  > kind: ConfigMap
  > metadata: {name: served}
  > data: {key: one}
  > END
  $ kubectl apply --server-side -f served.yaml
  configmap/served serverside-applied
  $ sed -i 's/one/two/' served.yaml
  $ kubectl apply --server-side --field-manager=other -f served.yaml
  error: Apply failed with 1 conflict: conflict with "kubectl": .data.key
  Please review the fields above--they currently have other managers. Here
  are the ways you can resolve this warning:
  * If you intend to manage all of these fields, please re-run the apply
    command with the `--force-conflicts` flag.
  * If you do not intend to manage all of the fields, please edit your
    manifest to remove references to the fields that should keep their
    current managers.
  * You may co-own fields by updating your manifest to match the existing
    value; in this case, you'll become the manager if the other manager(s)
    stop managing the field (remove it from their configuration).
  See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
  [1]
  (old:)
  error: Apply failed with 1 conflict: conflict with "kubectl": .data.key
  Please review the fields above--they currently have other managers. Here
  are the ways you can resolve this warning:
  * If you intend to manage all of these fields, please re-run the apply
    command with the `--force-conflicts` flag.
  * If you do not intend to manage all of the fields, please edit your
    manifest to remove references to the fields that should keep their
    current managers.
  * You may co-own fields by updating your manifest to match the existing
    value; in this case, you'll become the manager if the other manager(s)
    stop managing the field (remove it from their configuration).
  See http://k8s.io/docs/reference/using-api/api-concepts/#conflicts
  [1]
  $ kubectl apply --server-side --field-manager=other --force-conflicts -f served.yaml
  configmap/served serverside-applied
  $ kubectl get cm served -o jsonpath='{.data.key}'
  two
  (not old: Error: unknown flag: --show-managed-fields)
  $ kubectl get cm served -o yaml --show-managed-fields | grep -E 'manager:|operation:'
      manager: other
      operation: Apply
  $ kubectl apply --server-side -f app.yaml
  configmap/applied serverside-applied
  service/applied serverside-applied
  $ kubectl diff --server-side -f served.yaml --field-manager=other

What is wrong is said before anything is sent.

  $ printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad}\nspec: {}\n' | kubectl apply -f -
  Error from server (BadRequest): error when creating "STDIN": ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "spec"
  [1]
  (old:)
  error: error validating "STDIN": error validating data: ValidationError(ConfigMap): unknown field "spec" in io.k8s.api.core.v1.ConfigMap; if you choose to ignore these errors, turn validation off with --validate=false
  [1]
  $ printf 'apiVersion: v1\nkind: Service\nmetadata: {name: bad}\nspec: {ports: x}\n' | kubectl apply -f -
  Error from server (BadRequest): error when creating "STDIN": Service in version "v1" cannot be handled as a Service: json: cannot unmarshal string into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort
  [1]
  (old:)
  error: error validating "STDIN": error validating data: ValidationError(Service.spec.ports): invalid type for io.k8s.api.core.v1.ServiceSpec.ports: got "string", expected "array"; if you choose to ignore these errors, turn validation off with --validate=false
  [1]
  $ printf 'apiVersion: nothing/v1\nkind: None\nmetadata: {name: bad}\n' | kubectl apply -f -
  error: resource mapping not found for name: "bad" namespace: "" from "STDIN": no matches for kind "None" in version "nothing/v1"
  ensure CRDs are installed first
  [1]
  (old:)
  error: unable to recognize "STDIN": no matches for kind "None" in version "nothing/v1"
  [1]
  $ printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: Bad_Name}\n' | kubectl apply -f -
  The ConfigMap "Bad_Name" is invalid: metadata.name: Invalid value: "Bad_Name": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
  [1]
  (not old: Error: invalid argument "warn" for "--validate" flag: strconv.ParseBool: parsing "warn": invalid syntax)
  $ printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: odd}\nspec: {}\n' | kubectl apply --validate=warn -f -
  Warning: unknown field "spec"
  configmap/odd created
  $ printf 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: odd}\nspec: {}\n' | kubectl apply --validate=false -f -
  configmap/odd configured
  (old:)
  Warning: unknown field "spec"
  configmap/odd created
