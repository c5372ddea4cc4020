// `pnpm bench <name>`: runs one of the benches in this folder.
import { readdirSync } from 'node:fs'

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.slice(0, -'.ts'.length))
const name = process.argv[2] ?? ''
if (names.includes(name)) await import(`./${name}.ts`)
else {
  console.error(`name one of: ${names.join(', ')}`)
  process.exitCode = 1
}
