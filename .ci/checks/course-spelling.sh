# Spelling of the workshop's pages: hunspell's British dictionary and cli/src/test/resources/course/words.txt, the words of the field.
set -eu
cd "$(dirname "$0")/../.."
if ! command -v hunspell >/dev/null 2>&1 || ! hunspell -D </dev/null 2>&1 | grep -q en_GB; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "no hunspell with its British dictionary; next: apt install hunspell hunspell-en-gb"
    exit 77
  fi
  export DEBIAN_FRONTEND=noninteractive
  { apt-get -qq update && apt-get -qq install -y --no-install-recommends hunspell hunspell-en-gb; } >/dev/null 2>&1 || {
    echo "hunspell could not be installed"
    exit 77
  }
fi
export LC_ALL=C.UTF-8

# The words of standard input that are not known. Code and addresses are left out, and names such as TFJob and GPUs: the list of terms has those.
wrong() {
  sed -e '/^ *```/,/^ *```/d' -e 's/`[^`]*`/ /g' -e 's/]([^)]*)/] /g' -e 's/<[^>]*>/ /g' -e 's/\${[^}]*}/ /g' |
    hunspell -d en_GB -i UTF-8 -l | sort -u | grep -vE '.[A-Z]' | LC_ALL=C sort -u | LC_ALL=C comm -23 - cli/src/test/resources/course/words.txt
}

# A check that finds nothing wrong in wrong words would find nothing anywhere.
if [ "$(printf 'We recieve a color. `recieve` it.\n' | wrong | tr '\n' ' ')" != "color recieve " ]; then
  echo "the check itself is broken: it does not find wrong words"
  exit 1
fi
LC_ALL=C sort -c cli/src/test/resources/course/words.txt
pages=0 failed=0
for page in modules/*/page.md; do
  pages=$((pages + 1))
  found=$(wrong <"$page" || true)
  if [ -n "$found" ]; then
    echo "$page: $(echo "$found" | tr '\n' ' ')"
    failed=1
  fi
done
[ $failed = 0 ] || exit 1
echo "$pages pages without a wrong word"
