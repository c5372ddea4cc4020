import type { ProbeAnswer } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { bedrockProbe } from './bedrock.ts'
import { sagemakerProbe } from './sagemaker.ts'

const AT_AWS = new URL('https://bedrock-runtime.us-east-1.amazonaws.com')
const AT_HOME = new URL('http://127.0.0.1:4000/base')
const MODELS = {
  modelSummaries: [
    {
      modelId: 'amazon.nova-pro-v1:0',
      modelArn: 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0',
      modelName: 'Nova Pro',
      providerName: 'Amazon',
    },
    { modelName: 'without an id' },
  ],
}
const PROFILES = {
  inferenceProfileSummaries: [
    { inferenceProfileId: 'us.amazon.nova-pro-v1:0', type: 'SYSTEM_DEFINED', status: 'ACTIVE' },
  ],
}

function answer(status: number, json?: unknown, headers: ProbeAnswer['headers'] = {}): ProbeAnswer {
  return { status, headers, body: json === undefined ? '' : JSON.stringify(json), json }
}

/** An error in AWS's form. */
function awsError(status: number, type: string): ProbeAnswer {
  return answer(status, { message: type }, { 'x-amzn-errortype': type })
}

describe('the questions', () => {
  it.each([
    [AT_AWS.href, 'https://bedrock.us-east-1.amazonaws.com'],
    [
      'https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com',
      'https://bedrock-fips.us-gov-west-1.amazonaws.com',
    ],
    [AT_HOME.href, 'http://127.0.0.1:4000'],
  ])('for %s go to %s', (target, origin) => {
    expect(bedrockProbe.requests(new URL(target)).map(({ url }) => url)).toEqual([
      `${origin}/foundation-models`,
      `${origin}/inference-profiles?maxResults=1000`,
      `${origin}/`,
    ])
  })
})

describe('Bedrock', () => {
  it('is known by its list of models, and its region by its host', () => {
    const info = bedrockProbe.identify(
      { models: answer(200, MODELS), profiles: answer(200, PROFILES) },
      AT_AWS,
    )
    expect(info).toEqual({
      server: 'bedrock',
      configuration: { region: 'us-east-1' },
      models: [
        {
          id: 'amazon.nova-pro-v1:0',
          aliases: ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0'],
          details: { name: 'Nova Pro', provider: 'Amazon' },
        },
        { id: 'us.amazon.nova-pro-v1:0', details: { type: 'SYSTEM_DEFINED', status: 'ACTIVE' } },
      ],
    })
  })

  it.each([
    ['the profiles are not told', answer(403)],
    ['not all of them are told', answer(200, { ...PROFILES, nextToken: 'more' })],
  ])(
    'says nothing of models where %s: what is missing from half a list would look missing',
    (_, profiles) => {
      expect(bedrockProbe.identify({ models: answer(200, MODELS), profiles }, AT_HOME)).toEqual({
        server: 'bedrock',
      })
    },
  )

  it('at AWS that wants keys first is locked', () => {
    const info = bedrockProbe.identify({ models: answer(403), profiles: answer(403) }, AT_AWS)
    expect(info).toEqual({ server: 'bedrock', configuration: { region: 'us-east-1' }, locked: true })
  })

  it('elsewhere is known by what it refuses and what it does not have', () => {
    const refused = awsError(403, 'MissingAuthenticationTokenException:http://internal.amazon.com/coral/')
    const nothing = awsError(404, 'UnknownOperationException')
    const known = { server: 'bedrock', locked: true }
    expect(bedrockProbe.identify({ models: refused, profiles: refused, nothing }, AT_HOME)).toEqual(known)
    // API Gateway refuses whatever it does not have.
    expect(bedrockProbe.identify({ models: refused, nothing: refused }, AT_HOME)).toBeUndefined()
    expect(bedrockProbe.identify({ models: nothing, nothing }, AT_HOME)).toBeUndefined()
  })

  it.each([
    ['silence at AWS', AT_AWS, answer(0)],
    ['a refusal elsewhere', AT_HOME, answer(403)],
    ['another list', AT_HOME, answer(200, { data: [] })],
    ['no JSON', AT_HOME, answer(200)],
  ])('is not seen in %s', (_, target, models) => {
    expect(bedrockProbe.identify({ models, profiles: models }, target)).toBeUndefined()
    expect(bedrockProbe.identify({}, target)).toBeUndefined()
  })
})

describe('SageMaker', () => {
  const target = new URL('https://runtime.sagemaker.eu-west-1.amazonaws.com')

  it('is known by its host, if anything answers there', () => {
    expect(sagemakerProbe.identify({ runtime: answer(404) }, target)).toEqual({
      server: 'sagemaker',
      configuration: { region: 'eu-west-1' },
    })
    expect(sagemakerProbe.identify({ runtime: answer(0) }, target)).toBeUndefined()
    expect(sagemakerProbe.identify({ runtime: answer(200) }, AT_HOME)).toBeUndefined()
    expect(sagemakerProbe.identify({ runtime: answer(200) }, AT_AWS)).toBeUndefined()
    expect(
      sagemakerProbe.identify({ runtime: awsError(404, 'UnknownOperationException') }, AT_HOME),
    ).toBeUndefined()
  })

  it('is known where the simulator plays it', () => {
    const runtime = answer(404, undefined, { server: 'loadbench-simulator (sagemaker)' })
    expect(sagemakerProbe.identify({ runtime }, AT_HOME)).toEqual({ server: 'simulator' })
  })
})
