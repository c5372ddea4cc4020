import type { ProtocolName } from './settings.ts'

/** Servers and services by the protocol they speak, as people name them. */
const ENGINES: Readonly<Record<ProtocolName, readonly string[]>> = {
  openai: [
    'vllm',
    'sglang',
    'azure',
    'emd',
    'llama.cpp',
    'llamacpp',
    'lmdeploy',
    'nim',
    'tensorrt-llm',
    'trtllm',
    'groq',
    'deepseek',
    'mistral',
    'openrouter',
    'xai',
  ],
  ollama: [],
  tgi: ['huggingface', 'text-generation-inference'],
  bedrock: ['aws', 'amazon', 'converse', 'invoke'],
  sagemaker: ['djl'],
}

/** `is a server that speaks openai`, to be read after its name; `undefined` for a name nobody knows. */
export function engineText(name: string): string | undefined {
  const found = Object.entries(ENGINES).find(([, engines]) => engines.includes(name.toLowerCase()))
  return found === undefined ? undefined : `is a server that speaks ${found[0]}`
}
