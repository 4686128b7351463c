/** The shells that completion is there for. */
export const shells = ["bash", "zsh", "fish"] as const;

type ShellName = (typeof shells)[number];

// A value such as group=00g… is one word; bash would break it at = and : and complete only what stands behind.
const bash = `_longarm() {
  local IFS=$'\\n'
  COMPREPLY=($(longarm __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
COMP_WORDBREAKS=\${COMP_WORDBREAKS//[=:]/}
complete -F _longarm longarm
`;

const zsh = `#compdef longarm
_longarm() {
  local line
  local -a values shown
  for line in "\${(@f)$(longarm __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -z $line ]] && continue
    values+=("\${line%%$'\\t'*}")
    shown+=("\${line/$'\\t'/  }")
  done
  compadd -d shown -a values
}
compdef _longarm longarm
`;

const fish = `complete -c longarm -f -a "(longarm __complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)"
`;

/** What a shell reads to complete \`longarm\`. */
export const completionScripts: Readonly<Record<ShellName, string>> = { bash, zsh, fish };
