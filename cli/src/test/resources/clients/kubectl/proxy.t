Requests through the API server to a pod and a service.

  $ kubectl run web --image=nginx --port=80 --labels=app=proxy
  pod/web created
  $ kubectl expose pod web --port=8000 --target-port=80
  service/web exposed
  $ kubectl wait --for=condition=Ready pod/web --timeout=60s
  pod/web condition met

A pod without a readiness probe is ready before its server listens.

  ~ kubectl get --raw /api/v1/namespaces/$NS/pods/web/proxy/index.html | sed -n 2p
  <title>Welcome to nginx!</title>
  $ kubectl get --raw /api/v1/namespaces/$NS/pods/http:web:80/proxy/index.html | sed -n 2p
  <title>Welcome to nginx!</title>
  ~ kubectl get --raw /api/v1/namespaces/$NS/services/web/proxy/index.html | sed -n 2p
  <title>Welcome to nginx!</title>
  $ kubectl get --raw /api/v1/namespaces/$NS/services/web:8000/proxy/index.html | sed -n 2p
  <title>Welcome to nginx!</title>
  $ kubectl get --raw /api/v1/namespaces/$NS/services/web:8001/proxy/
  Error from server (ServiceUnavailable): no service port 8001 found for service "web"
  [1]
  $ kubectl get --raw /api/v1/namespaces/$NS/services/nobody/proxy/
  Error from server (NotFound): services "nobody" not found
  [1]
  $ kubectl get --raw /api/v1/namespaces/$NS/pods/web/proxy/nothing 2>&1 | grep -c NotFound
  1

The same by kubectl proxy, as a browser comes.

  $ kubectl proxy --port=0 > proxy.out 2>&1 & echo $! > proxy.pid
  ~ sed -n 's/Starting to serve on //p' proxy.out
  127.0.0.1:[0-9]+ (re)
  $ kubectl --server=http://$(sed -n 's/Starting to serve on //p' proxy.out) get --raw /api/v1/namespaces/$NS/services/http:web:8000/proxy/index.html | sed -n 2p
  <title>Welcome to nginx!</title>
  $ kill $(cat proxy.pid)
  $ kubectl delete pod,service web --grace-period=1
  pod "web" deleted from NS namespace
  service "web" deleted from NS namespace
  (old:)
  pod "web" deleted
  service "web" deleted
