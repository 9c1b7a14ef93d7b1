# kubectl top and the proxies to pods and Services with the real control plane, which reaches the node agent by its egress selector and an aggregated API.
set -eu
if [ -z "${MLK_TEST_KUBE:-}" ]; then
  echo "no real control plane to test with: MLK_TEST_KUBE names none"
  exit 77
fi
for script in top proxy; do
  sh .ci/tests.sh cli KubectlScriptsIT -Dmlk.test.target=kubernetes -Dscript=$script
done
