import type { ProviderPlugin } from 'loadbench/plugin'
import { decoderOf, framingOf } from './decoder.ts'
import { bedrockProbe } from './probe/bedrock.ts'
import { encodeCall } from './request.ts'
import type { BedrockSettings } from './settings.ts'
import { REGION_HINT, regionalTarget, TARGET_VARIABLES } from './signing/endpoint.ts'
import { signer } from './signing/sign.ts'

/** The codec of Amazon Bedrock's runtime: what `bedrock(settings)` binds to a target. */
export function bedrockPlugin(settings: BedrockSettings = {}): ProviderPlugin {
  return {
    apiVersion: 1,
    name: 'bedrock',
    targetVariables: TARGET_VARIABLES['bedrock-runtime'],
    encode: (call, target) => encodeCall(call, target, settings),
    framing: framingOf,
    decoder: (head, call) => decoderOf(head, call, settings),
    defaultTarget: regionalTarget(settings, 'bedrock-runtime'),
    defaultTargetHint: REGION_HINT,
    sign: signer(settings, 'bedrock'),
    probe: bedrockProbe,
  }
}
