/** A provider that a first script can be written for. */
export interface Provider {
  /** What speaks its protocol, in a few words. */
  readonly title: string
  readonly package: string
  /** The line that makes the client, with the comment above it. */
  readonly client: string
  /** The address after `--target`, for the comment at the top. */
  readonly target: string
}

const openai: Provider = {
  title: 'OpenAI, vLLM, SGLang, Azure, and whatever else speaks its API',
  package: '@loadbench/plugin-openai',
  client: `// One client for all virtual users. A key is read from OPENAI_API_KEY.
const llm = openai({ model: process.env['MODEL'] ?? 'sim-8b' })`,
  target: 'http://localhost:8000/v1',
}

const tgi: Provider = {
  title: "Hugging Face's Text Generation Inference",
  package: '@loadbench/plugin-tgi',
  client: `// One client for all virtual users. The server has one model, so none is named.
const llm = tgi()`,
  target: 'http://localhost:8080',
}

const ollama: Provider = {
  title: 'Ollama, by its own protocol',
  package: '@loadbench/plugin-ollama',
  client: `// One client for all virtual users. The model is loaded before the load begins.
const llm = ollama({ model: process.env['MODEL'] ?? 'sim-8b' })`,
  target: 'http://localhost:11434',
}

const bedrock: Provider = {
  title: 'Amazon Bedrock',
  package: '@loadbench/plugin-bedrock',
  client: `// One client for all virtual users. Region and credentials are those of the AWS environment.
const llm = bedrock({ model: process.env['MODEL'] ?? 'us.amazon.nova-pro-v1:0' })`,
  target: 'https://bedrock-runtime.us-east-1.amazonaws.com',
}

/** The providers by name, which is also that of the function that makes the client. */
export const PROVIDERS = { openai, tgi, ollama, bedrock } as const satisfies Record<string, Provider>

export type ProviderName = keyof typeof PROVIDERS

export const PROVIDER_NAMES = Object.keys(PROVIDERS) as ProviderName[]
