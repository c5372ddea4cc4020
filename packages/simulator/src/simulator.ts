import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { settingsOrThrow } from './schema.ts'
import { serve, type Simulator } from './server.ts'
import type { SimulatorSettings } from './settings.ts'

/**
 * Starts a simulator in a thread of its own, so that it never takes the caller's event loop; resolves
 * when it listens.
 * @throws SettingsError for wrong settings, the system's error where the port cannot be had
 */
export async function startSimulator(settings: SimulatorSettings = {}): Promise<Simulator> {
  const worker = new Worker(...threadOf(settingsOrThrow(settings)))
  // Rejects where the thread dies of an error, which whoever calls stop() is told.
  const ended = once(worker, 'exit')
  ended.catch(() => {})
  const [address] = (await once(worker, 'message')) as [Pick<Simulator, 'url' | 'port'>]
  return {
    ...address,
    stop: async () => {
      worker.postMessage('stop', [])
      await ended
    },
  }
}

/**
 * Serves in this thread: for a process of its own, and for tests.
 * @throws SettingsError for wrong settings, the system's error where the port cannot be had
 */
export async function serveSimulator(settings: SimulatorSettings = {}): Promise<Simulator> {
  return await serve(settingsOrThrow(settings))
}

/** The thread's entry: as built, or from the sources, which a thread can only read by way of tsx. */
function threadOf(workerData: unknown): ConstructorParameters<typeof Worker> {
  if (!import.meta.url.endsWith('.ts')) {
    return [new URL('./thread.js', import.meta.url), { workerData, execArgv: [] }]
  }
  // `--import tsx` alone registers nothing in a thread of Node 20.
  const register = `data:text/javascript,import { register } from '${import.meta.resolve('tsx/esm/api')}';register()`
  return [new URL('./thread.ts', import.meta.url), { workerData, execArgv: ['--import', register] }]
}
