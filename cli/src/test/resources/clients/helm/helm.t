A chart's whole life.

  $ cp -r $SCRIPTS/chart chart
  $ helm lint chart
  ==> Linting chart
  [INFO] Chart.yaml: icon is recommended
  
  1 chart(s) linted, 0 chart(s) failed
  $ helm template demo chart --kube-version 1.35 --set greeting=hi | grep -E '^kind|greeting'
  kind: Secret
  kind: ConfigMap
    greeting: "hi"
  kind: Service
  kind: Deployment
  kind: Gadget
  kind: Pod
  kind: Job
  kind: Job
  kind: Job
  $ helm install demo chart --wait --timeout 60s
  NAME: demo
  LAST DEPLOYED: * (glob)
  NAMESPACE: NS
  STATUS: deployed
  REVISION: 1
  NOTES:
  demo says hello.
  $ kubectl logs job/demo-before; kubectl logs job/demo-after
  before demo
  after demo
  $ helm list
  NAME*NAMESPACE*REVISION*UPDATED*STATUS*CHART*APP*VERSION (glob)
  demo*NS*1***deployed*site-0.1.0*1 (glob)
  $ helm status demo
  NAME: demo
  LAST DEPLOYED: * (glob)
  NAMESPACE: NS
  STATUS: deployed
  REVISION: 1
  NOTES:
  demo says hello.
  $ helm test demo --logs
  NAME: demo
  LAST DEPLOYED: * (glob)
  NAMESPACE: NS
  STATUS: deployed
  REVISION: 1
  TEST SUITE: demo-test (glob)
  Last Started: * (glob)
  Last Completed: * (glob)
  Phase: Succeeded (glob)
  NOTES:
  demo says hello.
  
  POD LOGS: demo-test
  asked demo
  
  $ kubectl get deployment,service,pdb,gadgets -o name
  deployment.apps/demo
  service/demo
  poddisruptionbudget.policy/demo
  gadget.helm.example.org/demo
  $ kubectl get secret -l owner=helm -o jsonpath='{range .items[*]}{.metadata.name} {.type}{"\n"}{end}'
  sh.helm.release.v1.demo.v1 helm.sh/release.v1
  $ kubectl get secret demo-password -o jsonpath='{.data.password}' > password; wc -c < password
  16
  $ helm install another chart --dry-run=server | grep -E '^STATUS|kubernetes:|jobs:'
  STATUS: pending-install
    kubernetes: "35"
    jobs: "true"
  $ helm install demo chart
  Error: INSTALLATION FAILED: cannot re-use a name that is still in use
  [1]
  $ helm upgrade demo chart --set replicas=2,greeting=bye --wait --timeout 60s | grep -E 'STATUS|REVISION|says'
  STATUS: deployed
  REVISION: 2
  demo says bye.
  $ kubectl get deployment demo -o jsonpath='{.status.readyReplicas}'
  2
  $ kubectl get secret demo-password -o jsonpath='{.data.password}' | cmp - password
  $ kubectl get configmap demo-settings -o jsonpath='{.data}'
  {"greeting":"bye","jobs":"true","kubernetes":"35","revision":"2"}
  $ helm get values demo
  USER-SUPPLIED VALUES:
  greeting: bye
  replicas: 2
  $ helm get manifest demo | grep -c ^kind
  6
  $ helm get hooks demo | grep -E '^kind'
  kind: Pod
  kind: Job
  kind: Job
  kind: Job
  $ helm get notes demo
  NOTES:
  demo says bye.
  
  $ helm get metadata demo | grep -E 'NAME|VERSION|STATUS'
  NAME: demo
  VERSION: 0.1.0
  APP_VERSION: 1
  NAMESPACE: NS
  STATUS: deployed
  $ helm history demo
  REVISION*UPDATED*STATUS*CHART*APP*VERSION*DESCRIPTION (glob)
  1***superseded*site-0.1.0*1*Install*complete (glob)
  2***deployed*site-0.1.0*1*Upgrade*complete (glob)
  $ helm upgrade demo chart --set budget=false --reuse-values
  Release "demo" has been upgraded. Happy Helming!
  NAME: demo
  LAST DEPLOYED: * (glob)
  NAMESPACE: NS
  STATUS: deployed
  REVISION: 3
  NOTES:
  demo says bye.
  $ kubectl get pdb
  No resources found in NS namespace.
  $ helm upgrade demo chart --atomic --timeout 30s --set broken=true
  Error: UPGRADE FAILED: release demo failed, and has been rolled back due to atomic being set: pre-upgrade hooks failed: 1 error occurred:
  	* job demo-before failed: BackoffLimitExceeded
  
  
  [1]
  $ helm upgrade demo chart --atomic --timeout 4s --set image=no-such-image
  Error: UPGRADE FAILED: release demo failed, and has been rolled back due to atomic being set: context deadline exceeded
  [1]
  $ helm rollback demo 2 --wait --timeout 60s
  Rollback was a success! Happy Helming!
  $ helm history demo --max 4
  REVISION*UPDATED*STATUS*CHART*APP*VERSION*DESCRIPTION (glob)
  5***superseded*site-0.1.0*1*Rollback*to*3 (glob)
  6***failed*site-0.1.0*1*Upgrade*"demo"*failed:*context*deadline*exceeded (glob)
  7***superseded*site-0.1.0*1*Rollback*to*5 (glob)
  8***deployed*site-0.1.0*1*Rollback*to*2 (glob)
  $ kubectl get deployment demo -o jsonpath='{.spec.template.spec.containers[0].image} {.spec.replicas}'
  nginx 2
  $ helm upgrade --install other chart --set replicas=0 --no-hooks -o json | tr , '\n' | grep '"status"'
  "status":"deployed"
  $ helm list -q
  demo
  other
  $ helm uninstall demo --wait
  release "demo" uninstalled
  ~ kubectl get all -o name -l app.kubernetes.io/instance=demo
  $ helm status demo
  Error: release: not found
  [1]
  $ helm uninstall other --keep-history && helm list --uninstalled -q
  release "other" uninstalled
  other
  $ kubectl get crd gadgets.helm.example.org -o name
  customresourcedefinition.apiextensions.k8s.io/gadgets.helm.example.org
  $ helm install broken chart --set broken=true --timeout 30s
  Error: INSTALLATION FAILED: failed pre-install: 1 error occurred:
  	* job broken-before failed: BackoffLimitExceeded
  
  
  [1]
  $ helm list --failed -q
  broken
