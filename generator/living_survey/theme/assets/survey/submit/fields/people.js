// Authors and editors, one a line; of a line that is not plainly one person's the form asks how it is to be read.

import { element } from "../element.js"
import { label, phrase } from "../labels.js"
import { makeReader } from "../names.js"
import { resolve } from "../schema.js"
import { fold } from "../text.js"
import { linesField } from "./lines.js"

const ASKED = 5 // lines at a time

// Lovelace, Ada, Jr. [0000-0002-1825-0097] #ada-2
const personLine = (one) => {
  const marks = `${one.orcid ? ` [${one.orcid}]` : ""}${one.id ? ` #${one.id}` : ""}`
  if (one.team !== undefined) return `Team: ${one.team}${marks}`
  const parts = [one.family ?? "", ...(one.given || one.suffix ? [one.given ?? ""] : []), ...(one.suffix ? [one.suffix] : [])]
  return `${parts.length === 1 && parts[0].includes(" ") ? `${parts[0]},` : parts.join(", ")}${marks}`
}

// The person of a line as it stands: family, given, suffix.
const asWritten = (text) => {
  const [family, given = "", ...suffix] = text.split(",").map((part) => part.trim())
  const parts = { family, given, suffix: suffix.filter(Boolean).join(" ") }
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part))
}

// The ORCID and the id behind a name, and what stands before them.
const withoutMarks = (line) => {
  let rest = line
  const marks = {}
  const id = / #([a-z0-9-]+)$/.exec(rest)
  if (id) [marks.id, rest] = [id[1], rest.slice(0, id.index)]
  const orcid = / \[([0-9Xx-]+)\]$/.exec(rest)
  if (orcid) [marks.orcid, rest] = [orcid[1], rest.slice(0, orcid.index)]
  return [marks, rest.normalize("NFC")]
}

// Who a line names: { people, others, asked }. `asked` are ways to read a line that is not plainly one person's:
// [its people, whether there are others].
const peopleIn = (line, readLine) => {
  const hidden = /[^\P{C}\t]/u.test(line) // stays, so that the check can name it
  const [marks, rest] = withoutMarks(hidden ? line.trim() : fold(line))
  const marked = (people) => people.map((one, index) => (index === people.length - 1 ? { ...one, ...marks } : one))
  const team = /^team:\s*(.*)$/iu.exec(rest)
  if (team) return { people: marked([team[1] ? { team: team[1] } : {}]), asked: [] }
  const plain = asWritten(rest)
  if (hidden) return { people: marked([plain]), asked: [] }
  const { people, others, sure } = readLine(rest)
  const same = people.length === 1 && JSON.stringify(people[0]) === JSON.stringify(plain)
  if (!people.length || (same && sure && !others)) return { people: marked([plain]), asked: [] }
  const asked = [[marked(people), others]]
  if (people.length === 1 && !sure) {
    const apart = rest.split(",").flatMap((part) => readLine(part).people)
    if (apart.length > 1) asked.push([marked(apart), others])
  }
  if (people.length === 1 && !rest.includes(",") && !people[0].team) asked.push([marked([{ team: rest }]), false])
  return { people: marked(people), asked }
}

// Of one person it is the question which name is the family's.
const told = ({ family, given, suffix }) =>
  [label("names.family", { name: family }), given, suffix].filter(Boolean).join(", ")

const namesOf = (people, others) => [
  ...people.map((one) => one.team ?? (people.length === 1 ? told(one) : personLine(one).replace(/,$/, ""))),
  ...(others ? [label("names.and_others")] : []),
].join("; ")

const countOf = (people) => (people.length === 1 && people[0].team ? label("names.group") : label("names.people", { count: people.length }))

export const peopleField = (path, rules, { schema, survey }, options, withOthers) => {
  const help = `${rules["x-help"] ?? rules.description} ${label("names.help")}`
  const readLine = makeReader(survey.names, resolve(rules.items, schema).properties.suffix.pattern)
  // Lines that somebody has confirmed, and whom they name.
  const settled = new Map()
  const read = (line) => (settled.has(fold(line)) ? { people: [settled.get(fold(line))], asked: [] } : peopleIn(line, readLine))
  const field = linesField(path, { ...rules, "x-help": help }, options, {
    toLine: personLine,
    fromLine: (line) => read(line).people,
    problem: (line) => {
      const { people, asked: [first] } = read(line)
      if (!first) return null
      const message = label("names.reads_as", { people: countOf(people), names: namesOf(people, first[1]) })
      return { message, hint: label("names.choose") }
    },
  })
  // Put the names that somebody has confirmed in the place of their line.
  const take = (control, line, people, others) => {
    const own = people.map(personLine)
    people.forEach((one, index) => settled.set(fold(own[index]), one))
    const all = control.value.split("\n")
    all.splice(all.indexOf(line), 1, ...own)
    control.value = all.join("\n")
    if (others) withOthers()
    control.dispatchEvent(new Event("input", { bubbles: true }))
    control.focus()
  }
  askAbout(field, (line) => read(line).asked, take)
  return field
}

// Below the box, buttons for the ways in which its lines can be read.
const askAbout = (field, askedOf, take) => {
  const control = field.node.querySelector("textarea")
  const answers = element("div", { class: "survey-field__names", "aria-live": "polite" })
  control.after(answers)
  const question = ([line, asked]) => {
    const buttons = asked.flatMap(([people, others], index) => {
      const words = label("names.reading", { people: countOf(people), names: namesOf(people, others) })
      const button = element("button", { type: "button", class: "survey-form__go" }, words)
      button.addEventListener("click", () => take(control, line, people, others))
      return index ? [label("names.or"), button] : [button]
    })
    return element("p", {}, ...phrase("names.line_is", { line: line.trim() }), ...buttons)
  }
  const show = field.show
  field.show = (problems, all) => {
    show(problems, all)
    const open = field.openLines().map((line) => [line, askedOf(line)]).filter(([, asked]) => asked.length)
    const said = JSON.stringify(open)
    // Buttons that have not changed stay: somebody may be pressing one.
    if (answers.dataset.said === said) return
    answers.dataset.said = said
    answers.replaceChildren(...open.slice(0, ASKED).map(question))
  }
}
