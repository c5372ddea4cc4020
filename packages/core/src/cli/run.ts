import { Console } from 'node:console'
import type { ArgumentsCamelCase, Argv, CommandModule, Options } from 'yargs'
import { LoadbenchError } from '../model/errors.ts'
import { paint, showsColour } from '../outputs/console/paint.ts'
import { Screen } from '../outputs/console/screen.ts'
import { SUMMARY_MODES, type SummaryMode } from '../outputs/console/summary/mode.ts'
import { GithubOutput, isOnGithub } from '../outputs/github.ts'
import type { OutputContext } from '../outputs/output.ts'
import type { NamedOutput } from '../outputs/outputs.ts'
import { SummaryExport } from '../outputs/summary-export.ts'
import { messageWithPlace, stackOf } from '../script/load.ts'
import { failureText } from './failure-text.ts'
import { addLoadFlags, tiersOf, valued } from './load-flags.ts'
import { readOutput, refuseSharedFiles } from './outputs.ts'
import { installedProviders } from './providers.ts'
import { reporters } from './reporters.ts'
import { requireScript } from './script-argument.ts'
import { Signals } from './signals.ts'
import { chooseTargets, TARGET_FLAGS } from './targets.ts'
import { VERSION } from './version.ts'

/** Flags of `run` alone. */
export const RUN_FLAGS = {
  probe: {
    type: 'boolean',
    default: true,
    describe: 'Ask servers what they are first; --no-probe does not',
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
    describe: 'Write csv|json|junit|markdown=FILE, or MODULE[=ARGUMENT]; repeatable',
    group: 'Output:',
  },
  github: {
    type: 'boolean',
    default: true,
    describe: 'On GitHub Actions, a job summary and annotations; --no-github none',
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
  summary: {
    choices: SUMMARY_MODES,
    describe: 'What is printed at the end (default: full); json alone on stdout',
    group: 'Output:',
  },
  quiet: {
    alias: 'q',
    type: 'boolean',
    default: false,
    describe: 'Only what went wrong, and where the report is; --summary adds',
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

/** As lines: yargs would break them in two columns. */
const EXAMPLES = `Examples:
  loadbench run spike.ts --simulate '{"ttft":300}'
  loadbench run spike.ts -t http://localhost:8000/v1 --out json=points.ndjson
  loadbench run spike.ts -t openai=http://gpu1:8000 -t tgi=http://gpu2:8080`

function builder(program: Argv) {
  const about = 'The .ts or .js file to run; none lists those here'
  return addLoadFlags(program.positional('script', { type: 'string', describe: about }).options(TARGET_FLAGS))
    .options(RUN_FLAGS)
    .requiresArg(valued(RUN_FLAGS))
    .epilogue(EXAMPLES)
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

/** Where a person reads. The summary as JSON has standard output for itself, whatever the script prints. */
function outputFor(mode: SummaryMode | undefined): NodeJS.WriteStream {
  if (mode !== 'json') return process.stdout
  globalThis.console = new Console({ stdout: process.stderr, stderr: process.stderr })
  return process.stderr
}

async function carryOut(flags: RunFlags, signals: Signals): Promise<void> {
  const script = requireScript('run', flags.script)
  const output = outputFor(flags.summary)
  const screen = new Screen(output, flags.quiet)
  signals.beforeEnd(() => screen.settle())
  // A promise the script forgot, in setup() or at its top; the run goes on, as it does in workers.
  process.on('unhandledRejection', (reason) =>
    screen.insist(`  unhandled rejection in the script: ${stackOf(reason)}`),
  )
  process.on('exit', reportScriptExit)
  // Loaded here and not at the top: `--help` and the other commands do without.
  const pipeline = import('../run.ts')
  const tiers = await tiersOf(flags)
  const outputs = await outputsOf(flags, screen)
  const chosen = await chooseTargets({ target: flags.target, simulate: flags.simulate })
  try {
    const { run } = await pipeline
    process.exitCode = await run({
      file: script,
      tiers,
      targets: chosen.targets,
      simulated: chosen.simulated,
      targetWords: chosen.words,
      results: flags.results,
      reporters: flags.report ? reporters : () => Promise.resolve([]),
      outputs,
      judgeThresholds: flags.thresholds,
      strictHealth: flags.strictHealth,
      summaryMode: flags.summary ?? (flags.quiet ? 'failures' : 'full'),
      probe: flags.probe,
      providers: () => installedProviders(),
      version: VERSION,
      argv: process.argv.slice(2),
      screen,
      paint: paint(flags.color && showsColour(output, process.env)),
      onFolder: (folder) => signals.results(folder),
      onSignal: (listener) => signals.onFirst(listener),
      onFault: (listener) => signals.onFault(listener),
    })
  } finally {
    await chosen.stop()
  }
}

/** @throws what `readOutput` throws, for the first that is wrong. */
async function outputsOf(flags: RunFlags, screen: Screen): Promise<NamedOutput[]> {
  const context: OutputContext = {
    version: VERSION,
    cwd: process.cwd(),
    env: process.env,
    strictHealth: flags.strictHealth,
    print: (text) => screen.insist(text),
  }
  const asked = flags.out ?? []
  refuseSharedFiles(asked)
  const outputs = await Promise.all(asked.map((text) => readOutput(text, context)))
  const { summaryExport: file } = flags
  if (file !== undefined) outputs.push({ name: 'summary-export', output: new SummaryExport(file) })
  if (flags.github && isOnGithub(process.env))
    outputs.push({ name: 'github', output: new GithubOutput(context), extra: true })
  return outputs
}

/** `loadbench run` */
export const runCommand: CommandModule<object, RunFlags> = {
  command: 'run [script]',
  describe: "Send a script's load, judge it, write a report",
  builder: builder as (program: Argv<object>) => Argv<RunFlags>,
  handler,
}
