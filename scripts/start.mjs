// `npm start`: from a fresh clone to a report, against the simulator.
import { ROOT, setUp, step } from './steps.mjs'

setUp()
step(process.execPath, [
  `${ROOT}/packages/core/bin/loadbench.js`,
  'run',
  'scenarios/spike.ts',
  '--simulate',
  ...process.argv.slice(2),
])
