# fish completion for aigenv, which says itself what may stand next.
function __aigenv_complete
  set -l words (commandline -opc)
  for line in (aigenv complete -- $words[2..] (commandline -ct) 2>/dev/null)
    switch $line
      case :files
        __fish_complete_path (commandline -ct)
      case :folders
        __fish_complete_directories (commandline -ct)
      case '*'
        echo $line
    end
  end
end
complete -c aigenv -f -a '(__aigenv_complete)'
