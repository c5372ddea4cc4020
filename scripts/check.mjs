// `pnpm check`: everything that can be found wrong without running the product.
import { ROOT, step } from './steps.mjs'

const bin = (name) => `${ROOT}/node_modules/.bin/${name}`
/** @type {[name: string, command: string, args: string[]][]} */
const checks = [
  ['formatting', bin('oxfmt'), ['--check', '.']],
  ['lint', bin('oxlint'), ['--type-aware', '--deny-warnings']],
  ['types', bin('tsc'), ['-b', 'tsconfig.tests.json']],
  ['unused code', bin('knip'), []],
  ...[
    'core',
    'plugin-openai',
    'plugin-tgi',
    'plugin-ollama',
    'plugin-bedrock',
    'reporter-html',
    'simulator',
  ].map((name) => [
    `package ${name}`,
    bin('publint'),
    ['run', `packages/${name}`, '--pack=false', '--strict'],
  ]),
]
for (const [name, command, args] of checks) {
  console.log(`\ncheck: ${name}`)
  step(command, args)
}
