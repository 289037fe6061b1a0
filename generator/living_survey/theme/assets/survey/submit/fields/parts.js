// Several parts of one kind, each in a frame of its own, with buttons to add and to take away.

import { element } from "../element.js"
import { label } from "../labels.js"
import { framed } from "./frame.js"
import { Group } from "./group.js"
import { textField } from "./text.js"

// noun: what one part is called; makePart: makes { group, nodes } of an empty one.
export const partsField = (path, rules, noun, makePart, options) => {
  const box = element("div", { class: "survey-field__parts" })
  const field = framed(path, rules, box, options)
  const nameOf = (index) => label("parts.name", { part: noun, number: index + 1 })
  let parts = []
  const number = () => parts.forEach((part, index) => { part.legend.textContent = nameOf(index) })
  const changed = () => {
    number()
    box.dispatchEvent(new Event("input", { bubbles: true }))
  }
  const adder = element("button", { type: "button", class: "md-button" }, label("parts.add", { part: noun.toLowerCase() }))
  const remove = (part) => {
    parts = parts.filter((one) => one !== part)
    part.node.remove()
    changed()
    adder.focus()
  }
  const add = () => {
    const part = makeFramed(makePart(), () => remove(part))
    parts.push(part)
    adder.before(part.node)
    number()
    return part
  }
  adder.addEventListener("click", () => {
    const part = add()
    changed()
    part.group.fields[0].focus()
  })
  box.append(adder)
  field.parts = () => parts
  field.name = ([index, ...inner]) =>
    parts[index] ? label("parts.field", { part: nameOf(index), field: parts[index].group.at(inner)?.label ?? noun }) : field.label
  field.read = () => (parts.length ? parts.map((part) => part.group.read()) : undefined)
  field.write = (value) => {
    for (const part of parts) part.node.remove()
    parts = []
    for (const item of value ?? []) add().group.write(item)
  }
  field.problems = () => parts.flatMap((part, index) =>
    part.group.problems().map((problem) => ({ ...problem, path: [...path, index, ...problem.path] })))
  showInParts(field)
  return field
}

const makeFramed = (part, remove) => {
  const legend = element("legend")
  const button = element("button", { type: "button", class: "md-button" }, label("parts.remove"))
  button.addEventListener("click", remove)
  return { ...part, legend, node: element("fieldset", { class: "survey-field__part" }, legend, ...part.nodes, button) }
}

const showInParts = (field) => {
  const own = field.show
  field.show = (problems, all) => {
    const parts = field.parts()
    own(problems.filter((problem) => !Number.isInteger(problem.path[0]) || !parts[problem.path[0]]), all)
    parts.forEach((part, index) => {
      const inner = problems.filter((problem) => problem.path[0] === index)
      const rest = part.group.show(inner.map((problem) => ({ ...problem, path: problem.path.slice(1) })), all)
      if (rest.length) part.group.fields[0].show(rest, all)
    })
  }
}

// What else a source says: names and texts.
export const extraField = (path, rules) => {
  const makePart = () => {
    const group = new Group()
    group.add(textField(["name"], { title: label("extra.name"), description: label("extra.name_help"), pattern: "x" }, {}))
    group.add(textField(["value"], { title: label("extra.text"), "x-paragraphs": true }, {}))
    return { group, nodes: group.fields.map((field) => field.node) }
  }
  const field = partsField(path, rules, label("extra.part"), makePart, {})
  const { read, write, show } = field
  const names = () => field.parts().map((part) => part.group.read().name ?? "")
  field.read = () => {
    const pairs = (read() ?? []).map(({ name = "", value = "" }) => [name, value])
    return pairs.length ? Object.fromEntries(pairs) : undefined
  }
  field.name = () => field.label
  field.write = (value) => write(Object.entries(value ?? {}).map(([name, text]) => ({ name, value: text })))
  field.show = (problems, all) =>
    show(problems.map((problem) => ({ ...problem, path: [names().indexOf(problem.path[0]), ...problem.path.slice(1)] })), all)
  field.problems = () => {
    const all = names()
    const twice = all.find((name, index) => name && all.indexOf(name) < index)
    return twice ? [{ path: [...path, twice], message: label("extra.twice", { name: twice }), hint: label("extra.join") }] : []
  }
  return field
}
