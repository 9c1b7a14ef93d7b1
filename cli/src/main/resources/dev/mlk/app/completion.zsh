#compdef mlk
# zsh completion for mlk: mlk completion zsh > a folder of $fpath, as _mlk
_mlk() {
  local -a answers
  answers=("${(@f)$(mlk __complete -- "${words[@]:1:$((CURRENT - 1))}" 2>/dev/null)}")
  if [[ -n "${answers[1]}" ]]; then
    compadd -- "${answers[@]}"
  else
    _files
  fi
}
if [[ "$funcstack[1]" == _mlk ]]; then
  _mlk "$@"
else
  compdef _mlk mlk
fi
