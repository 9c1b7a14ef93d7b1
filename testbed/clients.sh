# The one list of versions of the clients that tests run besides kubectl; read by helm.sh and python.sh.
helm_version=3.22.0
python_client_version=37.0.2
