// The words of the form, from the table of labels that the generator writes; a script has no words of its own.

import { number, speaker } from "../words.js"

export { number }

let words = speaker({})

// Take the table of labels that /api/form.json has.
export const speak = (table) => { words = speaker(table) }

// A label with its values, in pieces to append: strings, and what among the values is an element.
export const phrase = (name, values) => words.phrase(name, values)

// A label by its path, `key.taken`, as text.
export const label = (name, values) => words.label(name, values)

// A problem as a sentence.
export const sentence = ({ message, hint }) => {
  const whole = hint ? `${message}: ${hint}` : message
  return `${whole[0].toUpperCase()}${whole.slice(1)}${/[.!?]$/.test(whole) ? "" : "."}`
}
