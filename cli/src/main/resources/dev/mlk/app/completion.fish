# fish completion for mlk: mlk completion fish > ~/.config/fish/completions/mlk.fish
function __mlk_complete
    set -l words (commandline -opc) (commandline -ct)
    mlk __complete -- $words[2..-1] 2>/dev/null
end
complete -c mlk -a '(__mlk_complete)'
