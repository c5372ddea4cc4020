/**
 * Arguments as yargs is to get them. `--simulate` may stand alone or be followed by settings (JSON, or
 * a .json file); yargs would take whatever follows, the script included. And it takes what comes after `--` for no
 * script.
 */
export function settledArguments(argv: readonly string[]): string[] {
  const end = argv.indexOf('--')
  const words = end < 0 ? argv : argv.toSpliced(end, 1)
  return words.map((argument, index) => {
    if (argument !== '--simulate') return argument
    const next = words[index + 1] ?? ''
    return next.trimStart().startsWith('{') || next.endsWith('.json') ? argument : '--simulate='
  })
}
