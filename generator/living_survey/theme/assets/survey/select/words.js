// The words of the scripts of a selection, by the paths of their labels.

import { number, speaker } from "../words.js"

// Returns a function from the path of a label and values to its text, numbers with their thousands.
export const makeWords = (table) => {
  const { label } = speaker(table)
  const shown = ([name, value]) => [name, typeof value === "number" && name !== "count" ? number(value) : value]
  return (name, values = {}) => label(name, Object.fromEntries(Object.entries(values).map(shown)))
}
