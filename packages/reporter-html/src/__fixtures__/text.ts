const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&#x27;': "'",
  '&#x60;': '`',
  '&#x3D;': '=',
}

/** What a reader sees of a piece of HTML, one space for any white space. */
export function textOf(html: string): string {
  return html
    .replace(/<(script|style)\b.*?<\/\1>/gs, ' ')
    .replace(/<(?:br|\/?(?:p|div|td|th|tr|li|h\d|dt|dd|table|caption|section|figure|article|button|option|a|h\d))\b[^>]*>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|amp|quot|#x27|#x60|#x3D);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim()
}

/** The section with this id, or `''` where the page has none. */
export function sectionOf(html: string, id: string): string {
  return new RegExp(`<section[^>]* id="${id}".*?</section>`, 's').exec(html)?.[0] ?? ''
}

/** The rows of the tables in a section, as a reader sees them. */
export function rowsOf(html: string, id: string): readonly string[] {
  return [...sectionOf(html, id).matchAll(/<tr.*?<\/tr>/gs)].map(([row]) => textOf(row))
}

/** The text of all elements of one class. */
export function classOf(html: string, tag: string, name: string): readonly string[] {
  return [...html.matchAll(new RegExp(`<${tag}[^>]* class="[^"]*\\b${name}\\b[^"]*"[^>]*>.*?</${tag}>`, 'gs'))].map(([found]) =>
    textOf(found),
  )
}
