import type { ProbeRequest } from 'loadbench/plugin'
import { basePath } from '../encode/base-path.ts'
import { hostedAt } from './hosted.ts'

/** What an address is asked. None of it makes a server generate anything. */
export function questions(target: URL): readonly ProbeRequest[] {
  const base = basePath(target)
  const root = base.replace(/(\/openai)?\/v1$/, '')
  const kserve = `${root}/openai/v1`
  const lists = [
    { name: 'models', url: `${base}/models${target.search}` },
    ...(kserve === base ? [] : [{ name: 'kserve-models', url: `${kserve}/models${target.search}` }]),
  ]
  // The public services have nothing else to tell, and need not be asked for it.
  if (hostedAt(target) !== undefined) return lists
  return [
    ...lists,
    { name: 'version', url: `${root}/version` },
    { name: 'health', url: `${root}/health` },
    { name: 'metrics', url: `${root}/metrics` },
    { name: 'model-info', url: `${root}/get_model_info` },
    { name: 'server-info', url: `${root}/server_info` },
    { name: 'older-server-info', url: `${root}/get_server_info` },
    // To tell those apart that list models too.
    { name: 'info', url: `${root}/info` },
    { name: 'ollama-version', url: `${root}/api/version` },
  ]
}
