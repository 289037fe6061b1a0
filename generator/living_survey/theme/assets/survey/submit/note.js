// What is to be done before a paper can be proposed: a list with a button for each field.

import { element, paragraph } from "./element.js"
import { label, sentence } from "./labels.js"

const SHOWN = 12

// Returns a function from problems to what to put on the page.
export const makeNote = ({ group, keyField, update }) => {
  const place = (problem) => group.fields.indexOf(group.at(problem.path)) + 1 || Infinity
  const itemOf = (problem) => {
    const field = problem.path[0] === "key" ? keyField : group.at(problem.path)
    const button = element("button", { type: "button", class: "survey-form__go" }, labelOf(field, problem.path))
    button.addEventListener("click", () => {
      if (!field) return
      const closed = field.node.closest("details")
      if (closed) closed.open = true
      field.touched = true
      update()
      field.focus()
    })
    return element("li", {}, button, `: ${sentence(problem)}`)
  }
  return (problems) => {
    const sorted = [...problems].sort((a, b) => place(a) - place(b))
    const further = problems.length - SHOWN
    return [
      paragraph(label("note.first", { count: problems.length })),
      element("ul", {}, ...sorted.slice(0, SHOWN).map(itemOf)),
      ...(further > 0 ? [paragraph(label("note.further", { count: further }))] : []),
    ]
  }
}

const labelOf = (field, path) => field?.name?.(path.slice(field.path.length)) ?? field?.label ?? path.join(" ")
