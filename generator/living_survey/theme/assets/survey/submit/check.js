// What is wrong with the data of a paper file: the rules of /schema/paper.json, applied as the generator applies them.
//
// A problem is { path, message, hint }: where, what, and what to write instead.

import { caseless, fold, isMapping, length, paragraphs, words } from "./text.js"

// The schema of a field with what it refers to.
export const resolve = (schema, root) => {
  if (!schema?.$ref) return schema ?? {}
  const { $ref, ...own } = schema
  return { ...root.$defs[$ref.split("/").pop()], ...own }
}

// survey: what /api/form.json says; `keys` with those of its papers, former ones too, once they are known.
export const check = (schema, data, survey) => {
  const problems = []
  const found = (path, message, hint = "") => problems.push({ path, message, hint })
  const forbidden = new RegExp(schema["x-forbidden"], "u")
  const short = (text) => (length(text) > 80 ? `${[...text].slice(0, 80).join("")}…` : text)
  const known = {
    themes: new Set(survey.themes.map(([path]) => path)),
    kinds: new Set(Object.keys(survey.kinds)),
    papers: survey.keys,
  }

  const look = (value, part, path) => {
    const rules = resolve(part, schema)
    if (rules.type === "object") return mapping(value, rules, path)
    if (rules.type === "array") return list(value, rules, path)
    return scalar(value, rules, path)
  }

  const scalar = (value, rules, path) => {
    const expected = rules["x-expected"] ?? (rules.enum ? "one of the choices" : "text")
    if (typeof value === "object" && value !== null) return found(path, `several values where ${expected} belongs`, "write one")
    const raw = String(value ?? "")
    const control = forbidden.exec(raw)
    if (control) {
      const code = control[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")
      return found(path, `the invisible character U+${code}`, "delete it, or type the text anew")
    }
    const text = (rules["x-paragraphs"] ? paragraphs(raw).join("\n\n") : fold(raw)).normalize("NFC")
    const wrong = (message, hint) => found(path, message, hint ?? rules["x-hint"] ?? "correct it")
    const no = () => wrong(`“${short(text)}” is not ${expected}`)
    if (!text) return wrong("nothing stands here", rules["x-hint"] ?? "fill it in")
    if (rules.const === true) return raw.trim() === "true" ? undefined : no()
    if (rules.type === "integer") {
      const fits = /^[0-9]{1,9}$/.test(text) && Number(text) >= rules.minimum && Number(text) <= rules.maximum
      return fits ? undefined : no()
    }
    if (rules.enum && !rules.enum.includes(text)) return wrong(`“${short(text)}” is not among the choices`, "choose one")
    if (length(text) > (rules.maxLength ?? Infinity)) {
      const [have, most] = [length(text), rules.maxLength].map((number) => number.toLocaleString("en"))
      return wrong(`${have} characters; at most ${most} are read`, "shorten it")
    }
    if (rules.pattern && !new RegExp(rules.pattern, "u").test(text)) {
      const bare = rules["x-around"] ? unwrapped(text, new RegExp(rules["x-around"], "giu")) : text
      return wrong(`“${short(text)}” is not ${expected}`, bare === text ? undefined : `write ${bare}`)
    }
    const message = special(text, rules)
    if (message) wrong(...message)
  }

  // Rules for which JSON Schema has no word.
  const special = (text, rules) => {
    if (rules["x-calendar"] && !onCalendar(text)) return [`${text} is not a day of the calendar`]
    if (rules["x-checksum"] && !fitsChecksum(text)) return [`${text} has a digit that does not fit`, "compare with orcid.org"]
    if (rules["x-ascending"]) {
      for (const [, first, last] of text.matchAll(/(?<![\w.:-])(\d+)-(\d+)(?![\w.:-])/g)) {
        if (BigInt(last) < BigInt(first)) {
          return [`the last page ${last} comes before the first, ${first}`, "write both page numbers in full"]
        }
      }
    }
    if (rules["x-finite"] && isEndless(text)) return [`${text} is not a finite number`]
    if (rules["x-reserved"]?.includes(text.toLowerCase())) return [`the name ${text} is reserved`, "choose another key"]
    if (rules["x-max-words"] && words(text).length > rules["x-max-words"]) {
      return [`${words(text).length} words; at most ${rules["x-max-words"]} fit`, "shorten it"]
    }
    const vocabulary = rules["x-vocabulary"]
    if (vocabulary === "citations") {
      const prose = text.replace(new RegExp(survey.code, "gmsu"), (code) => code.replace(/[^\n]/gu, " "))
      for (const [group, , , other] of prose.matchAll(new RegExp(survey.citation, "gu"))) {
        if (other) return [`“${short(fold(other))}” is not a citation here`, "write [@key] or [@key1; @key2], page numbers in the sentence"]
        for (const [, key] of group.matchAll(/@([A-Za-z0-9_-]+)/g)) {
          if (!known.papers || known.papers.has(key.toLowerCase())) continue
          return [`there is no paper ${key}`, "cite the key of a paper that is here"]
        }
      }
    } else if (known[vocabulary] && !known[vocabulary].has(vocabulary === "papers" ? text.toLowerCase() : text)) {
      return [`“${short(text)}” is not among the survey's ${vocabulary}`, "choose one that it has"]
    }
  }

  const list = (value, rules, path) => {
    if (!Array.isArray(value)) return found(path, "a list belongs here", "write one thing a line")
    if (value.length < (rules.minItems ?? 0)) return found(path, "the list is empty", "add a line")
    value.forEach((item, index) => look(item, rules.items, [...path, index]))
    const texts = value.map((item) => (isMapping(item) ? "" : fold(item).normalize("NFC")))
    if (rules.uniqueItems) {
      texts.forEach((text, index) => {
        if (texts.indexOf(text) < index) found([...path, index], `${short(text)} stands twice`, "delete one")
      })
    }
    if (rules["x-distinct"]) distinct(value, path)
    if (rules["x-outermost"]) {
      texts.forEach((text, index) => {
        if (!texts.some((other) => other.startsWith(`${text}/`))) return
        found([...path, index], `${text} stands beside its own sub-theme`, "delete it: papers of a sub-theme belong to it anyway")
      })
    }
  }

  // Two people of one name need something that tells them apart.
  const distinct = (people, path) => {
    const seen = new Map()
    people.forEach((one, index) => {
      if (!isMapping(one)) return
      const name = one.team ?? [one.family, one.suffix, one.given].filter(Boolean).join(", ")
      const identity = JSON.stringify([caseless(fold(name).normalize("NFC")), one.id ?? one.orcid ?? null])
      if (!seen.has(identity)) return seen.set(identity, index)
      const hint = "delete one; two people of one name need an ORCID or an id each"
      found([...path, index], `${fold(name)} stands twice (also on line ${seen.get(identity) + 1})`, hint)
    })
  }

  const mapping = (value, rules, path) => {
    if (!isMapping(value)) return found(path, "several fields belong here", "fill in each")
    const filled = Object.keys(value)
    for (const name of rules.required ?? []) {
      if (!(name in value)) found([...path, name], "nothing stands here", "fill it in")
    }
    for (const name of filled) {
      const inner = rules.properties?.[name]
      if (inner) look(value[name], inner, [...path, name])
      else if (isMapping(rules.additionalProperties)) {
        const names = rules.propertyNames ?? {}
        if (names.pattern && !new RegExp(names.pattern, "u").test(name)) {
          found([...path, name], `“${short(name)}” is not ${names["x-expected"]}`, names["x-hint"])
        }
        look(value[name], rules.additionalProperties, [...path, name])
      } else found([...path, name], "there is no such field", "leave it out")
    }
    if (rules["x-vocabulary"]) vocabulary(value, rules["x-vocabulary"], path)
    const broken = problems.some((one) => path.every((part, index) => one.path[index] === part))
    if ((rules.oneOf || rules.anyOf) && !broken && !holds(value, { oneOf: rules.oneOf, anyOf: rules.anyOf })) {
      found(path, `this is not ${rules["x-expected"]}`, rules["x-hint"])
    }
    for (const rule of rules.allOf ?? []) {
      if (!holds(value, rule.if)) continue
      for (const name of rule.then.required) {
        if (!(name in value)) found([...path, name], "nothing stands here, and this type needs it", rule["x-hint"])
      }
    }
    for (const [name, needed] of Object.entries(rules.dependentRequired ?? {})) {
      for (const other of name in value ? needed : []) {
        if (!(other in value)) found([...path, name], `it means nothing without ${title(rules, other)}`, "fill that in too")
      }
    }
    for (const [name, whole] of Object.entries(rules["x-part-of"] ?? {})) {
      const text = fold(value[whole] ?? "").normalize("NFC")
      for (const [index, word] of (Array.isArray(value[name]) ? value[name] : []).entries()) {
        if (text.includes(fold(word).normalize("NFC"))) continue
        found([...path, name, index], `${short(fold(word))} does not stand in ${title(rules, whole)}`, "write it as it stands there")
      }
    }
    for (const [name, start] of Object.entries(rules["x-starts-with"] ?? {})) {
      if (!(name in value) || !(start in value) || fold(value[name]).startsWith(fold(value[start]))) continue
      found([...path, name], `${value[name]} does not fit ${title(rules, start)} ${value[start]}`, "correct one of them")
    }
  }

  const title = (rules, name) => `“${resolve(rules.properties[name], schema).title}”`

  const vocabulary = (value, name, path) => {
    for (const [key, values] of Object.entries(value)) {
      if (!Object.hasOwn(survey[name], key)) found([...path, key], `the survey has no ${key} among its ${name}`, "leave it out")
      else if (name === "facets" && Array.isArray(values)) {
        values.forEach((one, index) => {
          if (!Object.hasOwn(survey.facets[key].values, fold(one))) found([...path, key, index], `${short(fold(one))} is not among the choices`, "choose one")
        })
      }
    }
  }

  look(data, schema, [])
  for (const name of survey.required ?? []) {
    if (!(name in data)) found([name], "nothing stands here, and this survey wants it", "fill it in")
  }
  return problems
}

// Whether a mapping fulfils a schema of required fields and choices.
const holds = (value, rule) => {
  const { required = [], properties = {}, not, anyOf, oneOf } = rule
  return required.every((name) => name in value) &&
    Object.entries(properties).every(([name, inner]) => !(name in value) || inner.enum.includes(fold(value[name]))) &&
    !(not && holds(value, not)) &&
    (!anyOf || anyOf.some((one) => holds(value, one))) &&
    (!oneOf || oneOf.filter((one) => holds(value, one)).length === 1)
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

const isEndless = (text) => {
  if (/^[+-]?(?:inf|infinity|nan)$/i.test(text)) return true
  const number = /^[+-]?(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:e[+-]?\d(?:_?\d)*)?$/i
  return number.test(text) && !Number.isFinite(Number(text.replaceAll("_", "")))
}
