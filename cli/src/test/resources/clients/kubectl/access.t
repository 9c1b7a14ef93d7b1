Who may what.

  $ kubectl auth can-i create pods
  yes
  $ kubectl auth can-i delete nodes --as stranger
  Warning: resource 'nodes' is not namespace scoped
  
  no
  [1]
  (old:)
  Warning: resource 'nodes' is not namespace scoped
  no
  [1]
  $ kubectl create serviceaccount robot
  serviceaccount/robot created
  $ kubectl create role reader --verb=get,list --resource=pods,pods/log
  role.rbac.authorization.k8s.io/reader created
  $ kubectl create rolebinding robot --role=reader --serviceaccount=$NS:robot
  rolebinding.rbac.authorization.k8s.io/robot created
  $ alias robot="kubectl --as=system:serviceaccount:$NS:robot"
  $ robot auth can-i list pods
  yes
  $ robot auth can-i get pods/log
  yes
  $ robot auth can-i get pods --subresource=log
  yes
  $ robot auth can-i delete pods
  no
  [1]
  $ robot auth can-i list pods -n default
  no
  [1]
  $ robot auth can-i --list | tr -s ' ' | grep -E '^pods|/version|reviews.authorization' | sort -u
   [/version/] [] [get]
   [/version] [] [get]
  pods [] [] [get list]
  pods/log [] [] [get list]
  selfsubjectaccessreviews.authorization.k8s.io [] [] [create]
  selfsubjectrulesreviews.authorization.k8s.io [] [] [create]
  $ robot auth can-i get /version
  yes
  $ robot auth can-i list nothings
  Warning: the server doesn't have a resource type 'nothings'
  
  no
  [1]
  (old:)
  Warning: the server doesn't have a resource type 'nothings'
  no
  [1]
  $ robot get pods
  No resources found in NS namespace.
  $ robot get pods -A
  Error from server (Forbidden): pods is forbidden: User "system:serviceaccount:NS:robot" cannot list resource "pods" in API group "" at the cluster scope
  [1]
  $ robot delete pod x
  Error from server (Forbidden): pods "x" is forbidden: User "system:serviceaccount:NS:robot" cannot delete resource "pods" in API group "" in the namespace "NS"
  [1]
  $ robot create role more --verb=delete --resource=pods
  Error from server (Forbidden): roles.rbac.authorization.k8s.io is forbidden: User "system:serviceaccount:NS:robot" cannot create resource "roles" in API group "rbac.authorization.k8s.io" in the namespace "NS"
  [1]
  $ kubectl auth can-i list pods --as=ann --as-group=system:masters
  yes
  (not old: error: unknown command "whoami")
  $ kubectl auth whoami
  ATTRIBUTE *VALUE (glob)
  Username *kubernetes-admin (glob)
  Groups *system:masters system:authenticated* (glob)
  Extra: authentication.kubernetes.io/credential-id *X509SHA256=* (glob)
  (not old: Error: unknown shorthand flag: 'o' in -o)
  $ robot auth whoami -o jsonpath='{.status.userInfo.username}'
  system:serviceaccount:NS:robot
  (not old: it has no create token, and Debian's build panics when it writes a token into a kubeconfig)
  $ TOKEN=$(kubectl create token robot); kubectl config set-credentials robot --token=$TOKEN
  User "robot" set.
  (not old: it has no create token, and Debian's build panics when it writes a token into a kubeconfig)
  $ kubectl --user=robot auth can-i list pods
  yes
  (not old: it has no create token, and Debian's build panics when it writes a token into a kubeconfig)
  $ kubectl --user=robot get secrets
  Error from server (Forbidden): secrets is forbidden: User "system:serviceaccount:NS:robot" cannot list resource "secrets" in API group "" in the namespace "NS"
  [1]
  $ kubectl --token=wrong --user= get pods
  error: You must be logged in to the server (Unauthorized)
  [1]
  $ cat > rights.yaml <<END
  > apiVersion: rbac.authorization.k8s.io/v1
  > kind: Role
  > metadata: {name: reader, namespace: $NS}
  > rules: [{apiGroups: [""], resources: [pods, secrets], verbs: [get]}]
  > ---
  > apiVersion: rbac.authorization.k8s.io/v1
  > kind: RoleBinding
  > metadata: {name: robot, namespace: $NS}
  > roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
  > subjects: [{kind: User, name: ann, apiGroup: rbac.authorization.k8s.io}]
  > END
  $ kubectl auth reconcile -f rights.yaml
  role.rbac.authorization.k8s.io/reader reconciled
  ...
  rolebinding.rbac.authorization.k8s.io/robot reconciled
  ...
  $ kubectl get role reader -o jsonpath='{range .rules[*]}{.resources} {.verbs}{"\n"}{end}'
  ["pods","pods/log"] ["get","list"]
  ["secrets"] ["get"]

What the server has.

  $ kubectl api-resources --api-group=apps
  NAME SHORTNAMES APIVERSION NAMESPACED KIND (glob)
  daemonsets    ds           apps/v1      true         DaemonSet
  deployments   deploy       apps/v1      true         Deployment
  replicasets   rs           apps/v1      true         ReplicaSet
  $ kubectl api-resources --namespaced=false -o name | grep -E '^(nodes|namespaces|persistentvolumes)$'
  namespaces
  nodes
  persistentvolumes
  $ kubectl api-resources --verbs=list -o wide | grep -E '^(pods|tfjobs) .*watch'
  pods                              po           v1                                true         Pod                              create,delete,deletecollection,get,list,patch,update,watch   all
  tfjobs                                         kubeflow.org/v1                   true         TFJob                            delete,deletecollection,get,list,patch,create,update,watch   
  (old:)
  pods                              po           v1                                true         Pod                              [create delete deletecollection get list patch update watch]
  tfjobs                                         kubeflow.org/v1                   true         TFJob                            [delete deletecollection get list patch create update watch]
  $ kubectl api-versions | grep -E '^(v1|apps/v1|batch/v1|kubeflow.org/v1|policy/v1)$'
  apps/v1
  batch/v1
  kubeflow.org/v1
  policy/v1
  v1
  $ kubectl cluster-info
  Kubernetes control plane is running at https://* (glob)
  
  To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.
  $ kubectl cluster-info dump --output-directory=dump
  Error from server (NotFound): the server could not find the requested resource
  [1]
  $ kubectl version
  Client Version: v* (glob)
  Kustomize Version: v* (glob)
  Server Version: v1.35.4* (glob)
  (old:)
  Client Version: version.Info{Major:"1", Minor:"20", GitVersion:"v1.20.2", GitCommit:"faecb196815e248d3ecfb03c680a4507229c2a56", GitTreeState:"archive", BuildDate:"*", GoVersion:"go1.19.8", Compiler:"gc", Platform:"linux/amd64"} (glob)
  Server Version: version.Info{Major:"1", Minor:"35", GitVersion:"v1.35.4+mlk", GitCommit:"", GitTreeState:"", BuildDate:"*", GoVersion:"go1.25", Compiler:"gc", Platform:"linux/amd64"} (glob)
  $ kubectl version -o json | grep -A2 serverVersion
    "serverVersion": {
      "major": "1",
      "minor": "35",
  $ kubectl config view --minify | grep -E 'namespace|server|user:'
      server: https://* (glob)
      namespace: NS
      user: mlk-practice
    user:
  $ kubectl config current-context
  mlk-practice
  $ kubectl config get-contexts --no-headers | awk '{print NF}'
  5
  (not old: it has no create token, and Debian's build panics when it writes a token into a kubeconfig)
  $ kubectl config set-context other --cluster=mlk-practice --user=robot && kubectl --context=other get nodes
  Context "other" created.
  Error from server (Forbidden): nodes is forbidden: User "system:serviceaccount:NS:robot" cannot list resource "nodes" in API group "" at the cluster scope
  [1]
  $ kubectl options | head -1
  The following options can be passed to any command:
  $ PATH=$HOME/bin kubectl plugin list
  error: unable to find any kubectl plugins in your PATH
  [1]

A proxy.

  $ kubectl proxy --port=0 > proxy.out 2>&1 & for i in $(seq 50); do grep -q Starting proxy.out && break; sleep 0.1; done
  $ python3 -c "import re,urllib.request as u; print(u.urlopen('http://' + re.search(r'127[0-9.:]+', open('proxy.out').read()).group() + '/api/v1/namespaces/$NS/serviceaccounts/robot').status)"
  200
  $ kill $!
