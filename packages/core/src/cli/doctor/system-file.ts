import { readdirSync, readFileSync } from 'node:fs'

/** Text of a file of the system, without the space around it; `undefined` where there is none to be read. */
export function systemText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}

/** The names in a folder of the system; none where it cannot be read. */
export function systemNames(path: string): readonly string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
