import assert from 'node:assert/strict'
import type { Call } from '../model/call.ts'
import { LoadbenchError } from '../model/errors.ts'
import { trial, type Subject, type Trial } from './trial.ts'
import { expectRequest } from './valid-request.ts'

const ORIGIN = 'http://127.0.0.1:9'
const CALLS: readonly Call[] = [
  { kind: 'chat', model: 'm', messages: [{ role: 'user', content: 'Hello' }] },
  { kind: 'completion', model: 'm', prompt: 'Hello' },
  { kind: 'embedding', model: 'm', input: ['Hello', 'there'] },
]

/** `encode` is a pure function from a call to a request that can be sent. */
export function encodeTrials({ plugin, answers: { call } }: Subject): Trial[] {
  return [
    trial('plugin: says who it is', () => {
      assert.equal(plugin.apiVersion, 1)
      assert.match(plugin.name, /^[a-z][a-z0-9-]*$/, '`--target name=URL` has to be able to name it')
      for (const name of plugin.targetVariables) assert.match(name, /^[A-Z][A-Z0-9_]*$/)
    }),
    trial('encode: gives a request that can be sent', () =>
      expectRequest(plugin.encode(call, new URL(ORIGIN))),
    ),
    trial('encode: is pure', () => {
      const target = new URL(`${ORIGIN}/base`)
      const asked = frozen(structuredClone(call))
      const first = plugin.encode(asked, target)
      plugin.encode({ ...asked, model: 'another-model' }, new URL('http://127.0.0.1:10'))
      assert.deepEqual(plugin.encode(asked, target), first, 'the same call gives another request')
      assert.equal(target.href, `${ORIGIN}/base`, 'it changed the target')
    }),
    trial('encode: keeps the path of the target', () => {
      const { path } = plugin.encode(call, new URL(`${ORIGIN}/some/base`))
      assert.ok(path.startsWith('/some/base'), `the target is ${ORIGIN}/some/base, the path ${path}`)
    }),
    trial('encode: passes on the fields of `extra`', () => {
      const { body = '' } = plugin.encode({ ...call, extra: { loadbench_extra: 7 } }, new URL(ORIGIN))
      assert.ok(Buffer.from(body).toString('utf8').includes('loadbench_extra'), 'the body does not hold it')
    }),
    ...CALLS.map((one) =>
      trial(`encode: sends a call of kind ${one.kind}, or refuses it by LB_CALL_INVALID`, () => {
        try {
          expectRequest(plugin.encode(one, new URL(ORIGIN)))
        } catch (error) {
          if (!LoadbenchError.is(error)) throw error
          assert.equal(error.code, 'LB_CALL_INVALID')
        }
      }),
    ),
    ...(plugin.warmUp === undefined ? [] : [warmUpTrial(plugin.warmUp.bind(plugin))]),
  ]
}

function warmUpTrial(warmUp: NonNullable<Subject['plugin']['warmUp']>): Trial {
  return trial('warmUp: is pure and gives requests that can be sent', () => {
    const requests = warmUp(new URL(ORIGIN))
    for (const request of requests) expectRequest(request)
    assert.deepEqual(warmUp(new URL(ORIGIN)), requests)
  })
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const inner of Object.values(value)) frozen(inner)
  return Object.freeze(value)
}
