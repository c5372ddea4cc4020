/**
 * Arguments as yargs is to get them. `--simulate` may stand alone or be followed by settings (JSON, or
 * a .json file); yargs would take whatever follows, the script included.
 */
export function settledArguments(argv: readonly string[]): string[] {
  return argv.map((argument, index) => {
    if (argument !== '--simulate') return argument
    const next = argv[index + 1] ?? ''
    return next.trimStart().startsWith('{') || next.endsWith('.json') ? argument : '--simulate='
  })
}
