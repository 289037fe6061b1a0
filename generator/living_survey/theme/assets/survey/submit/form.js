// The form as a whole: fields in their order, what is wrong with them, and what comes out.

import { makeAlike } from "./alike.js"
import { check } from "./check.js"
import { element } from "./element.js"
import { makeFields } from "./fields.js"
import { Group } from "./fields/group.js"
import { makeKey } from "./key.js"
import { label } from "./labels.js"
import { readRows } from "./likeness.js"
import { makeNote } from "./note.js"
import { makeResult } from "./result.js"
import { propertyAt } from "./schema.js"
import { makeServices } from "./services.js"
import { today } from "./text.js"

// What stands in front; all else is below "More fields".
const FIRST = [
  "title", "authors", "year", "first_public", "arxiv", "doi", "type", "venue.name", "url", "links.code", "themes", "kind",
  "tldr",
]

// Make the form. `original`: the data of the paper that is corrected, and `ownKey` its key; null and "" for a new one.
// address: gives addresses by the names that the page has for them; load: fetches one.
export const makeForm = ({ schema, survey, original, ownKey, address, load }) => {
  const group = new Group()
  const context = { schema, survey, address, original, ownKey, group }
  const { important, others, needed } = layOut(group, context)
  const alike = makeAlike(context)
  important[1].push(alike.node)
  const key = makeKey({ ...context, needed })
  const update = () => {
    const data = group.read()
    const own = group.problems()
    const seen = new Set(own.map((problem) => problem.path.join(".")))
    // Of a line that the form cannot read, the rules have nothing to say.
    const problems = [...own, ...check(schema, data, survey).filter((problem) => !seen.has(problem.path.join(".")))]
    group.show(problems)
    const ofKey = key.problems(data)
    key.field.show(ofKey.map((problem) => ({ ...problem, path: [] })))
    result.show(data, key.read(), [...problems, ...ofKey, ...alike.show(data)])
  }
  const result = makeResult(context, original ? [] : key.nodes, makeNote({ group, keyField: key.field, update }))
  const services = original ? [] : makeServices({ ...context, update })
  const form = element("form", { class: "survey-form", noValidate: true, autocomplete: "off" },
    ...services,
    element("h2", {}, original ? label("form.correct", { title: original.title }) : label("form.paper")),
    ...important.flat(),
    element("details", { class: "survey-form__more" }, element("summary", {}, label("form.more")), ...others),
    ...result.nodes)

  if (original) group.write(original)
  else group.find("added")?.write(today())
  const loadTitles = makeTitleLoader({ survey, address, load, alike, update })
  form.addEventListener("submit", (event) => event.preventDefault())
  form.addEventListener("focusin", loadTitles)
  form.addEventListener("input", update)
  update()
  if (original) loadTitles()
  return form
}

// Make the fields: { important, a list of nodes each; others; needed, which says whether a field must be filled in }.
const layOut = (group, { schema, survey }) => {
  const required = new Set([...schema.required, ...survey.required])
  const first = FIRST.filter((name) => name !== "first_public" || required.has(name))
  // What the survey wants stands in front, but for the day of adding, which fills itself in.
  for (const name of survey.required) if (!first.includes(name) && name !== "added") first.push(name)
  const elsewhere = new Set([...first, "key"])
  const needed = (name) => required.has(name)
  const context = { schema, survey, needed }
  const important = first.map((name) => makeFields(group, propertyAt(name.split("."), schema), name.split("."), context))
  const others = Object.entries(schema.properties).flatMap(([name, rules]) =>
    elsewhere.has(name) ? [] : makeFields(group, rules, [name], { ...context, without: elsewhere }))
  return { important, others, needed }
}

// Loads the titles of the survey's papers once somebody uses the form, and again where that failed.
const makeTitleLoader = ({ survey, address, load, alike, update }) => {
  let loading = null
  return () => {
    loading ??= load(address("titles")).then((found) => {
      const rows = readRows(found, survey)
      survey.keys = new Set(rows.flatMap((row) => [row.key, ...row.aliases]).map((key) => key.toLowerCase()))
      survey.cited = new Set([...survey.keys, ...rows.flatMap((row) => row.foreign.map((key) => key.toLowerCase()))])
      alike.setRows(rows)
      update()
    }, () => {
      loading = null
      alike.fail()
    })
  }
}
