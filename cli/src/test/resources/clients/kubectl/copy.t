Copies with symbolic links, names that lead elsewhere, and the folder in which commands begin.

  $ mkdir mount work
  $ kubectl apply -f - << END
  > apiVersion: v1
  > kind: Pod
  > metadata: {name: box}
  > spec:
  >   terminationGracePeriodSeconds: 0
  >   volumes: [{name: files, emptyDir: {}}]
  >   containers: [{name: main, image: busybox, workingDir: /data/deep, command: [sh, -c, "pwd; exec sleep 1000"], volumeMounts: [{name: files, mountPath: /data}]}]
  > END
  pod/box created
  $ kubectl wait pod box --for=condition=Ready --timeout=60s
  pod/box condition met

A command begins where the container's own program began.

  $ test "$(kubectl exec box -- pwd)" = "$(kubectl logs box)" && kubectl exec box -- pwd
  .*/volumes/files/deep (re)
  $ kubectl exec box -- sh -c 'echo here > note'; kubectl exec box -- cat /data/deep/note
  here

Up: links stay links, and lead to where they lead in the container.

  $ mkdir up; echo inside > up/file; ln -s file up/link; ln -s ../outside up/away
  $ kubectl cp up box:/data/up
  $ kubectl exec box -- readlink /data/up/link
  file
  $ kubectl exec box -- cat /data/up/link
  inside
  $ kubectl exec box -- readlink /data/up/away
  ../outside

Up: no name leads out of the container's folders.

  $ kubectl cp up/file box:/data/../../../../tmp/mlk-escape-$NS
  $ ls /tmp/mlk-escape-$NS 2> /dev/null
  [2]
  $ kubectl exec box -- cat /tmp/mlk-escape-$NS
  inside
  $ kubectl cp up/file box:../beside; kubectl exec box -- cat /data/beside
  inside

Down: links are left out, with a word, wherever they lead.

  $ echo secret > secret; kubectl exec box -- ln -s $HOME/secret /data/up/leak
  $ kubectl cp box:/data/up down 2> said; sort -u said | grep -c 'skipping symlink\|symlink'
  [1-9] (re)
  $ (cd down && find . | sort)
  .
  ./file
  $ cat down/file; grep -r secret down
  inside
  [1]

Down: tar packs a name with ".." under what follows it, and kubectl unpacks nothing that it did not ask for.

  $ mkdir target; (cd target && kubectl cp box:/data/up/../up/file got > /dev/null 2>&1; ls)
  $ kubectl cp box:/data/nothing gone > /dev/null 2>&1; ls gone 2> /dev/null
  [2]
