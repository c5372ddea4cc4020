import type { ArgumentsCamelCase, CommandModule } from 'yargs'
import { paint, showsColour } from '../outputs/console/paint.ts'
import { reporters } from './reporters.ts'

interface ReportFlags {
  readonly run: string
  readonly quiet: boolean
  readonly color: boolean
}

/** `loadbench report` */
export const reportCommand: CommandModule<object, ReportFlags> = {
  command: 'report <run>',
  describe: 'Make the report of a run folder again, also of a run that was killed',
  builder: (program) =>
    program
      .positional('run', { type: 'string', demandOption: true, describe: 'The run folder' })
      .options({
        quiet: { alias: 'q', type: 'boolean', default: false, describe: 'Print only where the report is' },
        color: { type: 'boolean', default: true, describe: 'Colours on a terminal; --no-color none' },
      })
      .example('$0 report results/spike_20261120_142501_abcd', ''),
  async handler(flags: ArgumentsCamelCase<ReportFlags>) {
    const { rebuild } = await import('../rebuild.ts')
    await rebuild({
      folder: flags.run,
      reporters: await reporters(),
      quiet: flags.quiet,
      paint: paint(flags.color && showsColour(process.stdout, process.env)),
      print: (text) => void process.stdout.write(text),
    })
  },
}
