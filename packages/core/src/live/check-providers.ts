import { requireCredentials } from '../client/credentials.ts'
import { boundProviders, isSimulated, requireTarget, type Targets } from '../client/targets.ts'
import { requireSpoken } from './unspoken.ts'
import { strangeTargets, unknownTarget } from './target-names.ts'

/**
 * Whether the script's providers can be used at all: called once it is loaded, before anything is sent.
 * @returns a sentence for each thing that may be wrong with one of them.
 * @throws LB_USAGE, LB_NO_TARGET, LB_TARGET_INVALID, LB_NO_CREDENTIALS, LB_SIMULATOR_INVALID where none can.
 */
export async function checkProviders(targets: Targets): Promise<string[]> {
  const bound = boundProviders()
  const strange = strangeTargets(targets, bound)
  try {
    await requireTarget()
  } catch (error) {
    // The address that is missing was given, by another name.
    throw unknownTarget(targets, bound) ?? error
  }
  const unable = isSimulated() ? await requireSpoken(bound) : await requireCredentials(bound)
  return [...strange, ...unable]
}
