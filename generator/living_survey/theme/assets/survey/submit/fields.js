// The fields of the form, made from the schema. A field reads its value, is filled with one, and shows what is wrong.
//
// A field is { path, label, node, read, write, show, focus }: `read` returns undefined while it is empty; `show` takes
// problems whose paths start below the field's own. Text from anywhere is put in as text, never as HTML.

import { resolve } from "./check.js"
import { makeReader } from "./names.js"
import { fold, isMapping, trim, words } from "./text.js"

// An element with properties, attributes (names with a hyphen, role, for) and children; strings become text.
export const element = (tag, properties = {}, ...children) => {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") node.className = value
    else if (name.includes("-") || ["role", "for", "list"].includes(name)) node.setAttribute(name, value)
    else node[name] = value
  }
  node.append(...children)
  return node
}

// Text with `code` in it.
export const withCode = (text) =>
  text.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part))

// A problem as a sentence.
export const sentence = ({ message, hint }) => {
  const whole = hint ? `${message}: ${hint}` : message
  return `${whole[0].toUpperCase()}${whole.slice(1)}${/[.!?]$/.test(whole) ? "" : "."}`
}

let count = 0
const newId = () => `survey-field-${(count += 1)}`

// The frame around a control: label, help, what is wrong.
const framed = (path, rules, control, { needed = false, label = rules["x-label"] ?? rules.title, several = "" } = {}) => {
  const id = newId()
  const help = element("p", { id: `${id}-help`, class: "survey-field__help" }, ...withCode(rules["x-help"] ?? rules.description ?? ""))
  const error = element("p", { id: `${id}-error`, class: "survey-field__error", "aria-live": "polite" })
  const group = control.tagName === "DIV"
  const node = group
    ? element("fieldset", { class: "survey-field" }, element("legend", {}, label))
    : element("div", { class: "survey-field" }, element("label", { for: id }, label))
  if (needed) node.firstChild.append(" ", element("span", { class: "survey-field__needed" }, "(needed)"))
  node.append(control, help, error)
  const target = group ? node : control
  if (!group) control.id = id
  target.setAttribute("aria-describedby", `${id}-help ${id}-error`)
  const field = { path, label, node, touched: false, focus: () => (group ? node.querySelector("input, select, textarea, button") : control).focus() }
  field.show = (problems, all = false) => {
    const shown = all || field.touched ? problems : []
    error.replaceChildren(...shown.flatMap((problem, index) => {
      const number = field.line?.(problem) ?? problem.path[0]
      const place = several && Number.isInteger(problem.path[0]) ? `${several} ${number + 1}: ` : ""
      return [...(index ? [element("br")] : []), place + sentence(problem)]
    }))
    if (!group) control.setAttribute("aria-invalid", String(shown.length > 0))
  }
  node.addEventListener("input", () => { field.touched = true })
  return field
}

const textField = (path, rules, options) => {
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
  const recount = () => { if (counter) counter.textContent = ` ${words(control.value).length} of ${limit} words.` }
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

const choiceField = (path, rules, choices, options) => {
  const control = element("select", {}, element("option", { value: "" }, options.needed ? "Choose…" : "–"))
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

const yesField = (path, rules, options) => {
  const control = element("input", { type: "checkbox" })
  const field = framed(path, rules, control, options)
  field.read = () => control.checked || undefined
  field.write = (value) => { control.checked = String(value) === "true" }
  return field
}

// A list of lines in one box.
const linesField = (path, rules, options, { toLine, fromLine, several, problem = () => null }) => {
  const control = element("textarea", { rows: 3, spellcheck: false })
  const field = framed(path, rules, control, { ...options, several })
  // What was filled in comes back as it was as long as its line is not touched.
  const originals = new Map()
  const lines = () => control.value.split("\n").filter((line) => fold(line))
  const items = () => lines().map((line) => (originals.has(line) ? structuredClone(originals.get(line)) : fromLine(line)))
  field.read = () => (lines().length ? items().flat() : undefined)
  // A line may stand for several things: which line the problem is on.
  field.line = (problem) => problem.line ?? items().findIndex((_, index, all) => all.slice(0, index + 1).flat().length > problem.path[0])
  field.openLines = () => lines().filter((line) => !originals.has(line))
  field.write = (value) => {
    const texts = (value ?? []).map((item) => [toLine(item), item])
    for (const [line, item] of texts) originals.set(line, item)
    control.value = texts.map(([line]) => line).join("\n")
    control.rows = Math.min(12, Math.max(3, texts.length + 1))
  }
  field.problems = () => lines().flatMap((line, index) => {
    const found = originals.has(line) ? null : problem(line)
    return found ? [{ path: [...path, index], line: index, ...found }] : []
  })
  return field
}

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

// Who a line names: { people, others, asked }. `asked` are ways to read a line that is not plainly one person's:
// [its people, whether there are others].
const peopleIn = (line, readLine) => {
  const hidden = /[^\P{C}\t]/u.test(line) // stays, so that the check can name it
  let rest = hidden ? line.trim() : fold(line)
  const marks = {}
  const id = / #([a-z0-9-]+)$/.exec(rest)
  if (id) [marks.id, rest] = [id[1], rest.slice(0, id.index)]
  const orcid = / \[([0-9Xx-]+)\]$/.exec(rest)
  if (orcid) [marks.orcid, rest] = [orcid[1], rest.slice(0, orcid.index)]
  rest = rest.normalize("NFC")
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

const peopleField = (path, rules, schema, options, withOthers) => {
  const help = `${rules["x-help"] ?? rules.description} A person is \`Lovelace, Ada\`, with \`Lovelace, Ada, Jr.\` where there is a suffix; a group is \`Team: Ling Team\`. Paste a line of names, and the form asks whether it read them rightly. An ORCID may stand behind a name in square brackets.`
  const readLine = makeReader(resolve(rules.items, schema).properties.suffix.pattern)
  // Lines that somebody has confirmed, and whom they name.
  const settled = new Map()
  const read = (line) => (settled.has(fold(line)) ? { people: [settled.get(fold(line))], asked: [] } : peopleIn(line, readLine))
  // Of one person it is the question which name is the family's.
  const told = (one) => [`${one.family} (family name)`, one.given, one.suffix].filter(Boolean).join(", ")
  const names = (people, others) => people.map((one) =>
    one.team ?? (people.length === 1 ? told(one) : personLine(one).replace(/,$/, ""))).join("; ") + (others ? "; and others" : "")
  const count = (people) => (people.length > 1 ? `${people.length} names` : people[0].team ? "a group" : "one person")
  const field = linesField(path, { ...rules, "x-help": help }, options, {
    toLine: personLine,
    fromLine: (line) => read(line).people,
    several: "Line",
    problem: (line) => {
      const { people, asked: [first] } = read(line)
      if (!first) return null
      return { message: `this reads as ${count(people)}, ${names(people, first[1])}`, hint: "choose how it is to be read, or write one name a line" }
    },
  })
  const control = field.node.querySelector("textarea")
  const answers = element("div", { class: "survey-field__names", "aria-live": "polite" })
  control.after(answers)
  // Put the names that somebody has confirmed in the place of their line.
  const take = (line, people, others) => {
    const own = people.map(personLine)
    people.forEach((one, index) => settled.set(fold(own[index]), one))
    const all = control.value.split("\n")
    all.splice(all.indexOf(line), 1, ...own)
    control.value = all.join("\n")
    if (others) withOthers()
    control.dispatchEvent(new Event("input", { bubbles: true }))
    control.focus()
  }
  const show = field.show
  field.show = (problems, all) => {
    show(problems, all)
    const open = field.openLines().map((line) => [line, read(line).asked]).filter(([, asked]) => asked.length)
    const said = JSON.stringify(open)
    // Buttons that have not changed stay: somebody may be pressing one.
    if (answers.dataset.said === said) return
    answers.dataset.said = said
    answers.replaceChildren(...open.slice(0, 5).map(([line, asked]) => element("p", {}, `“${line.trim()}” is `, ...asked.flatMap(([people, others], index) => {
      const label = `${count(people)}: ${names(people, others)}`
      const button = element("button", { type: "button", class: "survey-form__go" }, label)
      button.addEventListener("click", () => take(line, people, others))
      return index ? [" or ", button] : [button]
    }))))
  }
  return field
}

// Themes: a list that grows as its last choice is made; the first is the one under which the paper is filed.
const themesField = (path, rules, survey, options) => {
  const box = element("div", { class: "survey-field__choices" })
  const field = framed(path, rules, box, { ...options, several: "Theme" })
  const selects = () => [...box.querySelectorAll("select")]
  const add = (value = "") => {
    const number = selects().length + 1
    const select = element("select", { "aria-label": `Theme ${number}` }, element("option", { value: "" }, number === 1 ? "Choose…" : "– another theme –"))
    for (const [theme, title] of survey.themes) select.append(element("option", { value: theme }, title))
    if (value && !survey.themes.some(([theme]) => theme === value)) select.append(element("option", { value }, value))
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
const facetField = (path, facet) => {
  const boxes = Object.entries(facet.values).map(([value, words]) => {
    const box = element("input", { type: "checkbox", value })
    return [box, element("label", { class: "survey-field__box" }, box, ` ${value}: ${words}`)]
  })
  const holder = element("div", { class: "survey-field__choices" }, ...boxes.map(([, label]) => label))
  const field = framed(path, { title: facet.title }, holder, {})
  field.read = () => {
    const chosen = boxes.filter(([box]) => box.checked).map(([box]) => box.value)
    return chosen.length ? chosen : undefined
  }
  field.write = (value) => { for (const [box] of boxes) box.checked = (value ?? []).includes(box.value) }
  return field
}

// Several parts of one kind, each in a frame of its own, with buttons to add and to take away.
const partsField = (path, rules, noun, makePart, options) => {
  const box = element("div", { class: "survey-field__parts" })
  const field = framed(path, rules, box, options)
  let parts = []
  const number = () => parts.forEach((part, index) => { part.legend.textContent = `${noun} ${index + 1}` })
  const changed = () => {
    number()
    box.dispatchEvent(new Event("input", { bubbles: true }))
  }
  const adder = element("button", { type: "button", class: "md-button" }, `Add: ${noun.toLowerCase()}`)
  const add = () => {
    const part = { ...makePart(), legend: element("legend") }
    const remove = element("button", { type: "button", class: "md-button" }, `Take this away`)
    remove.addEventListener("click", () => {
      parts = parts.filter((one) => one !== part)
      part.node.remove()
      changed()
      adder.focus()
    })
    part.node = element("fieldset", { class: "survey-field__part" }, part.legend, ...part.nodes, remove)
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
  const own = field.show
  field.show = (problems, all) => {
    own(problems.filter((problem) => !Number.isInteger(problem.path[0]) || !parts[problem.path[0]]), all)
    parts.forEach((part, index) => {
      const inner = problems.filter((problem) => problem.path[0] === index)
      const rest = part.group.show(inner.map((problem) => ({ ...problem, path: problem.path.slice(1) })), all)
      if (rest.length) part.group.fields[0].show(rest, all)
    })
  }
  field.parts = () => parts
  field.name = ([index, ...inner]) =>
    parts[index] ? `${noun} ${index + 1}, ${parts[index].group.at(inner)?.label ?? noun}` : field.label
  field.read = () => (parts.length ? parts.map((part) => part.group.read()) : undefined)
  field.write = (value) => {
    for (const part of parts) part.node.remove()
    parts = []
    for (const item of value ?? []) add().group.write(item)
  }
  field.problems = () => parts.flatMap((part, index) =>
    part.group.problems().map((problem) => ({ ...problem, path: [...path, index, ...problem.path] })))
  return field
}

// What else a source says: names and texts.
const extraField = (path, rules) => {
  const makePart = () => {
    const group = new Group()
    group.add(textField(["name"], { title: "Name", description: "Small letters, like `edition`.", pattern: "x" }, {}))
    group.add(textField(["value"], { title: "Text", "x-paragraphs": true }, {}))
    return { group, nodes: group.fields.map((field) => field.node) }
  }
  const field = partsField(path, rules, "Field", makePart, {})
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
    return twice ? [{ path: [...path, twice], message: `${twice} stands twice`, hint: "put both texts into one" }] : []
  }
  return field
}

// Fields that together make the data of a file, or of one part of it.
export class Group {
  constructor() {
    this.fields = []
  }

  add(field) {
    this.fields.push(field)
    return field
  }

  find(name) {
    return this.fields.find((field) => field.path.join(".") === name)
  }

  // The field at which a problem is shown: the one that it is in, or else the first inside what it is about.
  at(path) {
    const inside = this.fields.filter((field) => field.path.every((part, index) => path[index] === part))
    const longest = inside.sort((a, b) => b.path.length - a.path.length)[0]
    return longest ?? this.fields.find((field) => path.length && path.every((part, index) => field.path[index] === part))
  }

  read() {
    const data = {}
    for (const field of this.fields) {
      const value = field.read()
      if (value === undefined) continue
      let target = data
      for (const part of field.path.slice(0, -1)) target = target[part] ??= {}
      target[field.path.at(-1)] = value
    }
    return data
  }

  write(data) {
    for (const field of this.fields) field.write(valueAt(data, field.path))
  }

  // Problems that only the form can see: lines that it cannot read.
  problems() {
    return this.fields.flatMap((field) => field.problems?.() ?? [])
  }

  // Show each problem at its field; return those that belong to none.
  show(problems, all = false) {
    const shown = new Map(this.fields.map((field) => [field, []]))
    const rest = []
    for (const problem of problems) {
      const field = this.at(problem.path)
      if (field) shown.get(field).push({ ...problem, path: problem.path.slice(field.path.length) })
      else rest.push(problem)
    }
    for (const [field, mine] of shown) field.show(mine, all)
    return rest
  }
}

export const valueAt = (data, path) =>
  path.reduce((value, part) => (isMapping(value) && Object.hasOwn(value, part) ? value[part] : undefined), data)

// Make the field, or the frame of fields, for a property of the schema; returns what to put on the page.
//
// group: takes the fields. without: names, like venue.name, that stand elsewhere.
export const makeFields = (group, property, path, { schema, survey, needed = () => false, without = new Set() }) => {
  const rules = resolve(property, schema)
  const name = path.at(-1)
  const context = { schema, survey, needed, without }
  const options = { needed: needed(path.join(".")) }
  const add = (field) => group.add(field).node
  const part = resolve(rules.items ?? {}, schema)
  const noun = (rules.title ?? name).replace(/s$/, "")
  const inside = (properties, start, into) =>
    Object.entries(properties).flatMap(([inner, schemaOf]) => makeFields(into, schemaOf, [...start, inner], context))

  if (without.has(path.join("."))) return []
  if (rules.properties) {
    const nodes = inside(rules.properties, path, group)
    return [element("fieldset", { class: "survey-field__part" }, element("legend", {}, rules.title ?? noun), ...nodes)]
  }
  if (name === "themes") return [add(themesField(path, rules, survey, options))]
  if (rules["x-vocabulary"] === "kinds") {
    const choices = Object.keys(survey.kinds).map((kind) => [kind, kind])
    return [add(choiceField(path, rules, choices, { ...options, meanings: survey.kinds }))]
  }
  if (rules["x-vocabulary"] === "facets") {
    return Object.entries(survey.facets).map(([facet, words]) => add(facetField([...path, facet], words)))
  }
  if (rules["x-vocabulary"] === "attributes") {
    const names = Object.entries(survey.attributes)
    const nodes = names.map(([attribute, title]) => add(textField([...path, attribute], { title, ...rules.additionalProperties }, {})))
    return names.length ? [element("fieldset", { class: "survey-field__part" }, element("legend", {}, rules.title), ...nodes)] : []
  }
  if (rules.type === "object") return [add(extraField(path, rules))]
  if (rules.type === "array" && rules.items.$ref?.endsWith("/Author")) {
    const withOthers = () => { if (path.length === 1 && name === "authors") group.find("and_others")?.write(true) }
    return [add(peopleField(path, rules, schema, options, withOthers))]
  }
  if (rules.type === "array" && part.properties) {
    const makePart = () => {
      const own = new Group()
      const nodes = Object.entries(part.properties).flatMap(([inner, schemaOf]) =>
        makeFields(own, schemaOf, [inner], { ...context, needed: (field) => part.required?.includes(field), without: new Set() }))
      return { group: own, nodes }
    }
    return [add(partsField(path, rules, noun, makePart, options))]
  }
  if (rules.type === "array") {
    const plain = { toLine: String, fromLine: (line) => fold(line).normalize("NFC"), several: "Line" }
    return [add(linesField(path, rules, options, plain))]
  }
  if (rules.enum) {
    const choices = rules.enum.map((value) => [value, rules["x-words"]?.[value] ?? value])
    return [add(choiceField(path, rules, choices, options))]
  }
  if (rules.const === true) return [add(yesField(path, rules, options))]
  return [add(textField(path, rules, options))]
}
