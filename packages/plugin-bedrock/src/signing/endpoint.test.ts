import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime'
import { SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { endpointOf, regionalTarget } from './endpoint.ts'
import { regionInHost } from './region.ts'

const REGIONS = [
  'us-east-1',
  'eu-central-1',
  'ap-southeast-5',
  'us-gov-west-1',
  'cn-north-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eu-isoe-west-1',
  'us-isof-south-1',
  'eusc-de-east-1',
]
const WAYS = [
  { useFips: false, useDualstack: false },
  { useFips: true, useDualstack: false },
  { useFips: false, useDualstack: true },
  { useFips: true, useDualstack: true },
]

afterEach(() => {
  vi.unstubAllEnvs()
})

describe.each([
  ['bedrock-runtime', new BedrockRuntimeClient({ region: 'us-east-1' })],
  ['runtime.sagemaker', new SageMakerRuntimeClient({ region: 'us-east-1' })],
] as const)('%s', (service, client) => {
  it.each(REGIONS)('is in %s where AWS looks for it, whichever way', (region) => {
    for (const way of WAYS) {
      const { url } = client.config.endpointProvider({
        Region: region,
        UseFIPS: way.useFips,
        UseDualStack: way.useDualstack,
      })
      expect(`${endpointOf(service, region, way)}/`).toBe(url.href)
      expect(regionInHost(url.hostname)).toBe(region)
    }
  })
})

describe('the region in a host', () => {
  it.each([
    ['vpce-0abc-xyz.bedrock-runtime.eu-west-1.vpce.amazonaws.com', 'eu-west-1'],
    ['bedrock.us-east-1.amazonaws.com', 'us-east-1'],
    ['bedrock-mantle.us-east-2.api.aws', 'us-east-2'],
    ['127.0.0.1', undefined],
    ['localhost', undefined],
    ['llm.us-east-1.example.com', undefined],
    ['bedrock-runtime.example.com', undefined],
  ])('%s: %s', (host, region) => {
    expect(regionInHost(host)).toBe(region)
  })
})

describe('without an address', () => {
  it('the region of the profile tells it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'loadbench-aws-'))
    writeFileSync(
      join(folder, 'config'),
      '[default]\nregion = eu-north-1\n[profile load]\nregion = ap-northeast-1\n',
    )
    for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_PROFILE']) vi.stubEnv(name, undefined)
    vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'))
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'))
    expect(await regionalTarget({}, 'bedrock-runtime')()).toBe(
      'https://bedrock-runtime.eu-north-1.amazonaws.com',
    )
    expect(await regionalTarget({ profile: 'load' }, 'runtime.sagemaker')()).toBe(
      'https://runtime.sagemaker.ap-northeast-1.amazonaws.com',
    )
    expect(await regionalTarget({ profile: 'nobody' }, 'bedrock-runtime')()).toBeUndefined()
    rmSync(folder, { recursive: true })
  })

  it('the variables of AWS are heard', async () => {
    vi.stubEnv('AWS_REGION', 'us-west-2')
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true')
    vi.stubEnv('AWS_USE_DUALSTACK_ENDPOINT', 'true')
    expect(await regionalTarget({}, 'bedrock-runtime')()).toBe(
      'https://bedrock-runtime-fips.us-west-2.api.aws',
    )
    expect(
      await regionalTarget({ useFips: false, useDualstack: false, region: 'us-east-1' }, 'bedrock-runtime')(),
    ).toBe('https://bedrock-runtime.us-east-1.amazonaws.com')
  })
})
