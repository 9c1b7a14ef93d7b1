# Helm's whole life of a chart with hooks, definitions, tests and lookups: cli/src/test/resources/clients/helm. And a sweep that is a chart's.
set -eu
here=$(dirname "$0")/../..
if ! command -v kubectl >/dev/null 2>&1 && [ -z "${MLK_TEST_KUBECTL:-}" ]; then
  echo "no kubectl, with which the script looks at what helm made"
  exit 77
fi
if ! MLK_TEST_HELM=$("$here/testbed/helm.sh"); then
  echo "helm could not be built"
  exit 77
fi
export MLK_TEST_HELM
sh "$here/.ci/tests.sh" cli SweepHelmIT
exec sh "$here/.ci/tests.sh" cli HelmScriptsIT
