// `npm test`: from a fresh clone to a verdict on the code: every check, then every test.
import { pnpm, setUp } from './steps.mjs'

setUp()
pnpm(['--silent', 'run', 'check'])
pnpm(['--silent', 'exec', 'vitest', 'run', ...process.argv.slice(2)])
