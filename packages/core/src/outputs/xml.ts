/** An element of a document, with elements or text in it. */
export interface XmlElement {
  readonly name: string
  readonly attributes?: Readonly<Record<string, string | number>>
  readonly content?: readonly XmlElement[] | string
}

/** A whole document in XML 1.0. Whatever its texts hold, it is well-formed. */
export function xmlText(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementText(root, '')}`
}

function elementText({ name, attributes = {}, content = [] }: XmlElement, indent: string): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${attributeText(String(value))}"`,
  )
  const tag = `${name}${written.join('')}`
  if (content.length === 0) return `${indent}<${tag}/>\n`
  if (typeof content === 'string') return `${indent}<${tag}>${contentText(content)}</${name}>\n`
  const children = content.map((child) => elementText(child, `${indent}  `))
  return `${indent}<${tag}>\n${children.join('')}${indent}</${name}>\n`
}

/** A reader would make spaces of tabs and line feeds that are not escaped. */
function attributeText(text: string): string {
  return contentText(text).replaceAll(/[\t\n]/g, reference)
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** What XML 1.0 cannot hold at all, lone surrogates among it, becomes U+FFFD. */
function contentText(text: string): string {
  return text
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? '')
    .replaceAll('\r', reference)
    .replaceAll(
      // oxlint-disable-next-line no-control-regex -- these are what XML forbids
      /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu,
      '\uFFFD',
    )
}

function reference(character: string): string {
  return `&#${character.charCodeAt(0)};`
}
