import type { ArgumentsCamelCase, Argv, CommandModule, InferredOptionTypes } from 'yargs'
import {
  describe,
  maximumEnd,
  maximumVusOf,
  plannedIterations,
  plannedVus,
  regularEnd,
} from '../schedule/index.ts'
import { planWithoutSecrets } from '../store/secrets.ts'
import { addLoadFlags, tiersOf, type LOAD_FLAGS } from './load-flags.ts'

type InspectFlags = ArgumentsCamelCase<InferredOptionTypes<typeof LOAD_FLAGS> & { readonly script: string }>

async function handler(flags: InspectFlags): Promise<void> {
  const { prepare } = await import('../prepare.ts')
  const { plan, origins, warnings, bundle } = await prepare(flags.script, await tiersOf(flags), {})
  await bundle.remove()
  const scenarios = plan.scenarios.map((scenario) => ({
    name: scenario.name,
    description: describe(scenario),
    iterations: plannedIterations(scenario) ?? null,
    vus: plannedVus(scenario),
    startMs: scenario.startTime,
    regularEndMs: scenario.startTime + regularEnd(scenario),
    latestEndMs: scenario.startTime + maximumEnd(scenario),
  }))
  const view = {
    script: flags.script,
    plan: planWithoutSecrets(plan),
    origins,
    warnings,
    scenarios,
    iterations: scenarios.some(({ iterations }) => iterations === null)
      ? null
      : scenarios.reduce((sum, { iterations }) => sum + (iterations ?? 0), 0),
    maximumVUs: maximumVusOf(plan.scenarios),
    durationMs: Math.max(...scenarios.map(({ regularEndMs }) => regularEndMs)),
    latestEndMs: Math.max(...scenarios.map(({ latestEndMs }) => latestEndMs)),
  }
  process.stdout.write(`${JSON.stringify(view, undefined, 2)}\n`)
}

/** `loadbench inspect` */
export const inspectCommand: CommandModule<object, InspectFlags> = {
  command: 'inspect <script>',
  describe: 'Print the resolved plan as JSON, and where each value came from',
  builder: ((program: Argv) =>
    addLoadFlags(program)
      .positional('script', { type: 'string', demandOption: true, describe: 'The script' })
      .example('$0 inspect spike.ts | jq .origins', '')) as (program: Argv<object>) => Argv<InspectFlags>,
  handler,
}
