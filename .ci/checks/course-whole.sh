# A learner's whole way through the workshop, from an empty home: the pages' commands are typed, one wrong turn in each module is mended by the advice of mlk verify alone.
set -eu
cd "$(dirname "$0")/../.."
kubectl=${MLK_TEST_KUBECTL:-$(command -v kubectl || true)}
if [ -z "$kubectl" ] || ! command -v python3 >/dev/null 2>&1; then
  echo "no kubectl or no python3"
  exit 77
fi
# Module 4 is about helm; without it the learner writes what it would have rendered.
MLK_TEST_HELM=$(testbed/helm.sh) || MLK_TEST_HELM=
export MLK_TEST_HELM
exec python3 testbed/pages_test.py --whole "$PWD/mlk" "$kubectl"
