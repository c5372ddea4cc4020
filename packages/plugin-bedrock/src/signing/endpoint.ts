import { regionOf } from './region.ts'
import type { AwsSettings } from './settings.ts'

/** A service as its host's name begins. */
export type RuntimeService = 'bedrock-runtime' | 'runtime.sagemaker'

/** Variables of AWS's own tools that name another address for a service; the first that is set counts. */
export const TARGET_VARIABLES = {
  'bedrock-runtime': ['AWS_ENDPOINT_URL_BEDROCK_RUNTIME', 'AWS_ENDPOINT_URL'],
  'runtime.sagemaker': ['AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME', 'AWS_ENDPOINT_URL'],
} as const satisfies Record<RuntimeService, readonly string[]>

/** What a client without an address could be given instead. */
export const REGION_HINT = 'region in the script, AWS_REGION, region of the profile in ~/.aws/config'

/** A partition of AWS: the regions it has, by how their names begin, and where its services are. */
interface Partition {
  readonly regions: RegExp
  readonly suffix: string
  readonly dualstack: string
}

const COMMERCIAL: Partition = { regions: /^/, suffix: 'amazonaws.com', dualstack: 'api.aws' }
const PARTITIONS: readonly Partition[] = [
  { regions: /^cn-/, suffix: 'amazonaws.com.cn', dualstack: 'api.amazonwebservices.com.cn' },
  { regions: /^us-isof-/, suffix: 'csp.hci.ic.gov', dualstack: 'api.aws.hci.ic.gov' },
  { regions: /^us-isob-/, suffix: 'sc2s.sgov.gov', dualstack: 'api.aws.scloud' },
  { regions: /^us-iso-/, suffix: 'c2s.ic.gov', dualstack: 'api.aws.ic.gov' },
  { regions: /^eu-isoe-/, suffix: 'cloud.adc-e.uk', dualstack: 'api.cloud-aws.adc-e.uk' },
  { regions: /^eusc-/, suffix: 'amazonaws.eu', dualstack: 'api.amazonwebservices.eu' },
  COMMERCIAL,
]

/**
 * Where a service is in the region of the settings, for `ProviderPlugin.defaultTarget`; `undefined` where
 * no region is known.
 */
export function regionalTarget(
  settings: AwsSettings,
  service: RuntimeService,
): () => Promise<string | undefined> {
  return async () => {
    const region = await regionOf(settings)
    return region === undefined ? undefined : endpointOf(service, region, settings)
  }
}

/** The address of a service, by the rules of AWS's own clients. */
export function endpointOf(
  service: RuntimeService,
  region: string,
  {
    useFips = isSet('AWS_USE_FIPS_ENDPOINT'),
    useDualstack = isSet('AWS_USE_DUALSTACK_ENDPOINT'),
  }: AwsSettings = {},
): string {
  const { suffix, dualstack } = PARTITIONS.find(({ regions }) => regions.test(region)) ?? COMMERCIAL
  const name = useFips ? fipsName(service, region, useDualstack) : service
  return `https://${name}.${region}.${useDualstack ? dualstack : suffix}`
}

/** SageMaker has three ways of saying it. */
function fipsName(service: RuntimeService, region: string, dualstack: boolean): string {
  if (service === 'bedrock-runtime') return 'bedrock-runtime-fips'
  const commercial = !/^(cn-|us-gov-|us-iso|eu-isoe-|eusc-)/.test(region)
  if (dualstack || !(commercial || region.startsWith('us-gov-'))) return 'runtime.sagemaker-fips'
  return commercial ? 'runtime-fips.sagemaker' : 'runtime.sagemaker'
}

function isSet(variable: string): boolean {
  return process.env[variable]?.toLowerCase() === 'true'
}
