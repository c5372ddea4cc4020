import type { ArgumentsCamelCase, Argv, CommandModule, InferredOptionTypes, Options } from 'yargs'
import { readAddress } from '../client/targets.ts'
import type { Millis } from '../model/clock.ts'
import { parseDuration } from '../model/duration.ts'
import { LoadbenchError } from '../model/errors.ts'
import type { ProviderPlugin } from '../model/provider.ts'
import type { FoundServer } from '../model/summary.ts'
import { paint, showsColour } from '../outputs/console/paint.ts'
import { probeText } from '../outputs/console/probe.ts'
import { didYouMean } from '../plan/nearest.ts'
import { probe, type Probed, type Prober } from '../probe/probe.ts'
import { infoWithoutSecrets, withoutCredentials } from '../store/secrets.ts'
import { installedProviders } from './providers.ts'

/** Flags of `probe` alone. */
export const PROBE_FLAGS = {
  provider: { type: 'string', describe: 'Ask as this provider only, with its key where one is wanted' },
  plugin: {
    type: 'string',
    array: true,
    describe: 'A further provider: a package, or a file such as ./plugin.ts; repeatable',
  },
  timeout: { type: 'string', default: '5s', describe: 'For all answers together' },
  json: { type: 'boolean', default: false, describe: 'Print what was found as JSON' },
  color: { type: 'boolean', default: true, describe: 'Colours on a terminal; --no-color none' },
} as const satisfies Record<string, Options>

type ProbeFlags = ArgumentsCamelCase<InferredOptionTypes<typeof PROBE_FLAGS> & { readonly url: string }>

interface Tried extends Probed {
  readonly provider: string
}

async function handler(flags: ProbeFlags): Promise<void> {
  const target = readAddress('the address', flags.url)
  const timeout = readTimeout(flags.timeout)
  const chosen = choose(await installedProviders(flags.plugin), flags.provider)
  const keys = flags.provider === undefined ? 'recognised' : 'always'
  const tried = await Promise.all(
    chosen.map(async ({ name, prober }): Promise<Tried> => {
      return { provider: name, ...(await probe(prober, target, { timeout, keys })) }
    }),
  )
  const address = withoutCredentials(target.href)
  const found = tried.flatMap(({ provider, info }): FoundServer[] =>
    info === undefined ? [] : [{ provider, target: address, ...infoWithoutSecrets(info) }],
  )
  if (found.length === 0) throw nothing(address, tried)
  const colours = flags.color && showsColour(process.stdout, process.env)
  process.stdout.write(
    flags.json ? `${JSON.stringify(found, undefined, 2)}\n` : probeText(address, found, paint(colours)),
  )
}

interface Chosen {
  readonly name: string
  readonly prober: Prober
}

/** @throws LB_USAGE for the name of a provider that is not there, or cannot be asked. */
function choose(plugins: readonly ProviderPlugin[], wanted: string | undefined): Chosen[] {
  const probers = plugins.flatMap((plugin): Chosen[] => {
    const { name, probe: asking } = plugin
    if (asking === undefined) return []
    const signing = plugin.sign === undefined ? {} : { sign: plugin.sign.bind(plugin) }
    return [{ name, prober: { probe: asking, ...signing } }]
  })
  const chosen = probers.filter(({ name }) => wanted === undefined || name === wanted)
  if (chosen.length > 0) return chosen
  const names = probers.map(({ name }) => name)
  throw new LoadbenchError(
    'LB_USAGE',
    wanted === undefined
      ? 'no provider that is installed can probe'
      : `there is no provider "${wanted}" that can probe${didYouMean(wanted, names)}`,
    names.length === 0 ? 'Name one with --plugin.' : `There is: ${names.join(', ')}; --plugin adds others.`,
  )
}

/** @throws LB_USAGE */
function readTimeout(text: string): Millis {
  const timeout = parseDuration(text)
  if (timeout !== undefined && timeout > 0) return timeout
  throw new LoadbenchError('LB_USAGE', `--timeout ${text} is no duration above 0`, 'Write it as 500ms or 5s.')
}

function nothing(address: string, tried: readonly Tried[]): LoadbenchError {
  const names = tried.map(({ provider }) => provider).join(', ')
  if (tried.some(({ answered }) => answered)) {
    return new LoadbenchError(
      'LB_SERVER_UNKNOWN',
      `something answers at ${address}, but nothing that ${names} would know`,
      'Check the address, its path too; where the server wants a key, name the provider with --provider.',
    )
  }
  const why = tried.find(({ failure }) => failure !== undefined)?.failure?.message ?? 'there is no answer'
  return new LoadbenchError(
    'LB_TARGET_UNREACHABLE',
    `nothing answers at ${address}: ${why}`,
    'Check the address and that the server runs; a slow one may need a longer --timeout.',
  )
}

/** `loadbench probe` */
export const probeCommand: CommandModule<object, ProbeFlags> = {
  command: 'probe <url>',
  describe: 'Find out what serves at an address, and which models',
  builder: (program: Argv) =>
    program
      .positional('url', { type: 'string', demandOption: true, describe: 'The address' })
      .options(PROBE_FLAGS)
      .example('$0 probe http://localhost:8000', 'Which server is it, and which models has it?')
      .example('$0 probe http://localhost:8000 --json | jq ".[].models"', ''),
  handler,
}
