import type { Paint } from './paint.ts'
import { wrap } from './wrap.ts'

/** Sentences are broken here; paths and addresses stay whole, to be copied. */
const WIDTH = 79

/** What stands above a run. */
export interface HeaderFacts {
  readonly version: string
  readonly script: string
  /** One line per target, or where it will come from. */
  readonly targets: readonly string[]
  readonly folder: string | undefined
  readonly workers: number
  readonly maximumVus: number
  /** The longest the run may take, in words. */
  readonly duration: string
  readonly scenarios: readonly { readonly name: string; readonly description: string }[]
}

export function headerText(facts: HeaderFacts, paint: Paint): string {
  const rows: [string, string][] = [
    ['script', facts.script],
    ...facts.targets.map((target, index): [string, string] => [index === 0 ? 'target' : '', target]),
    ['results', facts.folder ?? 'not kept'],
    ['workers', String(facts.workers)],
  ]
  const { scenarios, maximumVus } = facts
  const count = `${scenarios.length} scenario${scenarios.length === 1 ? '' : 's'}`
  const vus = `${maximumVus} VU${maximumVus === 1 ? '' : 's'}`
  const width = Math.max(...scenarios.map(({ name }) => name.length))
  return [
    '',
    `  ${paint.bold('loadbench')} ${paint.dim(facts.version)}`,
    '',
    ...rows.map(([name, value]) => `  ${paint.dim(name.padEnd(9))} ${value}`),
    '',
    `  ${count}, up to ${vus}, at most ${facts.duration}`,
    ...scenarios.flatMap(({ name, description }) =>
      wrap(description, Math.max(30, WIDTH - width - 6)).map(
        (line, index) => `    ${paint.bold((index === 0 ? name : '').padEnd(width))}  ${line}`,
      ),
    ),
    '',
    '',
  ].join('\n')
}
