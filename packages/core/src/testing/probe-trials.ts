import assert from 'node:assert/strict'
import { isSecretName } from '../model/secret-name.ts'
import { seeded, type Random } from '../model/random.ts'
import type { Probe, ProbeAnswer, ProbeAnswers, ServerInfo } from '../model/probe.ts'
import { trial, type Subject, type Trial } from './trial.ts'

const TARGET = new URL('http://127.0.0.1:9/v1')
const SILENT: ProbeAnswer = { status: 0, headers: {}, body: '', json: undefined }
const PAGE = '<!doctype html><title>Welcome</title><h1>It works!</h1>'
const WEB_PAGE: ProbeAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: PAGE,
  json: undefined,
}
const NOT_FOUND: ProbeAnswer = { ...WEB_PAGE, status: 404, body: '<h1>Not Found</h1>' }
/** Sets of answers made at random. */
const SETS = 300

/** A provider's questions are cheap and keep its key; its answers are never guessed. */
export function probeTrials({ plugin: { probe } }: Subject): Trial[] {
  if (probe === undefined) return []
  return [
    trial('probe: asks without its key, the same each time', () => {
      const requests = probe.requests(TARGET)
      assert.ok(requests.length > 0, 'it asks nothing')
      assert.deepEqual(probe.requests(TARGET), requests)
      assert.equal(
        new Set(requests.map(({ name }) => name)).size,
        requests.length,
        'two questions have one name',
      )
      for (const { url, headers = {} } of requests) {
        assert.ok(URL.canParse(url, TARGET.href), `${url} is no path and no address`)
        const secret = Object.keys(headers).find(isSecretName)
        assert.equal(secret, undefined, `the header ${secret} belongs into \`authorization\``)
      }
    }),
    trial('probe: sees nothing where nothing answers', () => expectNothing(probe, SILENT)),
    trial('probe: does not take a web page for its server', () => expectNothing(probe, WEB_PAGE)),
    trial('probe: does not take 404 for its server', () => expectNothing(probe, NOT_FOUND)),
    trial('probe: throws nothing, whatever is answered', () => {
      const random = seeded(1)
      for (let set = 0; set < SETS; set += 1) {
        const found: ServerInfo | undefined = probe.identify(
          answersOf(probe, () => randomAnswer(random)),
          TARGET,
        )
        if (found !== undefined) assert.equal(typeof found.server, 'string')
      }
    }),
  ]
}

function expectNothing(probe: Probe, answer: ProbeAnswer): void {
  assert.equal(
    probe.identify(
      answersOf(probe, () => answer),
      TARGET,
    ),
    undefined,
  )
}

function answersOf(probe: Probe, answer: () => ProbeAnswer): ProbeAnswers {
  return Object.fromEntries(probe.requests(TARGET).map(({ name }) => [name, answer()]))
}

const NAMES = [
  'object',
  'data',
  'id',
  'models',
  'name',
  'version',
  'model_id',
  'details',
  'max_model_len',
  'owned_by',
]

function randomAnswer(random: Random): ProbeAnswer {
  const json = randomJson(random, 4)
  const status = [0, 200, 200, 200, 401, 404, 500][Math.floor(random() * 7)] ?? 200
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(json), json }
}

function randomJson(random: Random, depth: number): unknown {
  const kind = Math.floor(random() * (depth > 0 ? 8 : 5))
  if (kind < 5) return [null, true, -1.5, '', 'list'][kind]
  if (kind === 5) return Array.from({ length: Math.floor(random() * 3) }, () => randomJson(random, depth - 1))
  const names = NAMES.filter(() => random() < 0.4)
  return Object.fromEntries(names.map((name) => [name, randomJson(random, depth - 1)]))
}
