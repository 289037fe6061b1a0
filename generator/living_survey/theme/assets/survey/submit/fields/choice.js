// Fields of what a vocabulary has: one of it, yes or nothing, several, themes in their order.

import { element } from "../element.js"
import { label } from "../labels.js"
import { framed } from "./frame.js"

export const choiceField = (path, rules, choices, options) => {
  const control = element("select", {}, element("option", { value: "" }, label(options.needed ? "fields.choose" : "fields.none")))
  for (const [value, words] of choices) control.append(element("option", { value }, words))
  const field = framed(path, rules, control, options)
  const meanings = options.meanings ?? {}
  const meaning = element("span", { class: "survey-field__meaning" })
  field.node.querySelector(".survey-field__help").append(" ", meaning)
  const tell = () => { meaning.textContent = Object.hasOwn(meanings, control.value) ? `${control.value}: ${meanings[control.value]}.` : "" }
  control.addEventListener("input", tell)
  field.read = () => control.value || undefined
  field.write = (value) => {
    const wanted = value === undefined ? "" : String(value)
    if (![...control.options].some((option) => option.value === wanted)) control.append(element("option", { value: wanted }, wanted))
    control.value = wanted
    tell()
  }
  return field
}

export const yesField = (path, rules, options) => {
  const control = element("input", { type: "checkbox" })
  const field = framed(path, rules, control, options)
  field.read = () => control.checked || undefined
  field.write = (value) => { control.checked = String(value) === "true" }
  return field
}

// Themes: a list that grows as its last choice is made; the first is the one under which the paper is filed.
export const themesField = (path, rules, themes, options) => {
  const box = element("div", { class: "survey-field__choices" })
  const field = framed(path, rules, box, { ...options, several: (number) => label("fields.theme", { number }) })
  const selects = () => [...box.querySelectorAll("select")]
  const add = (value = "") => {
    const number = selects().length + 1
    const empty = element("option", { value: "" }, label(number === 1 ? "fields.choose" : "fields.another_theme"))
    const select = element("select", { "aria-label": label("fields.theme", { number }) }, empty)
    for (const theme of themes) select.append(element("option", { value: theme.path }, theme.title))
    if (value && !themes.some((theme) => theme.path === value)) select.append(element("option", { value }, value))
    select.value = value
    box.append(select)
  }
  const grow = () => { if (!selects().length || selects().at(-1).value) add() }
  box.addEventListener("input", grow)
  field.read = () => {
    const chosen = selects().map((select) => select.value).filter(Boolean)
    return chosen.length ? chosen : undefined
  }
  field.write = (value) => {
    box.replaceChildren()
    for (const theme of value ?? []) add(theme)
    grow()
  }
  grow()
  return field
}

// The survey's further facets: boxes to tick.
export const facetField = (path, facet) => {
  const boxes = Object.entries(facet.values).map(([value, words]) => {
    const box = element("input", { type: "checkbox", value })
    return [box, element("label", { class: "survey-field__box" }, box, ` ${value}: ${words}`)]
  })
  const holder = element("div", { class: "survey-field__choices" }, ...boxes.map(([, words]) => words))
  const field = framed(path, { title: facet.title }, holder, {})
  field.read = () => {
    const chosen = boxes.filter(([box]) => box.checked).map(([box]) => box.value)
    return chosen.length ? chosen : undefined
  }
  field.write = (value) => { for (const [box] of boxes) box.checked = (value ?? []).includes(box.value) }
  return field
}
