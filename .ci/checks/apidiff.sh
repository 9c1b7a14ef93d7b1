# The practice cluster against Kubernetes, request by request: every case agrees with what the real control plane answered, or is
# listed in testbed/apidiff/known.yaml with a reason. Then the proof that the comparison notices: the same behind a proxy that spoils answers.
set -euo pipefail
folder=testbed/apidiff
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
command -v python3 >/dev/null || { echo "python3 is not on this machine"; exit 77; }
if ! python3 -c 'import requests, yaml' 2>/dev/null; then
  if ! { python3 -m venv "$work/venv" && "$work/venv/bin/pip" -q install requests PyYAML; } >"$work/venv.out" 2>&1; then
    tail -n 3 "$work/venv.out"
    echo "python3 has no requests and PyYAML, and they could not be installed"
    exit 77
  fi
  PATH=$work/venv/bin:$PATH
fi
(cd $folder && python3 -m unittest discover -q tests)
cat >"$work/both" <<'SH'
set -eu
"$1/bin/apidiff" compare --kubeconfig "$KUBECONFIG" --known "$1/known.yaml" --summary --quiet --jobs 8
python3 "$1/tests/prove_it_can_fail.py" "$KUBECONFIG"
SH
$folder/practice.sh sh "$work/both" $folder
