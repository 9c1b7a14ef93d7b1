Everything that create makes from flags.

  $ kubectl create configmap settings --from-literal=a=1 --from-literal=b=2
  configmap/settings created
  $ echo words > file.txt; kubectl create configmap files --from-file=file.txt --from-file=other=file.txt
  configmap/files created
  $ printf 'A=1\nB=2\n' > file.env; kubectl create configmap env --from-env-file=file.env
  configmap/env created
  $ kubectl get configmap files env -o jsonpath='{range .items[*]}{.data}{"\n"}{end}'
  {"file.txt":"words\n","other":"words\n"}
  {"A":"1","B":"2"}
  $ kubectl create configmap settings --from-literal=a=1
  error: failed to create configmap: configmaps "settings" already exists
  [1]
  (old:)
  Error from server (AlreadyExists): configmaps "settings" already exists
  [1]
  $ kubectl create secret generic word --from-literal=password=xyzzy
  secret/word created
  $ kubectl get secret word -o jsonpath='{.data.password} {.type}'
  eHl6enk= Opaque
  $ kubectl create secret docker-registry registry --docker-server=example.org --docker-username=a --docker-password=b
  secret/registry created
  $ openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem -subj /CN=a -days 1 2> /dev/null; kubectl create secret tls pair --cert=cert.pem --key=key.pem
  secret/pair created
  $ kubectl get secrets
  NAME TYPE DATA AGE (glob)
  pair kubernetes.io/tls 2 * (glob)
  registry kubernetes.io/dockerconfigjson 1 * (glob)
  word Opaque 1 * (glob)
  $ kubectl create serviceaccount robot
  serviceaccount/robot created
  (not old: error: unknown command "token robot")
  $ kubectl create token robot | tr -cd .
  ..
  (not old: Error: unknown flag: --duration)
  $ kubectl create token robot --duration=10m --audience=mine | cut -d. -f2 | tr '_-' '/+' | base64 -d 2> /dev/null | grep -o '"aud":\["mine"\]'
  "aud":["mine"]
  (not old: error: unknown command "token nobody")
  $ kubectl create token nobody
  error: failed to create token: serviceaccounts "nobody" not found
  [1]
  $ kubectl create role reader --verb=get --verb=list --resource=pods --resource-name=one
  role.rbac.authorization.k8s.io/reader created
  $ kubectl create role bad --verb=get --resource=nothings
  the server doesn't have a resource type "nothings"
  [1]
  $ kubectl create rolebinding readers --role=reader --user=ann --group=team --serviceaccount=$NS:robot
  rolebinding.rbac.authorization.k8s.io/readers created
  $ kubectl create clusterrole nodes-$NS --verb=get,list --resource=nodes
  clusterrole.rbac.authorization.k8s.io/nodes-NS created
  $ kubectl create clusterrole health-$NS --verb=get --non-resource-url=/healthz
  clusterrole.rbac.authorization.k8s.io/health-NS created
  $ kubectl create clusterrole all-$NS --aggregation-rule=rbac.example.org/all=true
  clusterrole.rbac.authorization.k8s.io/all-NS created
  $ kubectl create clusterrolebinding nodes-$NS --clusterrole=nodes-$NS --user=ann
  clusterrolebinding.rbac.authorization.k8s.io/nodes-NS created
  $ kubectl delete clusterrole nodes-$NS health-$NS all-$NS; kubectl delete clusterrolebinding nodes-$NS
  clusterrole.rbac.authorization.k8s.io "nodes-NS" deleted
  clusterrole.rbac.authorization.k8s.io "health-NS" deleted
  clusterrole.rbac.authorization.k8s.io "all-NS" deleted
  clusterrolebinding.rbac.authorization.k8s.io "nodes-NS" deleted
  $ kubectl create quota limit --hard=pods=5,cpu=4
  resourcequota/limit created
  $ kubectl get quota limit -o jsonpath='{.spec.hard}'
  {"cpu":"4","pods":"5"}
  $ kubectl create quota short --hard=pods=2 --scopes=BestEffort
  resourcequota/short created
  $ kubectl create priorityclass high-$NS --value=1000 --description=first
  priorityclass.scheduling.k8s.io/high-NS created
  $ kubectl delete priorityclass high-$NS
  priorityclass.scheduling.k8s.io "high-NS" deleted
  (not old: error: no matches for kind "PodDisruptionBudget" in version "policy/v1beta1")
  $ kubectl create poddisruptionbudget web --selector=app=web --max-unavailable=1
  poddisruptionbudget.policy/web created
  $ kubectl get pdb web
  NAME MIN AVAILABLE MAX UNAVAILABLE ALLOWED DISRUPTIONS AGE (glob)
  web N/A 1 0 * (glob)
  (old:)
  Error from server (NotFound): poddisruptionbudgets.policy "web" not found
  [1]
  $ kubectl create service clusterip web --tcp=80:8080
  service/web created
  $ kubectl create service nodeport node --tcp=80
  service/node created
  $ kubectl create service loadbalancer balanced --tcp=80
  service/balanced created
  $ kubectl create service externalname outside --external-name=example.org
  service/outside created
  $ kubectl create service clusterip headless --clusterip=None
  service/headless created
  $ kubectl get services
  NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE (glob)
  balanced LoadBalancer * <pending> 80:*/TCP * (glob)
  headless ClusterIP None <none> <none> * (glob)
  node NodePort * <none> 80:*/TCP * (glob)
  outside ExternalName <none> example.org <none> * (glob)
  web ClusterIP * <none> 80/TCP * (glob)
  $ kubectl create namespace $NS-more
  namespace/NS-more created
  $ kubectl create namespace $NS
  Error from server (AlreadyExists): namespaces "NS" already exists
  [1]
  $ kubectl delete namespace $NS-more
  namespace "NS-more" deleted
  $ kubectl create deployment web --image=nginx --replicas=0 --port=80 -o yaml --dry-run=client
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    labels:
      app: web
    name: web
  spec:
    replicas: 0
    selector:
      matchLabels:
        app: web
    strategy: {}
    template:
      metadata:
        labels:
          app: web
      spec:
        containers:
        - image: nginx
          name: nginx
          ports:
          - containerPort: 80
          resources: {}
  status: {}
  (old:)
  apiVersion: apps/v1
  kind: Deployment
  metadata:
    creationTimestamp: null
    labels:
      app: web
    name: web
  spec:
    replicas: 0
    selector:
      matchLabels:
        app: web
    strategy: {}
    template:
      metadata:
        creationTimestamp: null
        labels:
          app: web
      spec:
        containers:
        - image: nginx
          name: nginx
          ports:
          - containerPort: 80
          resources: {}
  status: {}
  $ kubectl create deployment web --image=nginx --replicas=0 -o name
  deployment.apps/web
  $ kubectl create deployment bad --image=nginx --replicas=-1
  error: failed to create deployment: Deployment.apps "bad" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0
  [1]
  $ kubectl create job one --image=busybox --dry-run=server -o name -- true
  job.batch/one
  $ kubectl create ingress simple --rule=foo.com/bar=svc:80
  error: failed to create ingress: the server could not find the requested resource (post ingresses.networking.k8s.io)
  [1]
  $ kubectl create -f /dev/null
  error: no objects passed to create
  [1]
  $ kubectl create -f nothing.yaml
  error: the path "nothing.yaml" does not exist
  [1]
