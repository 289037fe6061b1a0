// What can be wrong with fields that belong together, by the keyword of their schema.

import { label } from "../labels.js"
import { isMapping, resolve } from "../schema.js"
import { fold, short } from "../text.js"
import { noChoice } from "./texts.js"

const title = (name, { rules, schema }) => label("check.field", { title: resolve(rules.properties[name], schema).title })

const further = (value, rules) => Object.keys(value).filter((name) => !Object.hasOwn(rules.properties ?? {}, name))

// Keyword → rule: (the fields, the keyword's value, where they are and whom to tell). In the order of asking.
export const MAPPINGS = {
  required: (value, names, { path, found }) => {
    for (const name of names) {
      if (!(name in value)) found([...path, name], label("check.empty"), label("check.fill_in"))
    }
  },
  properties: (value, properties, { path, look }) => {
    for (const [name, inner] of Object.entries(value)) {
      if (Object.hasOwn(properties, name)) look(inner, properties[name], [...path, name])
    }
  },
  propertyNames: (value, names, { path, found, rules }) => {
    for (const name of further(value, rules)) {
      if (new RegExp(names.pattern, "u").test(name)) continue
      found([...path, name], label("check.is_not", { text: short(name), expected: names["x-expected"] }), names["x-hint"])
    }
  },
  additionalProperties: (value, inner, { path, found, look, rules }) => {
    for (const name of further(value, rules)) {
      if (isMapping(inner)) look(value[name], inner, [...path, name])
      else found([...path, name], label("check.unknown_field"), label("check.leave_out"))
    }
  },
  "x-vocabulary": (value, vocabulary, { path, found, survey }) => {
    for (const [key, values] of Object.entries(value)) {
      if (!Object.hasOwn(survey[vocabulary], key)) {
        found([...path, key], label(`check.unknown.${vocabulary}`, { text: key }), label("check.leave_out"))
      } else if (vocabulary === "facets" && Array.isArray(values)) {
        values.forEach((one, index) => {
          if (Object.hasOwn(survey.facets[key].values, fold(one))) return
          const { message, hint } = noChoice(fold(one))
          found([...path, key, index], message, hint)
        })
      }
    }
  },
  oneOf: (value, choices, { path, found, problems, rules }) => {
    const broken = problems.some((one) => path.every((part, index) => one.path[index] === part))
    if (!broken && !holds(value, { oneOf: choices })) {
      found(path, label("check.is_none", { expected: rules["x-expected"] }), rules["x-hint"])
    }
  },
  allOf: (value, conditions, at) => {
    const { path, found } = at
    for (const one of conditions.filter((condition) => holds(value, condition.if))) {
      const field = title(one.if.required[0], at)
      for (const name of one.then.required) {
        if (!(name in value)) found([...path, name], label("check.empty_for", { field }), one["x-hint"])
      }
    }
  },
  dependentRequired: (value, needs, at) => {
    for (const [name, needed] of Object.entries(needs)) {
      for (const other of name in value ? needed : []) {
        if (other in value) continue
        at.found([...at.path, name], label("check.needs", { field: title(other, at) }), label("check.fill_in_too"))
      }
    }
  },
  "x-part-of": (value, parts, at) => {
    for (const [name, whole] of Object.entries(parts)) {
      const text = fold(value[whole] ?? "").normalize("NFC")
      for (const [index, word] of (Array.isArray(value[name]) ? value[name] : []).entries()) {
        if (text.includes(fold(word).normalize("NFC"))) continue
        const message = label("check.no_part", { text: short(fold(word)), field: title(whole, at) })
        at.found([...at.path, name, index], message, label("check.copy_exactly"))
      }
    }
  },
  "x-below": (value, pairs, at) => {
    for (const [name, other] of Object.entries(pairs)) {
      if (!(name in value) || !(other in value) || Number(value[name]) < Number(value[other])) continue
      const message = label("check.not_below", { text: value[name], field: title(other, at), other: value[other] })
      at.found([...at.path, name], message, label("check.correct_one"))
    }
  },
  "x-starts-with": (value, starts, at) => {
    for (const [name, start] of Object.entries(starts)) {
      if (!(name in value) || !(start in value) || fold(value[name]).startsWith(fold(value[start]))) continue
      const message = label("check.mismatch", { text: value[name], field: title(start, at), other: value[start] })
      at.found([...at.path, name], message, label("check.correct_one"))
    }
  },
}

// Keyword → whether fields fulfil it; what `if`, `not` and choices between several are made of.
export const CONDITIONS = {
  required: (value, names) => names.every((name) => name in value),
  properties: (value, properties) =>
    Object.entries(properties).every(([name, inner]) => !(name in value) || inner.enum.includes(fold(value[name]))),
  not: (value, rule) => !holds(value, rule),
  anyOf: (value, rules) => rules.some((rule) => holds(value, rule)),
  oneOf: (value, rules) => rules.filter((rule) => holds(value, rule)).length === 1,
}

const holds = (value, rule) =>
  Object.entries(rule).every(([keyword, wanted]) => CONDITIONS[keyword](value, wanted))
