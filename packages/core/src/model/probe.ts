/** A question to an address. GET, cheap for the server, no secret in it. */
export interface ProbeRequest {
  /** By which `identify` finds the answer: `models`. */
  readonly name: string
  /** Path at the target's origin, or a whole address where the answer is kept elsewhere. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What came back. */
export interface ProbeAnswer {
  /** HTTP status; 0 where nothing answered in time. */
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** Its text; cut where it is long. */
  readonly body: string
  /** The body as JSON; `undefined` where it is none. */
  readonly json: unknown
}

/** By the name of the request. One that was not answered has status 0. */
export type ProbeAnswers = Readonly<Record<string, ProbeAnswer>>

/** A model an address serves. */
export interface ServedModel {
  readonly id: string
  /** Other names it goes by. */
  readonly aliases?: readonly string[]
  /** Tokens a prompt and its answer may have together. */
  readonly contextLength?: number
  /** What else the server tells: quantization, size, whether it is loaded. */
  readonly details?: Readonly<Record<string, string | number | boolean>>
}

/** What serves at an address, by its own word; what it does not tell is left out, never guessed. */
export interface ServerInfo {
  /** `vllm`, `sglang`, `tgi`, `ollama`, `bedrock` …; `unknown` where only the protocol is sure. */
  readonly server: string
  readonly version?: string
  /** Whether it says it is ready. Left out where it says nothing about it. */
  readonly healthy?: boolean
  /** The models it serves. Left out where it does not tell: then nothing is said about a model asked for. */
  readonly models?: readonly ServedModel[]
  /** How the server really runs, in its own names. */
  readonly configuration?: Readonly<Record<string, string | number | boolean>>
  /** What a person should know before loading it: the model does not fit the GPU. One sentence each. */
  readonly warnings?: readonly string[]
  /** `true`: it answers, but wants a key first. */
  readonly locked?: boolean
  /** `true` beside `locked`: a key was shown to it, which it does not take. Set by loadbench. */
  readonly keyRefused?: boolean
}

/** How a provider finds out what serves at an address: which questions, and what the answers mean. */
export interface Probe {
  /** Asked at once, without a key; those answered by 401 or 403 again with `authorize`d headers. Pure. */
  requests(target: URL): readonly ProbeRequest[]
  /** Headers that carry the key, of a provider that has one and does not `sign`. */
  authorization?(): Readonly<Record<string, string>>
  /** What the answers say; `undefined` where this provider's protocol is not spoken there. Pure, never throws. */
  identify(answers: ProbeAnswers, target: URL): ServerInfo | undefined
}
