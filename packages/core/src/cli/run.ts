import type { ArgumentsCamelCase, Argv, CommandModule, Options } from 'yargs'
import { LoadbenchError } from '../model/errors.ts'
import { paint, showsColour } from '../outputs/console/paint.ts'
import { Screen } from '../outputs/console/screen.ts'
import { readOutput } from '../outputs/outputs.ts'
import { SummaryExport } from '../outputs/summary-export.ts'
import { messageWithPlace, stackOf } from '../script/load.ts'
import { failureText } from './failure-text.ts'
import { addLoadFlags, tiersOf } from './load-flags.ts'
import { reporters } from './reporters.ts'
import { Signals } from './signals.ts'
import { chooseTargets } from './targets.ts'
import { VERSION } from './version.ts'

/** Flags of `run` alone. */
export const RUN_FLAGS = {
  target: {
    alias: 't',
    type: 'string',
    array: true,
    describe: 'URL, or PROVIDER=URL; repeatable',
    group: 'Target:',
  },
  simulate: {
    type: 'string',
    describe: 'Load the built-in simulator; settings as JSON or a file',
    group: 'Target:',
  },
  results: {
    type: 'string',
    default: 'results',
    describe: 'Folder the run folder is made in',
    group: 'Output:',
  },
  out: {
    type: 'string',
    array: true,
    describe: 'Stream results: json=FILE; repeatable',
    group: 'Output:',
  },
  'summary-export': {
    type: 'string',
    describe: 'Also write the summary to this JSON file',
    group: 'Output:',
  },
  report: {
    type: 'boolean',
    default: true,
    describe: 'Write report.html; --no-report skips it',
    group: 'Output:',
  },
  quiet: {
    alias: 'q',
    type: 'boolean',
    default: false,
    describe: 'Only the summary and what went wrong',
    group: 'Output:',
  },
  color: {
    type: 'boolean',
    default: true,
    describe: 'Colours on a terminal; --no-color none',
    group: 'Output:',
  },
  'strict-health': {
    type: 'boolean',
    default: false,
    describe: 'Exit 90 when the generator cannot be trusted',
    group: 'Verdict:',
  },
} as const satisfies Record<string, Options>

function builder(program: Argv) {
  return addLoadFlags(program)
    .positional('script', { type: 'string', demandOption: true, describe: 'The .ts or .js file to run' })
    .options(RUN_FLAGS)
    .example('$0 run spike.ts --simulate \'{"ttft":300}\'', 'Against a slower simulator')
    .example('$0 run spike.ts -t http://localhost:8000/v1 --out json=points.ndjson', 'Stream the numbers too')
}

type RunFlags = ArgumentsCamelCase<ReturnType<typeof builder> extends Argv<infer T> ? T : never>

async function handler(flags: RunFlags): Promise<void> {
  const signals = new Signals()
  signals.listen()
  try {
    await Promise.race([carryOut(flags, signals), signals.early])
  } finally {
    signals.close()
  }
}

/** A script that ends the process, in setup() or at its top, would pass for a run that passed. */
function reportScriptExit(): void {
  const message = messageWithPlace(new Error('the script ended the process'))
  // Whoever else ends it, no line of a script stands on the stack.
  if (!message.includes('\n')) return
  const error = new LoadbenchError('LB_SCRIPT_FAILED', message, 'Throw an error, or call exec.test.abort().')
  process.stderr.write(`\n${failureText(error, paint(showsColour(process.stderr, process.env)))}`)
  process.exitCode = error.exitCode
}

async function carryOut(flags: RunFlags, signals: Signals): Promise<void> {
  const screen = new Screen(process.stdout, flags.quiet)
  // A promise the script forgot, in setup() or at its top; the run goes on, as it does in workers.
  process.on('unhandledRejection', (reason) =>
    screen.insist(`  unhandled rejection in the script: ${stackOf(reason)}`),
  )
  process.on('exit', reportScriptExit)
  // Loaded here and not at the top: `--help` and the other commands do without.
  const pipeline = import('../run.ts')
  const tiers = await tiersOf(flags)
  const outputs = (flags.out ?? []).map(readOutput)
  if (flags.summaryExport !== undefined) outputs.push(new SummaryExport(flags.summaryExport))
  const chosen = await chooseTargets({ target: flags.target, simulate: flags.simulate })
  try {
    const { run } = await pipeline
    process.exitCode = await run({
      file: flags.script,
      tiers,
      targets: chosen.targets,
      targetWords: chosen.words,
      results: flags.results,
      reporters: flags.report ? reporters : () => Promise.resolve([]),
      outputs,
      judgeThresholds: flags.thresholds,
      strictHealth: flags.strictHealth,
      version: VERSION,
      argv: process.argv.slice(2),
      screen,
      paint: paint(flags.color && showsColour(process.stdout, process.env)),
      onSignal: (listener) => signals.onFirst(listener),
      onFault: (listener) => signals.onFault(listener),
    })
  } finally {
    await chosen.stop()
  }
}

/** `loadbench run` */
export const runCommand: CommandModule<object, RunFlags> = {
  command: 'run <script>',
  describe: 'Run a script: send its load, judge its thresholds, write the report',
  builder: builder as (program: Argv<object>) => Argv<RunFlags>,
  handler,
}
