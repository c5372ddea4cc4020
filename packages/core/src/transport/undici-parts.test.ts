import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const PARTS = new URL('undici-parts.ts', import.meta.url).href

/** Runs code that has `undici` in a process of its own. @returns what it printed */
function inProcess(code: string): string {
  const text = `import { undici } from '${PARTS}'; ${code}`
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', text],
    { cwd: fileURLToPath(new URL('.', import.meta.url)), encoding: 'utf8' },
  )
  expect(stderr).toBe('')
  return stdout.trim()
}

it('loads a part of undici, but not its index, nor the undici inside Node, which take several times as long', () => {
  const loaded = `process.moduleLoadList.some((name) => name.endsWith('deps/undici/undici'))`
  expect(inProcess(`undici('Client'); console.log(${loaded})`)).toBe('false')
})

it.each(['Client', 'buildConnector'])('gives the %s that the index gives', (name) => {
  const same = `undici('${name}') === createRequire('${PARTS}')('undici').${name}`
  expect(inProcess(`import { createRequire } from 'node:module'; console.log(${same})`)).toBe('true')
})
