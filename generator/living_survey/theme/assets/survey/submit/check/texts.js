// What can be wrong with a text, by the keyword of its schema. A rule returns { message, hint } or nothing; where it
// has no hint, the schema's own is shown.

import { label, number } from "../labels.js"
import { countWords, fold, length, short } from "../text.js"

const isNot = (text, expected, hint) => ({ message: label("check.is_not", { text: short(text), expected }), hint })

// Keyword → rule: (text, the keyword's value, where it is and what the survey has). In the order of asking.
export const TEXTS = {
  const: (text, only, { expected }) => (text === String(only) ? null : isNot(text, expected)),
  type: (text, type, { expected }) => (type !== "integer" || /^[0-9]{1,9}$/.test(text) ? null : isNot(text, expected)),
  minimum: (text, least, { expected }) => (Number(text) >= least ? null : isNot(text, expected)),
  maximum: (text, most, { expected }) => (Number(text) <= most ? null : isNot(text, expected)),
  enum: (text, choices) => (choices.includes(text) ? null : noChoice(text)),
  maxLength: (text, most) => {
    if (length(text) <= most) return null
    const message = label("check.too_long", { count: length(text), most: number(most) })
    return { message, hint: label("check.shorten") }
  },
  pattern: (text, pattern, { rules, expected }) => {
    if (new RegExp(pattern, "u").test(text)) return null
    const bare = rules["x-around"] ? unwrapped(text, new RegExp(rules["x-around"], "giu")) : text
    return isNot(text, expected, bare === text ? undefined : label("check.write", { text: bare }))
  },
  not: (text, rule, { expected }) => (new RegExp(rule.pattern, "u").test(text) ? isNot(text, expected) : null),
  "x-calendar": (text) => (onCalendar(text) ? null : { message: label("check.no_day", { text }) }),
  "x-checksum": (text) =>
    fitsChecksum(text) ? null : { message: label("check.wrong_digit", { text }), hint: label("check.compare_orcid") },
  "x-ascending": (text) => {
    for (const [, first, last] of text.matchAll(/(?<![\w.:-])(\d+)-(\d+)(?![\w.:-])/g)) {
      if (BigInt(last) >= BigInt(first)) continue
      return { message: label("check.descending", { first, last }), hint: label("check.pages_in_full") }
    }
  },
  "x-reserved": (text, names) =>
    names.includes(text.toLowerCase()) ? { message: label("check.reserved", { text }), hint: label("check.other_key") } : null,
  "x-max-words": (text, most) => {
    const count = countWords(text)
    return count > most ? { message: label("check.too_many_words", { count, most }), hint: label("check.shorten") } : null
  },
  "x-vocabulary": (text, vocabulary, { survey, known }) => {
    if (vocabulary === "citations") return citation(text, survey, known.cited)
    const has = known[vocabulary]
    if (!has || has.has(vocabulary === "papers" ? text.toLowerCase() : text)) return null
    return { message: label(`check.unknown.${vocabulary}`, { text: short(text) }), hint: label("check.choose_known") }
  },
}

export const noChoice = (text) => ({ message: label("check.no_choice", { text: short(text) }), hint: label("check.choose") })

const KEY = /@(?:\{([^{}\s@[\]]+)\}|([A-Za-z0-9_](?:[A-Za-z0-9_:.#$%&+?<>~/-]*[A-Za-z0-9_/])?))/g

// What stands in a text as a citation and is none, or cites a paper or a question that the survey does not have.
const citation = (text, survey, papers) => {
  const prose = text.replace(new RegExp(survey.code, "gmsu"), (code) => code.replace(/[^\n]/gu, " "))
  for (const [group, , , other] of prose.matchAll(new RegExp(survey.citation, "gu"))) {
    if (other) return { message: label("check.no_citation", { text: short(fold(other)) }), hint: label("check.write_citation") }
    for (const [, braced, bare] of group.matchAll(KEY)) {
      const key = braced ?? bare
      if (!papers || papers.has(key.toLowerCase())) continue
      return { message: label("check.unknown_paper", { key }), hint: label("check.cite_known") }
    }
  }
  for (const [, id] of prose.matchAll(new RegExp(survey.question, "gu"))) {
    if (!survey.questions.includes(id)) {
      return { message: label("check.unknown_question", { id }), hint: label("check.cite_known_question") }
    }
  }
}

// An identifier without what people write around it.
const unwrapped = (text, around) => {
  const bare = text.replace(around, "")
  return bare === text ? text : unwrapped(bare, around)
}

const onCalendar = (text) => {
  const [year, month = 1, day = 1] = text.split("-").map(Number)
  const date = new Date(Date.UTC(2000, month - 1, day))
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

// ISO 7064 11-2.
const fitsChecksum = (text) => {
  const digits = text.replaceAll("-", "")
  let total = 0
  for (const digit of digits.slice(0, -1)) total = (total + Number(digit)) * 2
  return "0123456789X"[(12 - (total % 11)) % 11] === digits.at(-1)
}
