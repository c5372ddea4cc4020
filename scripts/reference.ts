// `pnpm reference`: writes the pages and drawings of docs/ that are made from the code. Build first.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generatedPages } from './docs/pages.ts'

for (const [path, text] of generatedPages()) {
  const file = fileURLToPath(new URL(`../docs/${path}`, import.meta.url))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  console.log(`docs/${path}`)
}
