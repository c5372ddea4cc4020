/** The word by which a shell asks for completions; the words of the line so far follow it. */
export const COMPLETION_REQUEST = '--complete-words'

/*
 * Each script hands the words up to the cursor to loadbench, which prints one candidate a line: the word,
 * and after a tab what it means. Paths of files are the shell's own matter where there is no candidate.
 */

const bash = `# loadbench: completion for bash
_loadbench() {
  local word about
  COMPREPLY=()
  while IFS=$'\\t' read -r word about; do
    COMPREPLY+=("$(printf '%q' "$word")")
  done < <("\${COMP_WORDS[0]}" ${COMPLETION_REQUEST} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  [[ \${COMPREPLY[0]} == *[=/] ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -o bashdefault -o default -F _loadbench loadbench
`

const zsh = `#compdef loadbench
# loadbench: completion for zsh
_loadbench() {
  local -a candidates
  local line
  while IFS= read -r line; do
    candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done < <("\${words[1]}" ${COMPLETION_REQUEST} "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if [[ \${candidates[1]} == *[=/]:* ]]; then
    _describe 'loadbench' candidates -S ''
  elif (( \${#candidates} )); then
    _describe 'loadbench' candidates
  else
    _files
  fi
}
compdef _loadbench loadbench
`

const fish = `# loadbench: completion for fish
function __loadbench_complete
  set -l words (commandline -opc) (commandline -ct)
  command $words[1] ${COMPLETION_REQUEST} $words[2..-1] 2>/dev/null
end
complete -c loadbench -a '(__loadbench_complete)'
`

/** What each shell is to read, so that it completes loadbench's command line. */
export const SHELL_SCRIPTS = { bash, zsh, fish } as const

export type Shell = keyof typeof SHELL_SCRIPTS
