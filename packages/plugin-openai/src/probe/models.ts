import {
  isAmount,
  isObject,
  isText,
  type JsonObject,
  type ProbeAnswer,
  type ServedModel,
} from 'loadbench/plugin'
import { fieldOf } from './field.ts'

/** A model of a list, and who says to own it: servers put their own name there. */
export interface ListedModel extends ServedModel {
  readonly owner: string | undefined
}

/** Names for the context length: vLLM and SGLang; OpenRouter; Groq; Mistral. */
const LENGTHS = ['max_model_len', 'context_length', 'context_window', 'max_context_length']

/** The models of a list in OpenAI's form; `undefined` where the answer is none. */
export function listedModels(answer: ProbeAnswer | undefined): readonly ListedModel[] | undefined {
  const entries = fieldOf(answer, 'data')
  if (!Array.isArray(entries)) return undefined
  return entries.flatMap((entry) =>
    isObject(entry) && isText(entry['id']) ? [modelOf(entry, entry['id'])] : [],
  )
}

function modelOf(entry: JsonObject, id: string): ListedModel {
  const { owned_by: owner, root, parent } = entry
  // Mistral.
  const aliases = Array.isArray(entry['aliases']) ? entry['aliases'].filter(isText) : []
  const contextLength = LENGTHS.map((name) => entry[name]).find(isAmount)
  const details = {
    // vLLM: the files a model was loaded from, and what an adapter sits on.
    ...(isText(root) && root !== id ? { root } : {}),
    ...(isText(parent) ? { parent } : {}),
  }
  return {
    id,
    owner: isText(owner) ? owner : undefined,
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(contextLength === undefined ? {} : { contextLength }),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  }
}

/** A model as a server serves it: some take it by a shorter name than they list. */
export function servedBy(server: string | undefined, { owner: _owner, ...model }: ListedModel): ServedModel {
  const ending = server === undefined ? undefined : DEFAULT_ENDINGS.get(server)
  // TGI has one model, and takes any name for it; this is the one it is called by where none matters.
  if (server === 'tgi') return { ...model, aliases: ['tgi'] }
  if (ending === undefined || !model.id.endsWith(ending)) return model
  return { ...model, aliases: [model.id.slice(0, -ending.length)] }
}

/** What may be left out at the end of a name. */
const DEFAULT_ENDINGS: ReadonlyMap<string, string> = new Map([
  ['ollama', ':latest'],
  ['emd', '/dev'],
])

/** Whether the list is there but wants a key, and says so as an API does, not as a web page or AWS. */
export function isLocked(answer: ProbeAnswer | undefined): boolean {
  if (answer?.status !== 401 && answer?.status !== 403) return false
  if ('x-amzn-errortype' in answer.headers) return false
  return isObject(answer.json) || /^bearer\b/i.test(answer.headers['www-authenticate'] ?? '')
}
