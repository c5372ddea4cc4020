import type { Argv, Options } from 'yargs'
import { BUILT_IN_OUTPUTS } from '../outputs/built-in.ts'
import type { Completable } from './completion/candidates.ts'
import { SHELL_SCRIPTS } from './completion/shells.ts'
import { completionCommand } from './completion.ts'
import { DOCTOR_FLAGS, doctorCommand } from './doctor.ts'
import { inspectCommand } from './inspect.ts'
import { LOAD_FLAGS } from './load-flags.ts'
import { NEW_FLAGS, newCommand } from './new.ts'
import { PROBE_FLAGS, probeCommand } from './probe.ts'
import { REPORT_FLAGS, reportCommand } from './report.ts'
import { RUN_FLAGS, runCommand } from './run.ts'
import { simulateCommand, simulateFlags } from './simulate.ts'
import { TARGET_FLAGS } from './targets.ts'
import { tableText } from '../outputs/console/table.ts'

type Flags = Readonly<Record<string, Options>>

/** Flags of each command; those of the simulator are its own to know. */
const FLAGS: Readonly<Record<string, Flags | (() => Promise<Flags>)>> = {
  new: NEW_FLAGS,
  run: { ...TARGET_FLAGS, ...LOAD_FLAGS, ...RUN_FLAGS },
  inspect: { ...LOAD_FLAGS, ...TARGET_FLAGS },
  report: REPORT_FLAGS,
  probe: PROBE_FLAGS,
  doctor: DOCTOR_FLAGS,
  simulate: simulateFlags,
  completion: {},
}

const TAKES_SCRIPT = new Set(['run', 'inspect'])

/** In the order in which somebody new meets them. */
export function addCommands(program: Argv): Argv {
  return program
    .command(newCommand)
    .command(runCommand)
    .command(inspectCommand)
    .command(reportCommand)
    .command(probeCommand)
    .command(doctorCommand)
    .command(simulateCommand)
    .command(completionCommand)
}

const MODULES = [
  newCommand,
  runCommand,
  inspectCommand,
  reportCommand,
  probeCommand,
  doctorCommand,
  simulateCommand,
  completionCommand,
]

/** Every command in a line, and where to begin. */
export function shortHelp(): string {
  const rows = MODULES.map(({ command, describe }) => [String(command), String(describe)])
  const lines = tableText(rows, 2).map((line) => `  ${line}`)
  return `
  loadbench: what can this LLM endpoint take?

${lines.join('\n')}

  Begin with: loadbench new
  More: loadbench --help, loadbench COMMAND --help

`
}

/** The flags a command takes; none where there is no such command. */
export async function flagsOf(command: string): Promise<Flags> {
  const flags = FLAGS[command] ?? {}
  return typeof flags === 'function' ? flags() : flags
}

/** The commands, as completion wants to know them. @param used the one whose flags are asked for. */
export async function completables(used: string): Promise<Readonly<Record<string, Completable>>> {
  const flags = await flagsOf(used)
  const entries = MODULES.map(({ command, describe }): [string, Completable] => {
    const name = String(command).split(' ')[0] ?? ''
    return [
      name,
      {
        about: String(describe),
        flags: name === used ? flags : {},
        takesScript: TAKES_SCRIPT.has(name),
        words: name === 'completion' ? Object.keys(SHELL_SCRIPTS) : [],
        // `--out csv=` and what follows it: a file.
        fileKinds: name === 'run' ? { out: [...BUILT_IN_OUTPUTS.keys()] } : {},
      },
    ]
  })
  return Object.fromEntries(entries)
}
