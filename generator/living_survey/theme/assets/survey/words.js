// Words of a script, which the generator keeps in its file of labels: a script has none of its own.

// Returns a function from the path of a label and values to its text. Where a label has one text for one and one for
// several, `count` decides.
export const makeWords = (table) => {
  const language = document.documentElement.lang || "en"
  const plural = new Intl.PluralRules(language)
  return (name, values = {}) => {
    const found = name.split(".").reduce((inner, part) => inner?.[part], table)
    const text = typeof found === "string" ? found : (found?.[plural.select(values.count)] ?? found?.other)
    if (typeof text !== "string") throw new Error(`label ${name}`)
    const shown = (part) => (typeof values[part] === "number" ? values[part].toLocaleString(language) : values[part])
    return text.replace(/\{(\w+)\}/g, (_, part) => shown(part))
  }
}
