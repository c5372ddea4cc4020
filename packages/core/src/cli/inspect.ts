import { Console } from 'node:console'
import type { ArgumentsCamelCase, Argv, CommandModule, InferredOptionTypes } from 'yargs'
import {
  describe,
  maximumEnd,
  maximumVusOf,
  plannedIterations,
  plannedVus,
  regularEnd,
} from '../schedule/index.ts'
import { boundProviders } from '../client/targets.ts'
import { readableTargets } from '../live/manifest.ts'
import { strangeTargets } from '../live/target-names.ts'
import type { Tiers } from '../prepare.ts'
import { planWithoutSecrets } from '../store/secrets.ts'
import { addLoadFlags, tiersOf, type LOAD_FLAGS } from './load-flags.ts'
import { requireScript } from './script-argument.ts'
import { chooseTargets, type ChosenTargets, TARGET_FLAGS } from './targets.ts'

type InspectFlags = ArgumentsCamelCase<
  InferredOptionTypes<typeof LOAD_FLAGS & typeof TARGET_FLAGS> & { readonly script: string | undefined }
>

async function handler(flags: InspectFlags): Promise<void> {
  const script = requireScript('inspect', flags.script)
  // What the script prints at its top is no part of the JSON.
  globalThis.console = new Console({ stdout: process.stderr, stderr: process.stderr })
  const tiers = await tiersOf(flags)
  const chosen = await chooseTargets({ target: flags.target, simulate: flags.simulate })
  try {
    const view = await inspect(script, tiers, chosen)
    process.stdout.write(`${JSON.stringify(view, undefined, 2)}\n`)
  } finally {
    await chosen.stop()
  }
}

/** The plan as `run` would carry it out. Nothing is sent. */
async function inspect(script: string, tiers: Tiers, chosen: ChosenTargets) {
  const { prepare } = await import('../prepare.ts')
  const { plan, origins, warnings, bundle } = await prepare(script, tiers, chosen)
  await bundle.remove()
  const strange = strangeTargets(chosen.targets, boundProviders())
  const scenarios = plan.scenarios.map((scenario) => ({
    name: scenario.name,
    description: describe(scenario),
    iterations: plannedIterations(scenario) ?? null,
    vus: plannedVus(scenario),
    startMs: scenario.startTime,
    regularEndMs: scenario.startTime + regularEnd(scenario),
    latestEndMs: scenario.startTime + maximumEnd(scenario),
  }))
  return {
    script,
    targets: readableTargets(chosen.targets),
    plan: planWithoutSecrets(plan),
    origins,
    warnings: [...warnings, ...strange],
    scenarios,
    iterations: scenarios.some(({ iterations }) => iterations === null)
      ? null
      : scenarios.reduce((sum, { iterations }) => sum + (iterations ?? 0), 0),
    maximumVUs: maximumVusOf(plan.scenarios),
    durationMs: Math.max(...scenarios.map(({ regularEndMs }) => regularEndMs)),
    latestEndMs: Math.max(...scenarios.map(({ latestEndMs }) => latestEndMs)),
  }
}

/** `loadbench inspect` */
export const inspectCommand: CommandModule<object, InspectFlags> = {
  command: 'inspect [script]',
  describe: 'Print as JSON what would run, and why',
  builder: ((program: Argv) =>
    addLoadFlags(
      program
        .positional('script', { type: 'string', describe: 'The script; none lists those here' })
        .options(TARGET_FLAGS),
    ).example('$0 inspect spike.ts | jq .origins', '')) as (program: Argv<object>) => Argv<InspectFlags>,
  handler,
}
