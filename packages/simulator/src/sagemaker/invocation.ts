import { randomUUID } from 'node:crypto'
import { unescape } from 'node:querystring'
import type { Ask } from '../answer.ts'
import { admitFor } from '../aws/admit.ts'
import type { Facts, Inquiry, Protocol, Reply } from '../protocol.ts'
import { innerProtocol } from './container.ts'
import { refuse } from './errors.ts'
import { PartStream } from './stream.ts'

/** What a request to an endpoint asks for. */
export interface InvocationAsk extends Ask {
  /** What the container behind the endpoint speaks. */
  readonly inner: Protocol
}

/** `POST /endpoints/{name}/invocations`, and `invocations-response-stream` where `streamed`. */
export function invocation(streamed: boolean): Protocol<InvocationAsk> {
  return {
    idPrefix: 'sagemaker-',
    admit: admitFor('sagemaker'),
    read(body, request) {
      const inner = innerProtocol(endpointOf(request), body)
      const ask = inner.read(body, request)
      return 'complaint' in ask ? ask : { ...ask, streamed, inner }
    },
    stream(answer, facts) {
      const wire = facts.ask.inner.stream(answer, insideOf(facts))
      return new PartStream(wire, answer, headersOf(facts))
    },
    whole: (answer, facts) => facts.ask.inner.whole(answer, insideOf(facts)),
    wholeHeaders: (_answer, facts) => headersOf(facts),
    refuse,
  }
}

function endpointOf({ path }: Inquiry): string {
  return unescape(path.split('/')[2] ?? '')
}

function insideOf(facts: Facts<InvocationAsk>): Facts {
  return { ...facts, id: `${facts.ask.inner.idPrefix}${facts.id}` }
}

function headersOf({ request }: Facts): Reply['headers'] {
  const variant = request.headers['x-amzn-sagemaker-target-variant'] ?? 'AllTraffic'
  return { 'x-amzn-requestid': randomUUID(), 'x-amzn-invoked-production-variant': String(variant) }
}
