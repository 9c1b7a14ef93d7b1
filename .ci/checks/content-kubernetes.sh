# Modules 0 and 5 on the real control plane: the same verdicts as on the built-in one. (All of them: mlk content check --engine kubernetes.)
set -eu
cd "$(dirname "$0")/../.."
if [ -z "${MLK_TEST_KUBE:-}" ]; then
  echo "no real control plane to test with: MLK_TEST_KUBE names none"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
MLK_HOME="$work" HOME="$work" ./mlk content check module-0 module-5 --parallel 1 --engine kubernetes --kubernetes-bin "$(dirname "$MLK_TEST_KUBE")"
