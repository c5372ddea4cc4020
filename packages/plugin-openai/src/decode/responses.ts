import {
  isObject,
  isText,
  malformed,
  type Decoder,
  type JsonObject,
  type Part,
  type ResponseHead,
} from 'loadbench/plugin'
import { NOTHING } from './answer.ts'
import { framingOf } from './framing.ts'
import { objectDecoder } from './object-decoder.ts'
import { contentOfItem, namedCall, placeOf } from './output-item.ts'
import { endOfResponse } from './response-end.ts'

/** Events that bring a piece of generated content in `delta`, and what kind of content. */
const DELTAS: ReadonlyMap<string, 'text-delta' | 'reasoning-delta' | 'tool-delta'> = new Map([
  ['response.output_text.delta', 'text-delta'],
  ['response.refusal.delta', 'text-delta'],
  ['response.reasoning_text.delta', 'reasoning-delta'],
  ['response.reasoning_summary_text.delta', 'reasoning-delta'],
  ['response.function_call_arguments.delta', 'tool-delta'],
  ['response.custom_tool_call_input.delta', 'tool-delta'],
  // Of tools the server runs itself: the model writes this as well, token by token.
  ['response.mcp_call_arguments.delta', 'tool-delta'],
  ['response.code_interpreter_call_code.delta', 'tool-delta'],
  ['response.apply_patch_call_operation_diff.delta', 'tool-delta'],
])

/** Events that end the response, and how. */
const ENDS: ReadonlyMap<string, string> = new Map([
  ['response.completed', 'completed'],
  ['response.incomplete', 'incomplete'],
  ['response.failed', 'failed'],
])

/** The decoder of the Responses API: typed events, or the response in one piece. Events it has no use for pass. */
export function responsesDecoder(head: ResponseHead): Decoder {
  const events = new ResponseEvents()
  if (framingOf(head) !== 'whole') return objectDecoder(head, (event) => events.read(event))
  return objectDecoder(head, (response, { data }) =>
    Array.isArray(response['output'])
      ? events.end(response, response['status'])
      : [malformed(data, 'a response without output')],
  )
}

/** The state of one response. */
class ResponseEvents {
  /** Items of which content came already, by their place in the output. */
  readonly #begun = new Set<number>()
  /** Tool calls whose name was told. */
  readonly #named = new Set<number>()

  read(event: JsonObject): readonly Part[] {
    const { type, item, response } = event
    if (typeof type !== 'string') return NOTHING
    const kind = DELTAS.get(type)
    if (kind !== undefined) return this.#delta(kind, event)
    if (type === 'response.output_item.added') return this.#itemAdded(item, placeOf(event))
    if (type === 'response.output_item.done') return this.#itemDone(item, placeOf(event))
    const end = ENDS.get(type)
    return end === undefined ? NOTHING : this.end(isObject(response) ? response : {}, end)
  }

  /** The response as a whole. What it holds is told only where nothing of it came before. */
  end(response: JsonObject, status: unknown): readonly Part[] {
    const { output } = response
    const untold = this.#begun.size === 0 && Array.isArray(output) ? output : []
    return [
      ...untold.flatMap((item, place) => this.#itemDone(item, place)),
      ...endOfResponse(response, status),
    ]
  }

  #delta(type: 'text-delta' | 'reasoning-delta' | 'tool-delta', event: JsonObject): readonly Part[] {
    const { delta, logprobs } = event
    if (!isText(delta)) return NOTHING
    const index = placeOf(event)
    this.#begun.add(index)
    if (type === 'tool-delta') return [{ type, index, arguments: delta }]
    // One entry per token where they were asked for, none otherwise.
    const tokens = Array.isArray(logprobs) ? logprobs.length : 0
    return [tokens > 0 ? { type, text: delta, tokens } : { type, text: delta }]
  }

  #itemAdded(item: unknown, place: number): readonly Part[] {
    const call = isObject(item) ? namedCall(item, place) : undefined
    if (call === undefined) return NOTHING
    this.#named.add(place)
    return [call]
  }

  /** An item that came without deltas. */
  #itemDone(item: unknown, place: number): readonly Part[] {
    if (!isObject(item) || this.#begun.has(place)) return NOTHING
    const content = contentOfItem(item, place)
    if (content.length === 0) return NOTHING
    this.#begun.add(place)
    return this.#named.has(place) ? content : [...this.#itemAdded(item, place), ...content]
  }
}
