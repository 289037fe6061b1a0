// The frame around a control: its label, help, and what is wrong.
//
// A field is { path, label, node, read, write, show, focus }: `read` returns undefined while it is empty; `show` takes
// problems whose paths start below the field's own.

import { element, withCode } from "../element.js"
import { label as wordsOf, sentence } from "../labels.js"

let count = 0
const newId = () => `survey-field-${(count += 1)}`

// several: says at which of several things, numbered from 1, a problem is.
export const framed = (path, rules, control, { needed = false, label = rules["x-label"] ?? rules.title, several = null } = {}) => {
  const id = newId()
  const help = element("p", { id: `${id}-help`, class: "survey-field__help" }, ...withCode(rules["x-help"] ?? rules.description ?? ""))
  const error = element("p", { id: `${id}-error`, class: "survey-field__error", "aria-live": "polite" })
  const group = control.tagName === "DIV"
  const node = group
    ? element("fieldset", { class: "survey-field" }, element("legend", {}, label))
    : element("div", { class: "survey-field" }, element("label", { for: id }, label))
  if (needed) node.firstChild.append(" ", element("span", { class: "survey-field__needed" }, wordsOf("fields.required")))
  node.append(control, help, error)
  const target = group ? node : control
  if (!group) control.id = id
  target.setAttribute("aria-describedby", `${id}-help ${id}-error`)
  const field = { path, label, node, touched: false, focus: () => (group ? node.querySelector("input, select, textarea, button") : control).focus() }
  field.show = (problems, all = false) => {
    const shown = all || field.touched ? problems : []
    error.replaceChildren(...shown.flatMap((problem, index) => {
      const number = field.line?.(problem) ?? problem.path[0]
      const place = several && Number.isInteger(problem.path[0]) ? `${several(number + 1)}: ` : ""
      return [...(index ? [element("br")] : []), place + sentence(problem)]
    }))
    if (!group) control.setAttribute("aria-invalid", String(shown.length > 0))
  }
  node.addEventListener("input", () => { field.touched = true })
  return field
}
