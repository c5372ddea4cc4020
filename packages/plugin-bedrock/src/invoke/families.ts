import type { EmbeddingFamily, TextFamily } from './family.ts'
import type { FamilyName } from './family-name.ts'
import { anthropic } from './families/anthropic.ts'
import { cohereEmbed } from './families/cohere-embed.ts'
import { commandR } from './families/command-r.ts'
import { command } from './families/command.ts'
import { deepseek } from './families/deepseek.ts'
import { llama } from './families/llama.ts'
import { mistral } from './families/mistral.ts'
import { nova } from './families/nova.ts'
import { titanEmbed } from './families/titan-embed.ts'
import { titan } from './families/titan.ts'

/** Families with a form of their own. Those in OpenAI's form are read by its plugin, see `openai.ts`. */
export const TEXT_FAMILIES: Partial<Record<FamilyName, TextFamily>> = {
  anthropic,
  nova,
  titan,
  llama,
  mistral,
  command,
  'command-r': commandR,
  deepseek,
}

export const EMBEDDING_FAMILIES: Partial<Record<FamilyName, EmbeddingFamily>> = {
  'titan-embed': titanEmbed,
  'cohere-embed': cohereEmbed,
}
