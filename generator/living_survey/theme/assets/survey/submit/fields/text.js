// A field of one text: a line, a sentence whose words are counted, or paragraphs.

import { element } from "../element.js"
import { label } from "../labels.js"
import { countWords, fold, trim } from "../text.js"
import { framed } from "./frame.js"

export const textField = (path, rules, options) => {
  const running = rules["x-paragraphs"]
  const long = running || rules["x-max-words"]
  const control = long
    ? element("textarea", { rows: running ? 6 : 3 })
    : element("input", { type: "text", autocomplete: "off", spellcheck: !rules.pattern || rules.pattern === "\\S" })
  if (rules.type === "integer") control.inputMode = "numeric"
  if (rules.format === "uri") control.inputMode = "url"
  const field = framed(path, rules, control, options)
  const limit = rules["x-max-words"]
  const counter = limit ? element("span", { class: "survey-field__count" }) : null
  const recount = () => {
    if (counter) counter.textContent = ` ${label("fields.words", { count: countWords(control.value), most: limit })}`
  }
  if (counter) {
    field.node.querySelector(".survey-field__help").append(counter)
    control.addEventListener("input", recount)
  }
  field.read = () => {
    const value = running ? trim(control.value) : control.value.trim() && control.value
    // Control characters stay in what is read, so that the check can name them.
    if (!value) return undefined
    return (running ? value : /[^\P{C}\n]/u.test(value) ? value : fold(value)).normalize("NFC")
  }
  field.write = (value) => {
    control.value = value === undefined ? "" : String(value)
    recount()
  }
  recount()
  return field
}
