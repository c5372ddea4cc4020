import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SRC = dirname(fileURLToPath(import.meta.url))

/** Which room may import which; `docs/decisions/0001-rooms.md` says why. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  model: [],
  schedule: ['model'],
  thresholds: ['model'],
  health: ['model'],
  metrics: ['model'],
  script: ['model'],
  transport: ['model'],
  probe: ['model', 'transport'],
  plan: ['model', 'thresholds'],
  store: ['model', 'metrics'],
  outputs: ['model'],
  client: ['model', 'script', 'transport'],
  http: ['model', 'script', 'client', 'transport'],
  worker: ['model', 'schedule', 'script', 'client', 'metrics', 'health', 'store'],
  live: [
    'model',
    'plan',
    'schedule',
    'script',
    'client',
    'probe',
    'metrics',
    'thresholds',
    'health',
    'store',
    'outputs',
    'worker',
  ],
  testing: ['model', 'transport', 'client'],
  // The command line starts the pipelines.
  cli: [
    'model',
    'plan',
    'schedule',
    'script',
    'client',
    'probe',
    'store',
    'outputs',
    'live',
    'run.ts',
    'prepare.ts',
    'rebuild.ts',
  ],
}

/** Pages at the top of src. Entries show rooms to others; pipelines bring rooms together. */
const PAGES: Readonly<Record<string, readonly string[]>> = {
  'index.ts': ['model', 'script'],
  'http.ts': ['http'],
  'plugin.ts': ['model', 'client', 'transport'],
  'report.ts': ['model', 'outputs'],
  'testing.ts': ['testing'],
  'prepare.ts': ['model', 'plan', 'script', 'client'],
  'run.ts': [...Object.keys(ARROWS), 'prepare.ts'],
  'rebuild.ts': ['model', 'live', 'outputs', 'store'],
}

/** Packages known to exactly one file each. */
const KNOWN_TO_ONE: Readonly<Record<string, string>> = {
  undici: 'transport/undici-parts.ts',
  piscina: 'worker/pool.ts',
  'hdr-histogram-js': 'metrics/histogram.ts',
  esbuild: 'script/bundle.ts',
  'log-update': 'outputs/console/live/painter.ts',
  'tough-cookie': 'http/cookie-jar.ts',
}

interface Import {
  readonly file: string
  readonly specifier: string
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('__fixtures__'),
)

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(SRC, file), 'utf8')
  const found = text.matchAll(
    /^\s*(?:import|export)\b[^'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm,
  )
  return Array.from(found, ([, from, dynamic]) => ({ file, specifier: from ?? dynamic ?? '' }))
})

/** The room or page a file belongs to. */
function placeOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : file
}

describe('the arrows between the rooms', () => {
  it('cover every room and page there is', () => {
    const places = new Set(files.map(placeOf))
    expect([...places].toSorted()).toEqual([...Object.keys(ARROWS), ...Object.keys(PAGES)].toSorted())
  })

  it('are the only imports there are', () => {
    const against = imports
      .filter(({ specifier }) => specifier.startsWith('.'))
      .map(({ file, specifier }) => ({ file, target: relative(SRC, resolve(SRC, dirname(file), specifier)) }))
      .filter(({ file, target }) => {
        const from = placeOf(file)
        const to = placeOf(target)
        if (from === to) return false
        return !(ARROWS[from] ?? PAGES[from] ?? []).includes(to)
      })
      .map(({ file, target }) => `${file} → ${target}`)
    expect(against).toEqual([])
  })

  it('see that a package with a shape of its own is known to exactly one file', () => {
    for (const [name, file] of Object.entries(KNOWN_TO_ONE)) {
      const users = imports.filter(({ specifier }) => specifier === name || specifier.startsWith(`${name}/`))
      expect([...new Set(users.map((one) => one.file))]).toEqual([file])
    }
  })
})
