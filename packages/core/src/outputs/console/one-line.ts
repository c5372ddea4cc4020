/** Servers put anything into what they say, control characters included. */
export function oneLine(text: string, longest = 160): string {
  // oxlint-disable-next-line no-control-regex -- these are what must not reach the terminal
  const clean = text.replaceAll(/[\u0000-\u001F\u007F-\u009F]+/g, ' ')
  return clean.length > longest ? `${clean.slice(0, longest - 1)}…` : clean
}
