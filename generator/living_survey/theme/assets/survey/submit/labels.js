// The words of the form. The generator keeps them in one file of labels; a script has no words of its own.

let labels = {}
const language = document.documentElement.lang || "en"
const plural = new Intl.PluralRules(language)

// Take the table of labels that /api/form.json has.
export const speak = (table) => { labels = table }

export const number = (value) => value.toLocaleString(language)

// A label with its values, in pieces to append: strings, and what among the values is an element.
export const phrase = (name, values = {}) => {
  const found = name.split(".").reduce((inner, part) => inner?.[part], labels)
  const text = typeof found === "string" ? found : (found?.[plural.select(values.count)] ?? found?.other)
  if (typeof text !== "string") throw new Error(`label ${name}`)
  const filled = "count" in values ? { ...values, count: number(values.count) } : values
  const pieces = text.split(/\{(\w+)\}/).map((piece, index) => (index % 2 ? filled[piece] : piece))
  return pieces.filter((piece) => piece !== "")
}

// A label by its path, `key.taken`, with values put in for {name}. Where it has one text for one and one for several,
// `count` decides.
export const label = (name, values) => phrase(name, values).join("")

// A problem as a sentence.
export const sentence = ({ message, hint }) => {
  const whole = hint ? `${message}: ${hint}` : message
  return `${whole[0].toUpperCase()}${whole.slice(1)}${/[.!?]$/.test(whole) ? "" : "."}`
}
