// What is said above the list: what the address names and the survey does not have, themes that the words name, and how
// the list goes on where nothing is left. Text from the address is put in as text.
import { element } from "../submit/element.js"
import { label } from "../submit/labels.js"
import { copy, empty, LONGEST, write } from "./state.js"
import { button, way } from "./tools.js"

const SEEN = 10 // names of a note at most, and their letters
const LETTERS = 60

const short = (text) => ([...text].length > LETTERS ? `${[...text].slice(0, LETTERS).join("")}…` : text)
const some = (texts) => `${texts.slice(0, SEEN).map(short).join(", ")}${texts.length > SEEN ? " …" : ""}`

// Paragraphs, each a list of texts and elements.
export const notes = ({ state, result, papers, submit, go }) => {
  const { picks, keys, strange, hits, ordered } = result
  const said = []
  if (hits?.themes.length) said.push(hits.themes.map(({ path, title, papers }) => theme(path, title, papers, go)))
  if (hits?.identifier && !hits.identifier.key) said.push(missing(state, submit))
  else if (hits && !["all", "identifier", "none"].includes(hits.attempt)) said.push([label("attempt")])
  for (const name of strange.slice(0, SEEN)) said.push([label("unknown_name", { name: short(name) })])
  for (const { axis, unknown, former } of picks) {
    if (unknown.length) said.push([label("unknown_value", { axis: axis.title, value: some(unknown) })])
    for (const [value, now] of former) said.push([label("former", { value: short(value), now })])
  }
  if (keys.unknown.length) said.push([label("unknown_keys", { count: keys.unknown.length, names: some(keys.unknown) })])
  for (const [value, now] of keys.former.slice(0, SEEN)) said.push([label("former", { value: short(value), now })])
  for (const value of state.strange.slice(0, SEEN)) said.push([label("unknown_choice", { value: short(value) })])
  if (write(state).length > LONGEST) said.push([`${label("long")} `, file(ordered, papers)])
  return said
}

const theme = (path, title, papers, go) => {
  const next = { ...empty(), chosen: new Map([["theme", [path]]]) }
  const count = element("span", { class: "survey-filter__count", textContent: papers })
  return way(next, [label("theme", { title }), count], go)
}

const missing = (state, submit) => {
  const says = label("not_here", { identifier: short(state.find) })
  return submit ? [`${says} `, element("a", { href: new URL(submit, location.href).href, textContent: label("submit") })] : [says]
}

// A state that is too long for an address, as a file of keys.
const file = (ordered, papers) => button(label("file"), async () => {
  const { keys } = await papers.keys()
  const link = element("a", { href: URL.createObjectURL(new Blob([ordered.map((number) => `${keys[number]}\n`).join("")])), download: "papers.txt" })
  link.click()
  URL.revokeObjectURL(link.href)
})

// What to press where nothing fits: what a list without one of the choices would have.
export const without = ({ state, result, go }) => {
  const { on, missed } = result
  const counts = on.map((_, at) => missed.reduce((sum, one) => sum + (one === at + 1), 0))
  const ways = on.map(({ axis }, at) => {
    const next = copy(state)
    next.chosen.delete(axis.name)
    return counts[at] ? way(next, [label("fewer", { value: axis.title, count: counts[at] })], go) : null
  })
  const all = [button(label("clear"), () => go({ ...empty(), view: state.view }))]
  const shown = [...ways.filter(Boolean), ...all]
  return [element("div", { class: "survey-explorer__nothing" },
    element("p", { textContent: label("nothing") }), element("p", {}, ...shown))]
}
