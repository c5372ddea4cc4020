import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CALLS_ROUTES, RESPONSES_ROUTE } from '../packages/plugin-openai/src/__fixtures__/recordings.ts'
import { ROOT } from './harness/project.ts'

const ALL = process.env['LOADBENCH_RECORDINGS'] ?? join(ROOT, '../shared/recordings')
const VECTORS = 'packages/plugin-bedrock/src/event-stream/__fixtures__'

/** Files without an answer any provider of loadbench would have asked for. */
const NOT_READ: Readonly<Record<string, string>> = {
  'dialects/openai--openai-realtime-speech-translation.chunks.txt': 'speech over the Realtime API',
  'dialects/openai--parallel-tool-call-wrapper.1.chunks.txt': 'written by hand, and not JSON',
  'openai/test_streaming_existing_assistant.4.sse': 'Assistants API',
  'openai/test_streaming_existing_assistant_with_events_with_content.4.sse': 'Assistants API',
  'openai/test_streaming_new_assistant.5.sse': 'Assistants API',
  'openai/test_streaming_new_assistant_with_events_with_content.5.sse': 'Assistants API',
}

/** Which tests read a file: the `recordings.test.ts` of a package, by the rules it picks its files by. */
function readersOf(file: string): string[] {
  const text = readFileSync(join(ALL, file), 'utf8')
  const events = /\.(sse|chunks\.txt)$/.test(file)
  const rules: Readonly<Record<string, boolean>> = {
    'openai calls': events && /^(openai|groq|ollama|dialects)\//.test(file) && CALLS_ROUTES.test(text),
    'openai Responses': events && /^(openai|dialects)\//.test(file) && RESPONSES_ROUTE.test(text),
    ollama: /^ollama\/.*\.ndjson$/.test(file),
    bedrock: /^(bedrock\/.*\.bin|dialects\/(amazon-bedrock|cohere)--.*\.txt)$/.test(file),
  }
  return Object.keys(rules).filter((name) => rules[name] && !(file in NOT_READ))
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(ALL, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(ALL.length + 1))
    .toSorted()
}

describe.skipIf(!existsSync(ALL))('the complete set of recordings', () => {
  it('has no file that nobody reads, but those named here', () => {
    const recorded = filesBelow('.').filter(
      (file) => !/(^|\/)(index\.json|README\.md)$|^eventstream-vectors\//.test(file),
    )
    expect(recorded.length).toBeGreaterThan(100)
    expect(recorded.filter((file) => readersOf(file).length === 0)).toEqual(Object.keys(NOT_READ))
    expect(recorded.filter((file) => readersOf(file).length > 1)).toEqual([])
  })

  it('has no frame, good or corrupted, that the framer is not held against', () => {
    const frames = filesBelow('eventstream-vectors/encoded')
    expect(frames).toHaveLength(9)
    for (const file of frames) {
      const copy = join(ROOT, VECTORS, file.replace('eventstream-vectors/encoded/', ''))
      expect(readFileSync(copy).equals(readFileSync(join(ALL, file)))).toBe(true)
    }
  })
})
