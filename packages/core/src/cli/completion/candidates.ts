import type { Options } from 'yargs'
import { entriesOf, findScripts } from '../scripts.ts'

/** A word that may come next, and what it means. */
export interface Candidate {
  readonly word: string
  readonly about: string
}

/** What can follow a command. */
export interface Completable {
  readonly about: string
  readonly flags: Readonly<Record<string, Options>>
  /** Whether it takes a script. */
  readonly takesScript?: boolean
  /** Words it takes in place of a file. */
  readonly words?: readonly string[]
  /** By flag the kinds that stand before a file: `csv` for `--out csv=FILE`. */
  readonly fileKinds?: Readonly<Record<string, readonly string[]>>
}

/** Flags of every command. */
const EVERYWHERE: Readonly<Record<string, Options>> = {
  help: { type: 'boolean', describe: 'Show help' },
  version: { type: 'boolean', describe: 'Show version number' },
}

/** A flag whose value may be left out: what follows it is completed as if it were not there. */
const MAY_STAND_ALONE = '--simulate'

/**
 * What may stand at the end of a command line.
 * @param words without `loadbench`; the last one, which may be empty, is being written.
 * @returns none where the shell should complete the name of a file.
 */
export function candidates(
  words: readonly string[],
  commands: Readonly<Record<string, Completable>>,
): readonly Candidate[] {
  const current = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  const command = commands[before.find((word) => !word.startsWith('-')) ?? '']
  const offered = command === undefined ? topLevel(commands) : following(command, before, current)
  return offered.filter(({ word }) => word.startsWith(current))
}

function topLevel(commands: Readonly<Record<string, Completable>>): Candidate[] {
  const names = Object.entries(commands).map(([word, { about }]) => ({ word, about }))
  return [...names, ...flagsOf(EVERYWHERE)]
}

function following(command: Completable, before: readonly string[], current: string): readonly Candidate[] {
  const flags = { ...command.flags, ...EVERYWHERE }
  const last = before.at(-1) ?? ''
  // bash takes `=` for a word: a file follows, which is the shell's own matter.
  if (last === '=' || current === '=') return []
  const kinds = last.startsWith('--') ? command.fileKinds?.[last.slice(2)] : undefined
  if (kinds !== undefined) return ofKinds(kinds, current)
  const flag = flagOf(last, flags)
  if (flag !== undefined && flag.type !== 'boolean' && last !== MAY_STAND_ALONE) {
    return (flag.choices ?? []).map((choice) => ({ word: String(choice), about: '' }))
  }
  if (current.startsWith('-')) {
    const repeatable = (name: string) => flags[name]?.array === true
    return flagsOf(flags).filter(({ word }) => repeatable(word.slice(2)) || !before.includes(word))
  }
  const fixed = (command.words ?? []).map((word) => ({ word, about: '' }))
  return command.takesScript === true ? scripts() : fixed
}

/** `csv=`, and once that is written the files there are. */
function ofKinds(kinds: readonly string[], current: string): readonly Candidate[] {
  const [kind = '', ...rest] = current.split('=')
  if (!kinds.includes(kind) || rest.length === 0) return kinds.map((one) => ({ word: `${one}=`, about: '' }))
  const path = rest.join('=')
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  return entriesOf(folder === '' ? '.' : folder).map((entry) => ({
    word: `${kind}=${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`,
    about: '',
  }))
}

function scripts(): readonly Candidate[] {
  return findScripts().map(({ path, about }) => ({ word: path, about }))
}

/** Each by its long name; a switch that is on by the name that turns it off. */
function flagsOf(flags: Readonly<Record<string, Options>>): Candidate[] {
  return Object.entries(flags).map(([name, option]) => ({
    word: option.default === true ? `--no-${name}` : `--${name}`,
    about: option.describe ?? '',
  }))
}

function flagOf(word: string, flags: Readonly<Record<string, Options>>): Options | undefined {
  if (!word.startsWith('-')) return undefined
  const name = word.replace(/^--?/, '')
  return flags[name] ?? Object.values(flags).find(({ alias }) => alias === name)
}
