import { PROVIDERS, type ProviderName } from './providers.ts'
import { SHAPES, type Shape, type ShapeName } from './shapes.ts'

/** What a first script is to be. */
export interface Wanted {
  readonly provider: ProviderName
  readonly shape: ShapeName
  /** Where it will lie, from the current folder. */
  readonly file: string
}

/** A script that runs at once, with a comment at each place that somebody will want to change. */
export function scriptText({ provider, shape, file }: Wanted): string {
  const { package: from, client, target } = PROVIDERS[provider]
  const { about, options, pause }: Shape = SHAPES[shape]
  const names = ['check', ...(pause === undefined ? [] : ['sleep']), 'type Options']
  return `${about.map((line) => `// ${line}`).join('\n')}
//
//   npx loadbench run ${file} --simulate
//   npx loadbench run ${file} --target ${target}
//
// npx loadbench inspect ${file} prints what would run, without sending anything.
import { ${names.join(', ')} } from 'loadbench'
import { ${provider} } from '${from}'

// What load to send, and what must hold. An editor shows what each option means.
export const options: Options = {${options}
}

${client}

// What each virtual user does, again and again.
export default async function () {
  const reply = await llm.chat({
    messages: [{ role: 'user', content: 'Why is the sky blue? Answer in two sentences.' }],
    maxTokens: 64,
  })
  // A failed call is counted and never throws; a failed check fails nothing but a threshold on checks.
  check(reply, { 'the model answered': ({ ok, text }) => ok && text.length > 0 })${pause ?? ''}
}
`
}
