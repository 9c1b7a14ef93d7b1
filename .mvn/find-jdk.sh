#!/bin/sh
# Prints the folder of a JDK 25 or newer: MLK_JDK, JAVA_HOME, the java on the PATH, then where systems keep them.
# The release file is read instead of starting each java: looking must cost nothing.
is_jdk() {
  [ -x "$1/bin/java" ] && [ -f "$1/release" ] || return 1
  while IFS='=' read -r key value; do
    if [ "$key" = JAVA_VERSION ]; then
      value=${value#\"}
      value=${value%%[!0-9]*}
      [ "${value:-0}" -ge 25 ] && return 0
    fi
  done <"$1/release"
  return 1
}
for jdk in "${MLK_JDK:-}" "${JAVA_HOME:-}"; do
  if [ -n "$jdk" ] && is_jdk "$jdk"; then
    echo "$jdk"
    exit 0
  fi
done
java=$(command -v java 2>/dev/null) && java=$(readlink -f "$java" 2>/dev/null) && {
  jdk=${java%/bin/java}
  if is_jdk "$jdk"; then
    echo "$jdk"
    exit 0
  fi
}
for jdk in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
  /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
  /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
  if is_jdk "$jdk"; then
    echo "$jdk"
    exit 0
  fi
done
cat >&2 <<MSG
mlk needs a JDK 25 or newer, and none was found.
Looked at MLK_JDK, JAVA_HOME, java on the PATH, and the usual folders.
Next: install one (apt install openjdk-25-jdk, brew install openjdk@25, or sdk install java 25-tem), or set MLK_JDK to its folder.
MSG
exit 4
