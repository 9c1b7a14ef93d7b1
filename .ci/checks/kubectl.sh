# What people type at kubectl, with the current one and Debian's: sessions of our own, and the scripts in cli/src/test/resources/clients/kubectl.
set -eu
if [ -z "${MLK_TEST_KUBECTL:-}${MLK_TEST_OLD_KUBECTL:-}" ] && ! command -v kubectl >/dev/null 2>&1; then
  echo "no kubectl: neither MLK_TEST_KUBECTL nor MLK_TEST_OLD_KUBECTL nor one on the PATH"
  exit 77
fi
exec sh .ci/tests.sh cli KubectlIT,KubectlScriptsIT
