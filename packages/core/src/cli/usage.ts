import { LoadbenchError } from '../model/errors.ts'
import { nearest } from '../plan/nearest.ts'

const UNKNOWN = /^Unknown (?:argument|command)s?: (.+)$/
const MEANT = /^Did you mean (.+)\?$/
const TOO_FEW = /^Not enough non-option arguments/

/** What each command is to be followed by. */
const SUBJECTS: Readonly<Record<string, string>> = {
  run: 'a script',
  inspect: 'a script',
  report: 'a run folder',
}

/**
 * What yargs found wrong with a command line, as an error that says what was probably meant.
 * @param message yargs' own, in English. @param flags the names of those there are.
 */
export function usageError(
  message: string,
  argv: readonly string[],
  flags: readonly string[],
): LoadbenchError {
  const command = argv.find((argument) => !argument.startsWith('-')) ?? ''
  const known = command in SUBJECTS
  return new LoadbenchError(
    'LB_USAGE',
    inOtherWords(message, command, argv, flags),
    `See loadbench ${known ? `${command} ` : ''}--help.`,
  )
}

function inOtherWords(
  message: string,
  command: string,
  argv: readonly string[],
  flags: readonly string[],
): string {
  const [, names] = UNKNOWN.exec(message) ?? []
  if (names !== undefined) return unknown(names.split(', '), argv, flags).join('\n')
  const [, meant] = MEANT.exec(message) ?? []
  if (meant !== undefined) return `there is no command "${command}"; did you mean "${meant}"?`
  const subject = SUBJECTS[command]
  if (TOO_FEW.test(message) && subject !== undefined) return `loadbench ${command} needs ${subject}`
  return message
}

/** yargs names a flag of several words twice, the second time in camel case. */
function unknown(names: readonly string[], argv: readonly string[], flags: readonly string[]): string[] {
  const written = names.filter((name) => argv.some((argument) => nameOf(argument) === name))
  return written.map((name) => {
    if (argv.includes(name)) return `"${name}" is one word too many`
    const dashes = name.length === 1 ? '-' : '--'
    const meant = nearest(name, flags)
    return `there is no flag ${dashes}${name}${meant === undefined ? '' : `; did you mean --${meant}?`}`
  })
}

/** `--name`, `--name=value`, `--no-name` and `-n` as yargs names them; of other words the word itself. */
function nameOf(argument: string): string {
  const [, name] = /^--?(?:no-)?([^=]+)/.exec(argument) ?? []
  return name ?? argument
}
