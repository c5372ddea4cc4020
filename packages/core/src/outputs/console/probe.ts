import type { ServedModel } from '../../model/probe.ts'
import type { FoundServer } from '../../model/summary.ts'
import { oneLine } from './one-line.ts'
import type { Paint } from './paint.ts'
import { tableText } from './table.ts'
import { wrap } from './wrap.ts'

/** Models shown of a server that lists many. */
const MOST_MODELS = 20
const WIDTH = 78

/** What `loadbench probe` found, for a terminal: one row per provider that recognised the server, then each in full. */
export function probeText(address: string, found: readonly FoundServer[], paint: Paint): string {
  const rows = found.map(({ provider, server, version, healthy, models, locked }) => [
    provider,
    oneLine(server),
    oneLine(version ?? '–'),
    healthWord(healthy),
    models === undefined ? (locked === true ? 'locked' : '–') : String(models.length),
  ])
  const [head = '', ...lines] = tableText(
    [['provider', 'server', 'version', 'healthy', 'models'], ...rows],
    4,
  )
  return [
    '',
    `  ${paint.bold(address)}`,
    '',
    `  ${paint.dim(head)}`,
    ...lines.map((line) => `  ${line}`),
    '',
    ...found.flatMap((server) => details(server, paint)),
    '',
  ].join('\n')
}

function healthWord(healthy: boolean | undefined): string {
  if (healthy === undefined) return '–'
  return healthy ? 'yes' : 'no'
}

function details(server: FoundServer, paint: Paint): string[] {
  const { provider, configuration = {}, models = [], warnings = [] } = server
  const notes = [...keyNotes(server), ...warnings.map((warning) => oneLine(warning, 500))]
  return [
    ...section(`MODELS (${provider})`, modelLines(models), paint),
    ...section(
      `CONFIGURATION (${provider})`,
      tableText(
        Object.entries(configuration).map(([name, value]) => [oneLine(name), oneLine(String(value))]),
        2,
      ),
      paint,
    ),
    ...section(
      `WARNINGS (${provider})`,
      notes.flatMap((note) =>
        wrap(note, WIDTH - 4).map((line, index) => `${index === 0 ? paint.warn('!') : ' '} ${line}`),
      ),
      paint,
    ),
  ]
}

function keyNotes({ provider, locked, keyRefused }: FoundServer): string[] {
  if (locked !== true) return []
  if (keyRefused === true) return ['It refuses the key it was shown: correct it where the provider reads it.']
  return [`It wants a key: ask with --provider ${provider}, with the key set.`]
}

function modelLines(models: readonly ServedModel[]): string[] {
  const rows = models
    .slice(0, MOST_MODELS)
    .map(({ id, aliases = [], contextLength, details: more = {} }) => [
      oneLine(id),
      contextLength === undefined ? '' : `context ${contextLength}`,
      oneLine(
        [
          ...(aliases.length === 0 ? [] : [`also ${aliases.join(', ')}`]),
          ...Object.entries(more).map(([name, value]) => `${name} ${value}`),
        ].join(', '),
      ),
    ])
  const left = models.length - rows.length
  const table = tableText(rows, 3)
  const lines = table.every((line) => line.length <= WIDTH - 2) ? table : withDetailsBelow(rows)
  return [...lines, ...(left > 0 ? [`and ${left} more; --json shows them all`] : [])]
}

/** The same where the last column finds no room beside the others. */
function withDetailsBelow(rows: readonly (readonly string[])[]): string[] {
  const heads = tableText(
    rows.map((row) => row.slice(0, 2)),
    2,
  )
  return heads.flatMap((head, index) => {
    const told = rows[index]?.[2] ?? ''
    return told === '' ? [head] : [head, ...wrap(told, WIDTH - 6).map((line) => `    ${line}`)]
  })
}

function section(title: string, lines: readonly string[], paint: Paint): string[] {
  if (lines.length === 0) return []
  return [`  ${paint.bold(title)}`, ...lines.map((line) => `  ${line}`), '']
}
