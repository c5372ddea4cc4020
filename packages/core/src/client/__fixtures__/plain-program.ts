// A Node program that uses a client outside of any run, and closes nothing behind itself.
import { partsPlugin } from '../../transport/__fixtures__/parts-plugin.ts'
import { connect } from '../../plugin.ts'

const [, , ...addresses] = process.argv
for (const baseURL of addresses) {
  const client = connect(partsPlugin, { baseURL, timeouts: { connect: 300, headers: 300 } })
  const { ok, text, status, error, timings } = await client.call({ kind: 'chat', messages: [], model: 'm' })
  console.log(JSON.stringify({ ok, text, status, error: error?.class, phase: error?.phase, timed: timings.duration > 0 }))
}
