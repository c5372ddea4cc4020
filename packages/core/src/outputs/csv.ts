import { AGGREGATIONS } from '../model/metric.ts'
import type { Manifest } from '../model/summary.ts'
import type { Tags } from '../model/tags.ts'
import { LineFile } from './line-file.ts'
import type { Interval, IntervalPoint, Output } from './output.ts'

/** Columns that say what a row is about; those of the statistics follow. */
const COLUMNS = ['time', 'second', 'metric', 'type', 'unit', 'scenario', 'tags'] as const

/**
 * `--out csv=FILE`: a row per series and second while the run goes, quoted as RFC 4180 says, lines
 * ended by a line feed. A statistic that a type of metric has not is an empty cell.
 */
export class CsvOutput implements Output {
  readonly #path: string
  #file: LineFile | undefined
  #statistics: readonly string[] = []

  constructor(file: string) {
    this.#path = file
  }

  /** @throws when the file cannot be opened. */
  async start({ plan }: Manifest): Promise<void> {
    const { counter, rate, gauge } = AGGREGATIONS
    this.#statistics = [...new Set([...plan.summaryTrendStats, ...counter, ...rate, ...gauge])]
    this.#file = await LineFile.open(this.#path)
    this.#file.write(row([...COLUMNS, ...this.#statistics]))
  }

  /** @throws what went wrong with writing before. */
  interval({ second, time, points }: Interval): void {
    const rows = points.map((point) => row([time, String(second), ...cellsOf(point, this.#statistics)]))
    if (rows.length > 0) this.#file?.write(rows.join(''))
  }

  /** @throws what went wrong with writing. */
  async end(): Promise<void> {
    await this.#file?.close()
  }
}

function cellsOf({ metric, type, unit, tags, values }: IntervalPoint, statistics: readonly string[]) {
  const { scenario = '', ...rest } = tags
  const numbers = statistics.map((name) => numberText(values[name]))
  return [metric, type, unit, harmless(scenario), harmless(tagsText(rest)), ...numbers]
}

/** Twelve digits: what lies behind them is noise of adding and subtracting times. */
function numberText(value: number | undefined): string {
  return value === undefined ? '' : String(Number(value.toPrecision(12)))
}

/** `group=login&model=sim-8b`; what would be read otherwise is percent-encoded. */
function tagsText(tags: Tags): string {
  const encode = (text: string) => text.replaceAll(/[%&=]/g, percentEncoded)
  return Object.keys(tags)
    .toSorted()
    .map((name) => `${encode(name).replace(/^[+\-@\t\r']/, percentEncoded)}=${encode(tags[name] ?? '')}`)
    .join('&')
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

/** A spreadsheet takes text that begins like this for a formula and carries it out. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

function row(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`
}
