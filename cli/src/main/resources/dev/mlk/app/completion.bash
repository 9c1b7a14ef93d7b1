# bash completion for mlk: source <(mlk completion bash)
_mlk() {
  local IFS=$'\n'
  COMPREPLY=($(mlk __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
  [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o filenames -F _mlk mlk
