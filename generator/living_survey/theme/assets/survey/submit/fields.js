// The fields of the form, made from the schema: which kind of field takes what, and in what frame.

import { element } from "./element.js"
import { choiceField, facetField, themesField, yesField } from "./fields/choice.js"
import { Group } from "./fields/group.js"
import { plainLinesField } from "./fields/lines.js"
import { extraField, partsField } from "./fields/parts.js"
import { peopleField } from "./fields/people.js"
import { textField } from "./fields/text.js"
import { isListOrText, resolve } from "./schema.js"

// Make the field, or the frame of fields, for a property of the schema; returns what to put on the page.
//
// group: takes the fields. without: names, like venue.name, that stand elsewhere.
export const makeFields = (group, property, path, { schema, survey, needed = () => false, without = new Set() }) => {
  const context = { schema, survey, needed, without }
  const rules = resolve(property, schema)
  const options = { needed: needed(path.join(".")) }
  if (without.has(path.join("."))) return []
  if (rules.properties) return inFrame(rules.title, makeAll(group, rules.properties, path, context))
  if (Object.hasOwn(VOCABULARIES, rules["x-vocabulary"])) {
    return VOCABULARIES[rules["x-vocabulary"]](path, rules, survey, options, group)
  }
  return [group.add(plainField(group, path, rules, context, options)).node]
}

const makeAll = (group, properties, path, context) =>
  Object.entries(properties).flatMap(([name, inner]) => makeFields(group, inner, [...path, name], context))

const inFrame = (title, nodes) =>
  (nodes.length ? [element("fieldset", { class: "survey-field__part" }, element("legend", {}, title), ...nodes)] : [])

// Vocabulary of the survey → the nodes of the fields in which one chooses from it.
const VOCABULARIES = {
  kinds: (path, rules, { kinds }, options, group) => {
    const choices = Object.keys(kinds).map((kind) => [kind, kind])
    return [group.add(choiceField(path, rules, choices, { ...options, meanings: kinds })).node]
  },
  facets: (path, rules, { facets }, options, group) =>
    Object.entries(facets).map(([name, facet]) => group.add(facetField([...path, name], facet)).node),
  attributes: (path, rules, { attributes }, options, group) => {
    const fields = Object.entries(attributes).map(([name, title]) =>
      group.add(textField([...path, name], { title, ...rules.additionalProperties }, {})))
    return inFrame(rules.title, fields.map((field) => field.node))
  },
}

const plainField = (group, path, rules, context, options) => {
  if (rules.type === "array" || isListOrText(rules)) return listField(group, path, rules, context, options)
  if (rules.type === "object") return extraField(path, rules)
  if (rules.enum) {
    return choiceField(path, rules, rules.enum.map((value) => [value, rules["x-words"]?.[value] ?? value]), options)
  }
  if (rules.const === true) return yesField(path, rules, options)
  if (rules.const === false) return choiceField(path, rules, [["false", "false"]], options)
  return textField(path, rules, options)
}

const listField = (group, path, rules, context, options) => {
  const { schema, survey } = context
  if (rules.items["x-vocabulary"] === "themes") return themesField(path, rules, survey.themes, options)
  if (rules.items.$ref?.endsWith("/Author")) {
    const withOthers = () => { if (path.join(".") === "authors") group.find("and_others")?.write(true) }
    return peopleField(path, rules, context, options, withOthers)
  }
  const { properties, required = [] } = resolve(rules.items, schema)
  if (!properties) return plainLinesField(path, rules, options)
  const makePart = () => {
    const own = new Group()
    const needed = (field) => required.includes(field)
    return { group: own, nodes: makeAll(own, properties, [], { ...context, needed, without: new Set() }) }
  }
  return partsField(path, rules, (rules.title ?? path.at(-1)).replace(/s$/, ""), makePart, options)
}
