import { readAddress } from '../../client/targets.ts'
import { now, type Millis } from '../../model/clock.ts'
import { LoadbenchError } from '../../model/errors.ts'
import type { ProviderPlugin } from '../../model/provider.ts'
import { probe, type Probed } from '../../probe/probe.ts'
import { withoutCredentials } from '../../store/secrets.ts'
import { installedProviders } from '../providers.ts'
import { bad, doubtful, good, unknown, type Finding } from './finding.ts'

const TIMEOUT: Millis = 5_000
const NAME = 'target'

/** Asks an address, in the words of every provider there is, whether something can be loaded there. */
export async function target(address: string): Promise<Finding> {
  const url = readAddress('--target', address)
  let plugins: readonly ProviderPlugin[]
  try {
    plugins = await installedProviders()
  } catch (error) {
    if (!LoadbenchError.is(error)) throw error
    return unknown(NAME, `not asked: ${error.message}`)
  }
  const startedAt = now()
  const asked = await Promise.all(
    plugins.flatMap((plugin) => {
      const { probe: asking } = plugin
      if (asking === undefined) return []
      const settings = { timeout: TIMEOUT, keys: 'recognised' } as const
      return [probe({ ...signing(plugin), probe: asking }, url, settings)]
    }),
  )
  return judgeTarget(withoutCredentials(url.href), asked, now() - startedAt)
}

function signing(plugin: ProviderPlugin): Pick<ProviderPlugin, 'sign'> {
  return plugin.sign === undefined ? {} : { sign: plugin.sign.bind(plugin) }
}

/** @param took until all had answered. */
export function judgeTarget(address: string, asked: readonly Probed[], took: Millis): Finding {
  const [info] = asked.flatMap((one) => one.info ?? [])
  if (info !== undefined) {
    const found = `${address}: ${[info.server, info.version].filter(Boolean).join(' ')}, answered in ${Math.round(took)}ms`
    if (info.healthy === false)
      return bad(NAME, found, 'It says of itself that it is not healthy: see its log.')
    if (info.keyRefused === true)
      return doubtful(NAME, `${found}, refuses the key`, 'Correct the key where the provider reads it.')
    return info.locked === true
      ? doubtful(NAME, `${found}, wants a key`, 'Set the key in the environment, as the provider reads it.')
      : good(NAME, found)
  }
  if (asked.some(({ answered }) => answered)) {
    return doubtful(
      NAME,
      `${address}: something answers that no installed provider knows`,
      'Check the path of the address; a gateway may hide the server and still be right.',
    )
  }
  const why = asked.find(({ failure }) => failure !== undefined)?.failure?.message ?? 'there is no answer'
  return bad(NAME, `${address}: ${why}`, 'Check the address, that the server runs, and what lies between.')
}
