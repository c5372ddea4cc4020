import { parentPort, workerData } from 'node:worker_threads'
import type { Settings } from './schema.ts'
import { serve } from './server.ts'

// The entry of the simulator's thread: tells where it listens, stops at the first word from outside.
const simulator = await serve(workerData as Settings)
parentPort?.once('message', () => void simulator.stop())
parentPort?.postMessage({ url: simulator.url, port: simulator.port }, [])
