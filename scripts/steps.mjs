import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The root of the clone. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))
const STAMP = `${ROOT}/node_modules/.loadbench-installed`

/** Runs a command in the root and ends the process with its exit code unless it succeeds. */
export function step(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    // npx and the commands in .bin are scripts of the shell there.
    shell: process.platform === 'win32' && command !== process.execPath,
    ...options,
  })
  if (error !== undefined) {
    console.error(`${command} could not be started: ${error.message}`)
    process.exit(1)
  }
  if (status !== 0) process.exit(status ?? 1)
}

/** pnpm of the version package.json names, by npx: neither corepack nor a global pnpm is needed. */
export function pnpm(args, options) {
  const { packageManager } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8'))
  step('npx', ['-y', packageManager, ...args], options)
}

/** Installs what the lock file names, unless that is already there, and builds what changed. */
export function setUp() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`loadbench needs Node 20.19 or newer; this is ${process.versions.node}`)
    process.exit(1)
  }
  if (!existsSync(STAMP) || statSync(`${ROOT}/pnpm-lock.yaml`).mtimeMs > statSync(STAMP).mtimeMs) {
    console.log('Installing packages …')
    pnpm(['install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=warn'])
    writeFileSync(STAMP, '')
  }
  console.log('Building …')
  pnpm(['--silent', 'run', 'build'])
}
