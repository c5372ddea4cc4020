import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findScripts } from './scripts.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadbench-scripts-'))
afterAll(() => rmSync(folder, { recursive: true }))

const IMPORT = `import { openai } from '@loadbench/plugin-openai'\n`
const BODY = `${IMPORT}export default function () {}\n`

function found(name: string, text: string): string | undefined {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  const all = findScripts([dirname(path)])
  rmSync(path)
  return all.find((one) => one.path === path)?.about
}

describe('a file', () => {
  it.each([
    ['with a line comment', 'a.ts', `// What it asks.\n// More.\n${BODY}`, 'What it asks.'],
    ['with a block', 'a.ts', `/**\n * What it asks.\n * More.\n */\n${BODY}`, 'What it asks.'],
    ['with a short block', 'a.mjs', `/* What it asks. */\n${BODY}`, 'What it asks.'],
    ['below a hashbang', 'a.js', `#!/usr/bin/env loadbench\n\n// What it asks.\n${BODY}`, 'What it asks.'],
    ['that names itself first', 'a.ts', `// scenarios/a.ts\n//\n// What it asks.\n${BODY}`, 'What it asks.'],
    [
      'that names itself above',
      'a.ts',
      `/**\n * a.ts\n * What it asks. More.\n */\n${BODY}`,
      'What it asks.',
    ],
    ['with a sentence of two lines', 'a.ts', `// What it\n// asks? More.\n${BODY}`, 'What it asks?'],
    [
      'with 1.5 things in a sentence',
      'a.ts',
      `// It asks 1.5 times a second. So.\n${BODY}`,
      'It asks 1.5 times a second.',
    ],
    ['without a full stop', 'a.ts', `// What it asks\n//\n//   loadbench run a.ts\n${BODY}`, 'What it asks'],
    ['with its name alone', 'a.ts', `// a.ts\n${BODY}`, ''],
    ['with the name it was copied under', 'a.ts', `// scenarios/spike.ts\n${BODY}`, ''],
    ['with a comment further down', 'a.ts', `${BODY}// Not this.\n`, ''],
    ['without a comment', 'a.ts', BODY, ''],
    ['with options alone', 'a.ts', 'export const options = {}\nexport function ask() {}\n', ''],
  ])('%s is a script', (_, name, text, about) => {
    expect(found(name, text)).toBe(about)
  })

  it.each([
    [
      'another tool made',
      'a.ts',
      `import { defineConfig } from 'vitest/config'\nexport default defineConfig({})`,
    ],
    ['is imported by scripts', 'a.ts', `${IMPORT}export const llm = openai()`],
    ['is a test', 'a.test.ts', BODY],
    ['holds types', 'a.d.ts', BODY],
    ['configures', 'vitest.config.ts', BODY],
    ['is no program', 'a.json', BODY],
  ])('that %s is none', (_, name, text) => {
    expect(found(name, text)).toBeUndefined()
  })

  it('is not looked for in a folder that is not there', () => {
    expect(findScripts([join(folder, 'not-there')])).toEqual([])
  })
})
