import type { ArgumentsCamelCase, Argv, CommandModule, InferredOptionTypes, Options } from 'yargs'
import { LoadbenchError } from '../model/errors.ts'
import { paint, showsColour } from '../outputs/console/paint.ts'
import { clock, readClock, timers } from './doctor/clock.ts'
import { containerCpu, cores, governor, readCpu } from './doctor/cpu.ts'
import type { Finding } from './doctor/finding.ts'
import { backlog, localPortRange, localPorts, openFileLimit, openFiles, somaxconn } from './doctor/limits.ts'
import { memory, nodeVersion, proxies, readMemory } from './doctor/surroundings.ts'
import { target } from './doctor/target.ts'
import { doctorText } from './doctor/text.ts'
import { valued } from './load-flags.ts'

/** Flags of `doctor` alone. */
export const DOCTOR_FLAGS = {
  target: { alias: 't', type: 'string', describe: 'Also ask this address; default: LOADBENCH_TARGET' },
  vus: { alias: 'u', type: 'number', describe: 'Judge the limits for this many VUs' },
  json: { type: 'boolean', default: false, describe: 'Print the findings as JSON' },
  color: { type: 'boolean', default: true, describe: 'Colours on a terminal; --no-color none' },
} as const satisfies Record<string, Options>

type DoctorFlags = ArgumentsCamelCase<InferredOptionTypes<typeof DOCTOR_FLAGS>>

/** When something will spoil a measurement. */
const EXIT_BAD = 1

async function handler(flags: DoctorFlags): Promise<void> {
  const { vus } = flags
  if (vus !== undefined && !(Number.isInteger(vus) && vus > 0)) {
    throw new LoadbenchError('LB_USAGE', '--vus takes a whole number above 0', 'Write it as --vus 200.')
  }
  const address = flags.target ?? process.env['LOADBENCH_TARGET'] ?? ''
  const findings = await examine(vus, address === '' ? undefined : address)
  const colours = flags.color && showsColour(process.stdout, process.env)
  process.stdout.write(
    flags.json ? `${JSON.stringify(findings, undefined, 2)}\n` : doctorText(findings, paint(colours)),
  )
  process.exitCode = findings.some(({ state }) => state === 'bad') ? EXIT_BAD : 0
}

async function examine(vus: number | undefined, address: string | undefined): Promise<readonly Finding[]> {
  const cpu = readCpu()
  // By itself: whatever else goes on in the process would be told as lateness of its timers.
  const clocks = await readClock()
  return [
    nodeVersion(process.versions.node),
    cores(cpu.cores, cpu.load),
    containerCpu(cpu.limit, cpu.cores),
    governor(cpu.governors),
    clock(clocks),
    timers(clocks),
    memory(readMemory(), vus),
    openFiles(openFileLimit(), vus),
    localPorts(localPortRange(), vus),
    backlog(somaxconn(), vus),
    proxies(process.env),
    ...(address === undefined ? [] : [await target(address)]),
  ]
}

/** `loadbench doctor` */
export const doctorCommand: CommandModule<object, DoctorFlags> = {
  command: 'doctor',
  describe: 'See whether this machine can measure',
  builder: (program: Argv) =>
    program
      .options(DOCTOR_FLAGS)
      .requiresArg(valued(DOCTOR_FLAGS))
      .example('$0 doctor --vus 500 --target http://localhost:8000/v1', 'Before a run of that size')
      .epilogue('Exit codes: 0 ready, 1 something would spoil a measurement.'),
  handler,
}
