import type { ClientSettings } from 'loadbench/plugin'
import type { AwsSettings } from '../signing/settings.ts'

/** What runs behind an endpoint, by the protocol it speaks. */
export type Container = 'auto' | 'openai' | 'vllm' | 'tgi' | 'djl'

/** An endpoint is signed for by IAM keys; Bedrock's API keys are no use here. */
export interface SageMakerSettings extends ClientSettings, Omit<AwsSettings, 'bearerToken'> {
  /** Name of the endpoint, not its ARN. */
  readonly endpoint: string
  /**
   * The model server in the container. Default `'auto'`: asked as OpenAI's are, which vLLM, SGLang, TGI and
   * DJL LMI all understand, and understood by what it answers. `'tgi'` and `'djl'` make `complete` speak
   * the server's own form (`{inputs, parameters}`).
   */
  readonly container?: Container
  /** Production variant to call, instead of the endpoint's own choice by weight. */
  readonly variant?: string
  /** Inference component to call, of an endpoint that hosts several. */
  readonly inferenceComponent?: string
  /** Stateful session whose requests go to one instance. */
  readonly sessionId?: string
  /** Model to load, of a multi-model endpoint. */
  readonly targetModel?: string
  /** Host name of the container to call, of a multi-container endpoint. */
  readonly targetContainer?: string
  /** Handed to the container as they are: `accept_eula=true`. */
  readonly customAttributes?: string
  /**
   * Fields of every request body, passed on as they are. Those of a call go before them; `parameters` joins
   * the fields loadbench writes under that name.
   */
  readonly extra?: Readonly<Record<string, unknown>>
}
