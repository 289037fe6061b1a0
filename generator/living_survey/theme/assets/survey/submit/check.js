// What is wrong with the data of a paper file: the rules of its schema, applied as the generator applies them.
//
// A problem is { path, message, hint }: where, what, and what to write instead. What each keyword of the schema asks
// for stands in tables, in submit/check/; docs/contributing/design.md lists the keywords that are the survey's own.

import { LISTS } from "./check/lists.js"
import { CONDITIONS, MAPPINGS } from "./check/mappings.js"
import { TEXTS } from "./check/texts.js"
import { label } from "./labels.js"
import { isListOrText, isMapping, resolve } from "./schema.js"
import { fold, paragraphs } from "./text.js"

// Every keyword that a schema may have: those that say what is wrong, those that say how to read and to name a field,
// and those that are for other programs.
export const KEYWORDS = {
  texts: Object.keys(TEXTS),
  lists: Object.keys(LISTS),
  mappings: Object.keys(MAPPINGS),
  conditions: Object.keys(CONDITIONS),
  reading: ["$defs", "$ref", "type", "if", "then", "x-forbidden", "x-paragraphs", "x-around", "x-expected", "x-hint"],
  naming: ["title", "description", "format", "x-label", "x-help", "x-words"],
  others: ["$schema", "default"],
}

// survey: what /api/form.json says; `keys` with those of its papers, former ones too, once they are known; `cited` with those
// of other bibliographies besides, which texts may cite.
export const check = (schema, data, survey) => {
  const problems = []
  const found = (path, message, hint = "") => problems.push({ path, message, hint })
  const forbidden = new RegExp(schema["x-forbidden"], "u")
  const known = {
    themes: new Set(survey.themes.map((theme) => theme.path)),
    kinds: new Set(Object.keys(survey.kinds)),
    papers: survey.keys,
    cited: survey.cited ?? survey.keys,
  }

  const look = (value, part, path) => {
    const rules = resolve(part, schema)
    const at = { rules, path, found, look, problems, schema, survey, known, forbidden }
    if (rules.type === "object") {
      if (isMapping(value)) each(MAPPINGS, value, at)
      else found(path, label("check.no_fields"), label("check.fill_in_each"))
    } else if (rules.type === "array" || (isListOrText(rules) && Array.isArray(value))) {
      if (Array.isArray(value)) each(LISTS, value, at)
      else found(path, label("check.no_list"), label("check.one_a_line"))
    } else scalar(value, at)
  }

  look(data, schema, [])
  for (const name of survey.required ?? []) {
    if (!(name in data)) found([name], label("check.empty_for_survey"), label("check.fill_in"))
  }
  return problems
}

// Apply what a table has for the keywords of a field's schema, in the order of the table.
const each = (table, value, at) => {
  for (const [keyword, rule] of Object.entries(table)) {
    if (keyword in at.rules) rule(value, at.rules[keyword], at)
  }
}

// Of a text only the first mistake is named.
const scalar = (value, at) => {
  const { rules, path, found, forbidden } = at
  const expected = rules["x-expected"] ?? label(rules.enum ? "check.a_choice" : "check.a_text")
  const hint = rules["x-hint"]
  if (typeof value === "object" && value !== null) return found(path, label("check.several", { expected }), label("check.write_one"))
  const raw = String(value ?? "")
  const control = forbidden.exec(raw)
  if (control) {
    const code = control[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")
    return found(path, label("check.invisible", { code }), label("check.retype"))
  }
  const text = (rules["x-paragraphs"] ? paragraphs(raw).join("\n\n") : fold(raw)).normalize("NFC")
  if (!text) return found(path, label("check.empty"), hint ?? label("check.fill_in"))
  for (const [keyword, rule] of Object.entries(TEXTS)) {
    const wrong = keyword in rules ? rule(text, rules[keyword], { ...at, expected }) : null
    if (wrong) return found(path, wrong.message, wrong.hint ?? hint ?? label("check.correct_it"))
  }
}
