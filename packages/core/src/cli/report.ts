import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ArgumentsCamelCase, CommandModule, Options } from 'yargs'
import { LoadbenchError } from '../model/errors.ts'
import { paint, showsColour } from '../outputs/console/paint.ts'
import { SUMMARY_MODES, type SummaryMode } from '../outputs/console/summary/mode.ts'
import { nearest } from '../plan/nearest.ts'
import { reporters } from './reporters.ts'
import { entriesOf } from './scripts.ts'

interface ReportFlags {
  readonly run: string
  readonly by: readonly string[] | undefined
  readonly summary: SummaryMode
  readonly quiet: boolean
  readonly color: boolean
}

/** Flags of `report` alone. */
export const REPORT_FLAGS = {
  by: {
    type: 'string',
    array: true,
    describe: 'Show the results apart by this tag instead; repeatable',
  },
  summary: { choices: SUMMARY_MODES, default: 'full', describe: 'What is printed; json alone on stdout' },
  quiet: { alias: 'q', type: 'boolean', default: false, describe: 'Print only where the report is' },
  color: { type: 'boolean', default: true, describe: 'Colours on a terminal; --no-color none' },
} as const satisfies Record<string, Options>

/** @throws LB_RUN_NOT_FOUND where one that is spelt nearly so lies beside it. */
function requireRun(run: string): void {
  if (existsSync(run)) return
  const meant = nearest(
    run,
    entriesOf(dirname(run)).map(({ name }) => join(dirname(run), name)),
  )
  if (meant === undefined) return
  throw new LoadbenchError(
    'LB_RUN_NOT_FOUND',
    `there is no run at ${run}; did you mean ${meant}?`,
    'Give the folder that holds run.json.',
  )
}

/** `loadbench report` */
export const reportCommand: CommandModule<object, ReportFlags> = {
  command: 'report <run>',
  describe: 'Make the report of a run folder again',
  builder: (program) =>
    program
      .positional('run', { type: 'string', demandOption: true, describe: 'The run folder' })
      .options(REPORT_FLAGS)
      .example('$0 report results/spike_20261120_142501_abcd', ''),
  async handler(flags: ArgumentsCamelCase<ReportFlags>) {
    requireRun(flags.run)
    const { rebuild } = await import('../rebuild.ts')
    const output = flags.summary === 'json' ? process.stderr : process.stdout
    await rebuild({
      folder: flags.run,
      reporters: await reporters(),
      by: flags.by?.flatMap((text) => text.split(',')),
      summaryMode: flags.summary,
      quiet: flags.quiet,
      paint: paint(flags.color && showsColour(output, process.env)),
      print: (text) => void output.write(text.endsWith('\n') ? text : `${text}\n`),
    })
  },
}
