import yargs from 'yargs'
import { hideBin } from 'yargs/helpers'
import { LoadbenchError } from '../model/errors.ts'
import { paint, showsColour } from '../outputs/console/paint.ts'
import { settledArguments } from './arguments.ts'
import { failureText } from './failure-text.ts'
import { inspectCommand } from './inspect.ts'
import { LOAD_FLAGS } from './load-flags.ts'
import { reportCommand } from './report.ts'
import { RUN_FLAGS, runCommand } from './run.ts'
import { simulateCommand } from './simulate.ts'
import { usageError } from './usage.ts'
import { VERSION } from './version.ts'

/** What somebody who misspelt a flag may have meant. */
const FLAGS = [...Object.keys(LOAD_FLAGS), ...Object.keys(RUN_FLAGS)]

/** Ends the process as an error asks for, after saying what it is. */
function fail(error: unknown): void {
  const colours = !process.argv.includes('--no-color') && showsColour(process.stderr, process.env)
  process.stderr.write(`\n${failureText(error, paint(colours))}`)
  process.exitCode = LoadbenchError.is(error) ? error.exitCode : 255
}

/** The command line as a whole; each command is a file of its own. */
async function main(argv: readonly string[]): Promise<void> {
  const program = yargs([...argv])
    .scriptName('loadbench')
    .usage('$0 <command>\n\nWhat can this LLM endpoint take? Load tests scripted in TypeScript.')
    .command(runCommand)
    .command(inspectCommand)
    .command(reportCommand)
    .command(simulateCommand)
    .demandCommand(1, 'Name a command.')
    .strict()
    // `--target URL script.ts`: a repeatable flag takes one value at a time.
    .parserConfiguration({ 'greedy-arrays': false })
    .recommendCommands()
    .wrap(Math.min(100, process.stdout.columns ?? 80))
    .version(VERSION)
    .alias('version', 'v')
    .help()
    .alias('help', 'h')
    .example('$0 run scenarios/spike.ts --simulate', 'Try a script against the built-in simulator')
    .example('$0 run spike.ts --target http://localhost:8000/v1', 'Load a server of your own')
    .example(
      '$0 inspect spike.ts --vus 10 --duration 30s',
      'See what would run, and where each value comes from',
    )
    .example('$0 report results/spike_20261120_142501_abcd', 'Make the report of a run again')
    .epilogue(
      'Exit codes: 0 passed, 99 a threshold failed, 104 wrong script or options, 105 stopped by a signal.',
    )
    .exitProcess(false)
    .locale('en')
    // What a command throws is thrown on; what yargs itself finds wrong is a question of usage.
    .fail((message, error: Error | undefined) => {
      throw error ?? usageError(message, argv, FLAGS)
    })
  await program.parseAsync()
}

/** Everything printed so far is out when this settles. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve())
  })
}

// A reader that has seen enough (`| head`) or has died ends neither a run nor its verdict.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

try {
  await main(settledArguments(hideBin(process.argv)))
} catch (error) {
  fail(error)
}
await Promise.all([flushed(process.stdout), flushed(process.stderr)])
// A timer or a connection that a script left behind at its top must not keep the command alive.
process.exit()
