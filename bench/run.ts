// `pnpm bench <name>`: runs one of the benches in this folder, with NODE=/path/to/node on another Node than pnpm's.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -'.ts'.length))
const [, script = '', name = ''] = process.argv
const { NODE, ...environment } = process.env
if (!names.includes(name)) {
  console.error(`name one of: ${names.join(', ')}`)
  process.exitCode = 1
} else if (NODE === undefined) await import(`./${name}.ts`)
else {
  // Benches measure in their own process or in those they start: all of them are to be that Node.
  const ran = spawnSync(NODE, [...process.execArgv, script, name], { stdio: 'inherit', env: environment })
  if (ran.error !== undefined) console.error(`NODE=${NODE}: ${ran.error.message}`)
  process.exitCode = ran.status ?? 1
}
