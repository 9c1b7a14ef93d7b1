# Waits for the end of the JVM that holds the other end of standard input, then kills what the
# cluster left behind. Lines: "+ PID" a session began, "- PID" it ended. $1 is the cluster's mark.
trap '' HUP INT TERM
sessions=' '
while read -r change pid; do
  case $change in
    +) sessions="$sessions$pid " ;;
    -) case $sessions in
         *" $pid "*) sessions="${sessions%%" $pid "*} ${sessions#*" $pid "}" ;;
       esac ;;
  esac
done
for pid in $sessions; do kill -s KILL -- "-$pid" 2>/dev/null; done
[ -d /proc/self ] || exit 0
round=0
while [ $round -lt 100 ]; do
  pids=$(grep -lF -e "$1" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3)
  [ -n "$pids" ] || exit 0
  kill -s KILL $pids 2>/dev/null
  round=$((round + 1))
  sleep 0.05
done
