// The words that scripts print come from the survey's labels; a script has none of its own.

const language = globalThis.document?.documentElement.lang || "en" // a worker has no document
const plural = new Intl.PluralRules(language)

export const number = (value) => value.toLocaleString(language)

// What speaks with the words of a table of labels.
export const speaker = (table) => {
  // A label with its values, in pieces to append: strings, and what among the values is an element.
  const phrase = (name, values = {}) => {
    const found = name.split(".").reduce((inner, part) => inner?.[part], table)
    const text = typeof found === "string" ? found : (found?.[plural.select(values.count)] ?? found?.other)
    if (typeof text !== "string") throw new Error(`label ${name}`)
    const filled = "count" in values ? { ...values, count: number(values.count) } : values
    const pieces = text.split(/\{(\w+)\}/).map((piece, index) => (index % 2 ? filled[piece] : piece))
    return pieces.filter((piece) => piece !== "")
  }
  // A label by its path, `key.taken`, with values put in for {name}. Where it has one text for one and one for several,
  // `count` decides.
  const label = (name, values) => phrase(name, values).join("")
  return { phrase, label }
}
