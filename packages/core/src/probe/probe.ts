import { now, type Millis } from '../model/clock.ts'
import type { Failure } from '../model/failure.ts'
import type { Probe, ProbeAnswer, ProbeRequest, ServerInfo } from '../model/probe.ts'
import type { HttpRequest, ProviderPlugin } from '../model/provider.ts'
import { isSecretName } from '../model/secret-name.ts'
import type { TlsOptions } from '../transport/tls-context.ts'
import { addressOf, put, requestOf, type Answered, type Asking } from './question.ts'

export interface ProbeSettings {
  /** For all questions together, with and without a key. */
  readonly timeout: Millis
  /**
   * Whether the provider's key may be sent to whoever asks for one (`always`: a person has named provider
   * and address together), or only where the provider's protocol was recognised without it.
   */
  readonly keys: 'always' | 'recognised'
  /** Headers of the client; those that sound secret go where the key goes. */
  readonly headers?: Readonly<Record<string, string>>
  readonly tls?: TlsOptions
}

/** What a provider found out about an address. */
export interface Probed {
  /** Absent: its protocol is not spoken there. */
  readonly info?: ServerInfo
  /** Whether anything answered at all. */
  readonly answered: boolean
  /** The first status, where everything was answered by an error other than 401 and 403. */
  readonly refused?: number
  /** Why there was no answer: of the first question without one. */
  readonly failure?: Failure
}

/** A provider that can be asked who serves somewhere. */
export type Prober = Pick<ProviderPlugin, 'sign'> & { readonly probe: Probe }

/**
 * Asks an address what serves there, in a provider's words: all questions at once without a key, then
 * those that wanted one (401, 403) again with it. Never rejects.
 */
export async function probe(plugin: Prober, target: URL, settings: ProbeSettings): Promise<Probed> {
  const asking: Asking = { endsAt: now() + settings.timeout, tls: settings.tls ?? {} }
  const questions = questionsOf(plugin.probe, target)
  const open = openOnly(settings.headers)
  const first = await Promise.all(
    questions.map((question) => put(requestOf(question, target, open), addressOf(question, target), asking)),
  )
  const recognised = identify(plugin.probe, questions, first, target)
  if (!first.some(isLocked) || (settings.keys === 'recognised' && recognised === undefined)) {
    return probed(recognised, first)
  }
  let keyShown = false
  const second = await Promise.all(
    questions.map(async (question, at) => {
      const before = first[at]
      if (before === undefined || !isLocked(before)) return before
      const request = await withKey(plugin, question, target, settings, asking.endsAt)
      if (request === undefined) return before
      keyShown ||= bearsKey(request)
      return put(request, addressOf(question, target), asking)
    }),
  )
  const answers = second.filter((one) => one !== undefined)
  const info = identify(plugin.probe, questions, answers, target)
  return probed(info?.locked === true && keyShown ? { ...info, keyRefused: true } : info, answers)
}

function bearsKey({ headers }: HttpRequest): boolean {
  return Object.keys(headers).some(isSecretName)
}

/** A third party's plugin may throw where it promised not to; it then finds nothing. */
function questionsOf(asking: Probe, target: URL): readonly ProbeRequest[] {
  try {
    const questions = asking.requests(target)
    for (const question of questions) addressOf(question, target)
    return questions
  } catch {
    return []
  }
}

function identify(
  asking: Probe,
  questions: readonly ProbeRequest[],
  answers: readonly Answered[],
  target: URL,
): ServerInfo | undefined {
  const named = questions.flatMap(({ name }, at) => {
    const answer = answers[at]?.answer
    return answer === undefined ? [] : [[name, answer] as const]
  })
  try {
    const info = asking.identify(Object.fromEntries(named), target)
    return info !== undefined && named.some(([, { headers }]) => isSimulator(headers))
      ? { ...info, server: 'simulator' }
      : info
  } catch {
    return undefined
  }
}

/** It plays other servers, and goes by one name whichever it plays. */
function isSimulator({ server = '' }: ProbeAnswer['headers']): boolean {
  return server.startsWith('loadbench-simulator')
}

function probed(info: ServerInfo | undefined, answers: readonly Answered[]): Probed {
  const failure = answers.find((one) => one.failure !== undefined)?.failure
  const isRefused = answers.length > 0 && answers.every((one) => one.answer.status >= 300 && !isLocked(one))
  const refused = isRefused ? answers[0]?.answer.status : undefined
  return {
    ...(info === undefined ? {} : { info }),
    answered: answers.some(({ answer }) => answer.status > 0),
    ...(refused === undefined || info !== undefined ? {} : { refused }),
    ...(failure === undefined ? {} : { failure }),
  }
}

function isLocked({ answer: { status } }: Answered): boolean {
  return status === 401 || status === 403
}

/** Such as a gateway may need to know where a request belongs. */
function openOnly(headers: ProbeSettings['headers'] = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !isSecretName(name)))
}

/**
 * The question with the provider's key; `undefined` where there is none in time. A key as it is goes to
 * the target's own origin only; a signature is made for the address it is sent to.
 */
async function withKey(
  plugin: Prober,
  question: ProbeRequest,
  target: URL,
  { headers = {} }: ProbeSettings,
  endsAt: Millis,
): Promise<HttpRequest | undefined> {
  const address = addressOf(question, target)
  if (plugin.sign !== undefined) {
    return Promise.race([sign(plugin, requestOf(question, target, headers), address), pause(endsAt - now())])
  }
  if (address.origin !== target.origin) return undefined
  return requestOf(question, target, { ...headers, ...plugin.probe.authorization?.() })
}

async function sign(plugin: Prober, request: HttpRequest, address: URL): Promise<HttpRequest | undefined> {
  try {
    return await plugin.sign?.(request, address, { simulated: false })
  } catch {
    return undefined
  }
}

function pause(millis: Millis): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), Math.max(0, millis)).unref()
  })
}
