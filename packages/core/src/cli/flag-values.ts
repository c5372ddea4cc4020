import type { Options } from 'yargs'
import { LoadbenchError } from '../model/errors.ts'

/**
 * Refuses what yargs takes without a word: a flag with one value given twice, one with a value switched off by `--no-`,
 * and a switch with a value that is neither true nor false, which would be off.
 * @param read the flags as yargs read them. @param words the command line. @param flags those the command has, by name.
 * @throws LB_USAGE, with a line for each.
 */
export function checkFlagValues(
  read: Readonly<Record<string, unknown>>,
  words: readonly string[],
  flags: Readonly<Record<string, Options>>,
): void {
  const problems = Object.entries(flags).flatMap(([name, options]) =>
    options.type === 'boolean'
      ? strangeSwitch(name, options, words)
      : strangeValue(name, options, read[name]),
  )
  if (problems.length > 0)
    throw new LoadbenchError('LB_USAGE', problems.join('\n'), 'See --help for what each flag takes.')
}

function strangeValue(name: string, { array = false }: Options, value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (values.includes(false)) return [`--no-${name} says nothing: --${name} has a value, so leave it out`]
  return values.length > 1 && !array
    ? [`--${name} is given ${values.length} times and can have one value`]
    : []
}

function strangeSwitch(name: string, { alias = [] }: Options, words: readonly string[]): string[] {
  const written = [name, alias].flat().map((one) => (one.length === 1 ? `-${one}=` : `--${one}=`))
  const given = words.find((word) => written.some((start) => word.startsWith(start)))
  if (given === undefined || /=(?:true|false)$/.test(given)) return []
  return [`${given} is no switch: write --${name} or --no-${name}`]
}
