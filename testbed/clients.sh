# The one list of versions of the programs that tests run besides kubectl; read by helm.sh, python.sh and tensorboard.sh.
helm_version=3.22.0
python_client_version=37.0.2
tensorboard_version=2.21.0
tensorboardx_version=2.6.5
boto3_version=1.44.5
