import type { Options } from 'yargs'
import { LoadbenchError } from '../model/errors.ts'
import { didYouMean, nearest } from '../plan/nearest.ts'
import { isScriptName } from './scripts.ts'

type Flags = Readonly<Record<string, Options>>

const UNKNOWN = /^Unknown (?:argument|command)s?: (.+)$/
const TOO_FEW = /^Not enough non-option arguments/
const NO_VALUE = /^Not enough arguments following: (.+)$/

const CHOICES = /^Invalid values:\s+Argument: (.+?), Given: "(.*?)", Choices: (.+)$/s

/** What each command must be followed by; `''`: nothing. */
const SUBJECTS: Readonly<Record<string, string>> = {
  new: '',
  run: 'a script',
  inspect: 'a script',
  report: 'a run folder',
  probe: 'an address',
  doctor: '',
  simulate: '',
  completion: '',
}

/** The command of a command line; `''` where it names none. */
export function commandOf(argv: readonly string[]): string {
  return argv.find((argument) => !argument.startsWith('-')) ?? ''
}

/**
 * What yargs found wrong with a command line, as an error that says what was probably meant.
 * @param message yargs' own, in English. @param flags those the command has, by name.
 */
export function usageError(message: string, argv: readonly string[], flags: Flags): LoadbenchError {
  const command = commandOf(argv)
  const known = command in SUBJECTS
  return new LoadbenchError(
    'LB_USAGE',
    inOtherWords(message, command, argv, flags),
    `See loadbench ${known ? `${command} ` : ''}--help.`,
  )
}

function inOtherWords(message: string, command: string, argv: readonly string[], flags: Flags): string {
  if (command !== '' && !(command in SUBJECTS)) return noCommand(command)
  const [, argument = '', given = '', choices] = CHOICES.exec(message) ?? []
  if (choices !== undefined) return noChoice(argument, given, choices.replaceAll('"', '').split(', '))
  const [, names] = UNKNOWN.exec(message) ?? []
  if (names !== undefined) return unknown(names.split(', '), argv, flags).join('\n')
  const [, flag] = NO_VALUE.exec(message) ?? []
  if (flag !== undefined) return `${flag.length === 1 ? '-' : '--'}${flag} has no value`
  const subject = SUBJECTS[command]
  if (TOO_FEW.test(message) && subject !== undefined) return `loadbench ${command} needs ${subject}`
  return message
}

function noCommand(name: string): string {
  const script = isScriptName(name) ? `; a script is run by: loadbench run ${name}` : ''
  return `there is no command "${name}"${didYouMean(name, Object.keys(SUBJECTS)) || script}`
}

function noChoice(argument: string, given: string, choices: readonly string[]): string {
  const suggestion = didYouMean(given, choices)
  return `${argument} cannot be "${given}"${suggestion || `; it can be ${choices.join(', ')}`}`
}

/** yargs names a flag of several words twice, the second time in camel case. */
function unknown(names: readonly string[], argv: readonly string[], flags: Flags): string[] {
  const written = names.filter((name) => argv.some((argument) => nameOf(argument) === name))
  return written.map((name) => {
    if (argv.includes(name)) return `"${name}" is one word too many${repeat(name, argv, flags)}`
    const dashes = name.length === 1 ? '-' : '--'
    const meant = nearest(name, Object.keys(flags))
    return `there is no flag ${dashes}${name}${meant === undefined ? '' : `; did you mean --${meant}?`}`
  })
}

/** After a flag that takes one value at a time: what to do with a second one. */
function repeat(word: string, argv: readonly string[], flags: Flags): string {
  const before = argv.slice(0, argv.indexOf(word))
  const at = before.findLastIndex((argument) => argument.startsWith('-'))
  const flag = before[at] ?? ''
  const hasValue = flag.includes('=') || at < before.length - 1
  const isMeant = ([name, { alias = [] }]: [string, Options]) => [name, alias].flat().includes(nameOf(flag))
  const isRepeatable = Object.entries(flags).find(isMeant)?.[1].array === true
  return hasValue && isRepeatable ? `: write ${flag.replace(/=.*/s, '')} before each` : ''
}

/** `--name`, `--name=value`, `--no-name` and `-n` as yargs names them; of other words the word itself. */
function nameOf(argument: string): string {
  const [, name] = /^--?(?:no-)?([^=]+)/.exec(argument) ?? []
  return name ?? argument
}
