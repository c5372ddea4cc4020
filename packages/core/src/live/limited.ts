import type { Millis } from '../model/clock.ts'

/** Waits for `work`, but no longer than `limit`. @throws what `late` makes, or what `work` throws. */
export async function within<T>(limit: Millis, work: Promise<T>, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), Math.min(limit, 0x7fff_ffff))
  })
  try {
    return await Promise.race([work, expired])
  } finally {
    clearTimeout(timer)
  }
}
