# What operators build on: the fabric8 client's informers and leader election, and an operator of the Java Operator SDK.
set -eu
exec sh .ci/tests.sh practice FabricClientTest,OperatorSdkTest
