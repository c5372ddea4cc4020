/** A command as a POSIX shell takes it: words with anything special in them are quoted. */
export function commandLine(argv: readonly string[]): string {
  const words = argv[0] === 'loadbench' ? argv : ['loadbench', ...argv]
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : quoted(word))).join(' ')
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`
}
