// oxlint-disable-next-line no-unassigned-import -- loaded first of all, it sees the threads there are before any other
import '../model/first-threads.ts'
import yargs from 'yargs'
import { hideBin } from 'yargs/helpers'
import { ERROR_CODES, LoadbenchError } from '../model/errors.ts'
import { paint, showsColour } from '../outputs/console/paint.ts'
import { settledArguments } from './arguments.ts'
import { failureText } from './failure-text.ts'
import { checkFlagValues } from './flag-values.ts'
import { candidates } from './completion/candidates.ts'
import { COMPLETION_REQUEST } from './completion/shells.ts'
import { addCommands, completables, flagsOf, shortHelp } from './commands.ts'
import { commandOf, usageError } from './usage.ts'
import { VERSION } from './version.ts'

/** Below the help: as lines, for yargs would break long examples in two columns. */
const EPILOGUE = `Begin here:
  loadbench new                               Write a first script
  loadbench run smoke.ts --simulate           Try it without a server
  loadbench run smoke.ts -t http://host:8000  Load a server of your own
  loadbench inspect smoke.ts --vus 10         See what would run, and why
  loadbench run --help                        What else a run can be told

Exit codes: 0 passed, 99 a threshold failed, 104 wrong script or options,
105 stopped by a signal. probe: 1 nobody knows the server, 2 nothing answers.
doctor: 1 something would spoil a measurement.`

/** Ends the process as an error asks for, after saying what it is. */
function fail(error: unknown): void {
  const colours = !process.argv.includes('--no-color') && showsColour(process.stderr, process.env)
  const width = process.stderr.isTTY ? process.stderr.columns : undefined
  process.stderr.write(`\n${failureText(error, paint(colours), width)}`)
  process.exitCode = LoadbenchError.is(error) ? error.exitCode : 255
}

/** The command line as a whole; each command is a file of its own. */
async function main(written: readonly string[]): Promise<void> {
  if (written[0] === COMPLETION_REQUEST) return complete(written.slice(1))
  if (written.length === 0) return begin()
  const argv = settledArguments(written)
  // What somebody who misspelt a flag may have meant.
  const flags = await flagsOf(commandOf(argv))
  const program = addCommands(yargs([...argv]))
    .scriptName('loadbench')
    .usage('$0 <command>\n\nWhat can this LLM endpoint take? Load tests scripted in TypeScript.')
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
    .epilogue(EPILOGUE)
    .exitProcess(false)
    .locale('en')
    .check((read) => {
      checkFlagValues(read, argv, flags)
      return true
    }, true)
    // What a command throws is thrown on; what yargs finds wrong, by itself or as a YError, is a question of usage.
    .fail((message, error: Error | undefined) => {
      throw error === undefined || error.name === 'YError' ? usageError(message, argv, flags) : error
    })
  await program.parseAsync()
}

/** For somebody who names no command. Nothing was run, which a pipeline has to see. */
function begin(): void {
  process.stdout.write(shortHelp())
  process.exitCode = ERROR_CODES.LB_USAGE.exit
}

/** Answers a shell that asks how a command line may go on: a word a line, after a tab what it means. */
async function complete(words: readonly string[]): Promise<void> {
  const found = candidates(words, await completables(commandOf(words)))
  process.stdout.write(found.map(({ word, about }) => `${word}\t${about}\n`).join(''))
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
  await main(hideBin(process.argv))
} catch (error) {
  fail(error)
}
await Promise.all([flushed(process.stdout), flushed(process.stderr)])
// A timer or a connection that a script left behind at its top must not keep the command alive.
process.exit()
