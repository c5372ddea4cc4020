import { CsvOutput } from './csv.ts'
import { JsonOutput } from './json.ts'
import { JunitOutput } from './junit.ts'
import { MarkdownOutput } from './markdown.ts'
import type { Output, OutputContext } from './output.ts'

/** What `--out NAME=FILE` knows by itself. */
export const BUILT_IN_OUTPUTS: ReadonlyMap<string, (file: string, context: OutputContext) => Output> =
  new Map<string, (file: string, context: OutputContext) => Output>([
    ['csv', (file) => new CsvOutput(file)],
    ['json', (file) => new JsonOutput(file)],
    ['junit', (file, context) => new JunitOutput(file, context)],
    ['markdown', (file) => new MarkdownOutput(file)],
  ])
