import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FAULT_NAMES } from './faults.ts'
import { SIMULATOR_FLAGS } from './flags.ts'
import { parseSettings } from './schema.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

describe('the README', () => {
  it('names every fault', () => {
    expect(FAULT_NAMES.filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
  })

  it('names every setting and flag', () => {
    const result = parseSettings({ unknown: true })
    const settings = 'problems' in result ? (result.problems[0]?.allowed.split(', ') ?? []) : []
    expect(settings.length).toBeGreaterThan(20)
    expect(settings.filter((name) => !readme.includes(`\`${name}\``))).toEqual([])
    expect(Object.keys(SIMULATOR_FLAGS).filter((name) => !readme.includes(`\`--${name}`))).toEqual([])
  })
})
