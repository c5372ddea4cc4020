/**
 * Has warnings of Node told here while `tell` is wanted. Node itself writes them past every stream, right
 * into what is painted.
 * @returns ends it.
 */
export function catchNodeWarnings(tell: (text: string) => void): () => void {
  const printers = process.listeners('warning').filter(({ name }) => name === 'onWarning')
  const listener = ({ name, message }: Error) => tell(`${name}: ${message}`)
  for (const printer of printers) process.off('warning', printer)
  process.on('warning', listener)
  return () => {
    process.off('warning', listener)
    for (const printer of printers) process.on('warning', printer)
  }
}
