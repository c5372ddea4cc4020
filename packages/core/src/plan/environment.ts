import { ENVIRONMENT_OPTIONS, type EnvironmentOption } from './option-names.ts'
import { parseStages } from './stages-text.ts'

/**
 * The options that environment variables set, as an options object for `resolvePlan`. Text that is
 * not what its option needs is left as it is, so that the problem names it. Empty variables say nothing.
 */
export function optionsFromEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, unknown>> {
  const options: Record<string, unknown> = {}
  for (const { variable, option, kind } of ENVIRONMENT_OPTIONS) {
    const text = env[variable]?.trim()
    if (text !== undefined && text !== '') options[option] = READERS[kind](text)
  }
  return options
}

const READERS: Readonly<Record<EnvironmentOption['kind'], (text: string) => unknown>> = {
  duration: (text) => text,
  number: (text) => (Number.isFinite(Number(text)) ? Number(text) : text),
  boolean: (text) => BOOLEANS[text.toLowerCase()] ?? text,
  list: (text) => text.split(',').map((item) => item.trim()),
  stages: parseStages,
  tags: (text) => parseTags(text) ?? text,
}

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false, 1: true, 0: false }

/** Reads `team=ml,build=42`. @returns `undefined` where a part has no name or no `=`. */
function parseTags(text: string): Record<string, string> | undefined {
  const tags: Record<string, string> = {}
  for (const part of text.split(',')) {
    const [, name, value] = /^([^=]+)=(.*)$/.exec(part.trim()) ?? []
    if (name === undefined || value === undefined) return undefined
    tags[name.trim()] = value.trim()
  }
  return tags
}
