// Lines of names as people write and paste them: the rules of `generator/living_survey/formats/names.py`.

import { fold } from "./text.js"

const LABEL = /^\s*(?:(?:by|authors?|editors?|edited by)\s*:|by\s)\s*/i
// What leads from a name to an affiliation or a footnote.
const SIGNS = /[*∗⁎⋆†‡§¶‖✉\u00b2\u00b3\u00b9\u2070-\u2079]/gu
const NUMBERS = /(?<=[\p{L}.)]) ?[[(]?\d{1,2}(?: ?, ?\d{1,2})*[\])]?(?![\p{L}\p{N}_-])/gu
const OTHERS = /[\s,;&]*(?:\band\s+)?(?:\bet\.?\s*al\b\.?|(?:\d+\s+)?\b(?:more|others)\b|\d+\s+\w+\s+authors\b|…|\.\.\.)[\s.,;]*$/i
const FULL_STOP = /(?<=[a-z]{3})\.\s*$/
const BETWEEN = /\s*[;；؛\n]\s*|\s*[&＆]\s*|\s[·•|]\s|\s*,?\s+(?:and|And|AND)\s+/u
const HANGING = /^(?:and|AND)(?:\s+|$)|\s+(?:and|AND)$/g
const COMMA = /\s*[,，、،]\s*/u
// Suffixes that could not be initials.
const LATE_SUFFIX = /^(?:(?:[Jj]r|[Ss]r|[JS]nr|Esq)\.?|Junior|Senior|I{2,3}|IV|2nd|2d|3rd|3d|[4-9]th|Ph\.?D\.?)$/
// Words that people are not called by.
const GROUP = new RegExp(
  String.raw`\b(?:teams?|groups?|consorti(?:um|a)|collaborations?|committees?|associations?|society|societies|institut\w*` +
  String.raw`|universit\w*|department|ministry|agency|board|council|cent(?:er|re)|foundation|organi[sz]ation|network|project` +
  String.raw`|initiative|company|corporation|inc|ltd|llc|gmbh|labs?|laborator\w*|museum|office|bureau|union|academy|club)\b`,
  "i",
)
// Small words in front of a family name that belong to it.
const PARTICLES = new Set(("van von der den de del della degli di da do dos das du la le les ter ten zu zur af av al el bin ibn").split(" "))
const JOINS = new Set(["y", "e", "i"])
const UNSPACED = /^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}$/u

const folded = (text) => text.split("\n").map(fold).join("\n")

const person = (family, given = "", suffix = "") => {
  const parts = { family: family || given, given: family ? given : "", suffix }
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part))
}

// Reads lines; suffix: the pattern that the schema has for one.
export const makeReader = (suffix) => {
  const isSuffix = new RegExp(suffix, "u")

  // { people, others, sure }: who is named, whether "et al." ends it, whether it cannot well be read otherwise.
  const readLine = (line) => {
    const closed = /[^\s,],\s*$/.test(line)
    const text = folded(folded(folded(line).replace(LABEL, "").replace(SIGNS, "")).replace(NUMBERS, ""))
    const named = text.replace(OTHERS, "")
    const others = named !== text
    const rest = named.replace(FULL_STOP, "")
    const chunks = rest.split(BETWEEN).map((part) => part.replace(HANGING, "").replace(/^[ ,]+|[ ,]+$/g, "")).filter(Boolean)
    if (GROUP.test(rest) && !/[,;\n]/.test(rest)) return { people: [{ team: fold(rest) }], others, sure: chunks.length === 1 }
    if (closed && chunks.length === 1 && !COMMA.test(chunks[0])) {
      return { people: [person(chunks[0])], others, sure: !chunks[0].includes(" ") }
    }
    const parts = chunks.map((chunk) => withSuffixes(chunk.split(COMMA)))
    const listed = parts.length > 1 && parts.at(-1).length === 1
    const read = parts.map((tokens) => arrange(tokens, listed))
    return { people: read.flatMap(([people]) => people), others, sure: read.every(([, sure]) => sure) }
  }

  // What stands between commas with its suffix; who that is, and whether that is sure.
  const arrange = (tokens, listed) => {
    const texts = tokens.map(([text]) => text)
    const count = tokens.length
    const names = tokens.map(([text, after]) => whole(text, after))
    const pairs = texts.flatMap((text, index) =>
      index % 2 || index + 1 >= count ? [] : [person(text, texts[index + 1], tokens[index + 1][1] || tokens[index][1])])
    if (count === 1) return [names, true]
    if (count === 3 && isSuffix.test(texts[2]) && !isMany(texts[1])) return [[person(...texts)], true]
    if (count === 2) {
      const [one, two] = texts
      if (initialFirst(one) || (initialsLast(one) && initialsLast(two))) return [names, true]
      if (!(isMany(one) && isMany(two)) || isParticle(one.split(" ")[0]) || isInitials(two.split(" ").at(-1))) return [pairs, true]
      return listed ? [names, true] : [pairs, false]
    }
    const many = texts.map(isMany)
    const odd = (list) => list.filter((_, index) => index % 2)
    if (count % 2 === 0 && odd(texts).every(isInitials)) return [pairs, true]
    if (many.every(Boolean)) return [names, true]
    if (count === 3 && !many.some(Boolean)) return [[person(texts[0], texts.slice(1).join(" "))], false]
    if (count % 2 === 0 && !odd(many).some(Boolean)) return [pairs, false]
    return many.filter(Boolean).length * 2 > count || count % 2 ? [names, false] : [pairs, false]
  }

  return readLine
}

// Makes of what a service calls a person authors that a file takes: { people, others }.
export const makeSettler = (schema) => {
  const { properties } = schema.$defs.Author
  const readLine = makeReader(properties.suffix.pattern)
  const fits = Object.fromEntries(["team", "family", "given", "suffix"].map((part) => [part, new RegExp(properties[part].pattern, "u")]))
  const isValid = (one) => Object.entries(fits).every(([part, pattern]) => !(part in one) || pattern.test(one[part]))
  return ({ orcid, ...parts }) => {
    const one = Object.fromEntries(Object.entries(parts).filter(([, part]) => part))
    const marks = orcid ? { orcid } : {}
    if (one.team) return isValid(one) ? { people: [{ ...one, ...marks }] } : { people: [], others: true }
    if (!Object.keys(one).length) return { people: [] }
    if (one.family && isValid(one)) return { people: [{ ...one, ...marks }] }
    const names = ["family", "given", "suffix"].filter((part) => part in one)
    const { people, others } = readLine(names.map((part) => one[part]).join(", "))
    if (people.every(isValid)) return { people: people.length === 1 ? [{ ...people[0], ...marks }] : people, others }
    return { people: [{ team: ["given", "family", "suffix"].map((part) => one[part]).filter(Boolean).join(" ") }], others }
  }
}

const withSuffixes = (parts) => {
  const tokens = []
  for (const part of parts) {
    if (tokens.length && LATE_SUFFIX.test(part)) tokens.at(-1)[1] = part
    else if (part) tokens.push([part, ""])
  }
  return tokens
}

// Names in Chinese, Japanese and Korean have no blank in them.
const isMany = (text) => (text.includes(" ") || UNSPACED.test(text)) && !isInitials(text)

const isInitials = (text) => /^\p{Lu}{1,4}$/u.test(text.replace(/[\s.-]/g, ""))

const isParticle = (word) => PARTICLES.has(word) || ["van", "von", "st."].includes(word.toLowerCase())

const isUpper = (text) => text === text.toUpperCase() && text !== text.toLowerCase()

// A. Wren
const initialFirst = (text) => {
  const [first, ...rest] = text.split(" ")
  return rest.length > 0 && isInitials(first) && (first.length === 1 || first.includes(".")) && !isInitials(rest.join(" "))
}

// Wren AB
const initialsLast = (text) => {
  const rest = text.split(" ")
  const last = rest.pop()
  return rest.length > 0 && /^\p{Lu}{1,3}$/u.test(last) && !isUpper(rest.join(" "))
}

// Ada de Wren, Wren AB, Ada Wren Jr.
const whole = (text, after) => {
  if (GROUP.test(text)) return { team: text.replace(/^the\s/i, "") }
  const words = text.split(" ")
  const suffix = !after && words.length > 1 && LATE_SUFFIX.test(words.at(-1)) ? words.pop() : after
  if (initialsLast(words.join(" "))) return person(words.slice(0, -1).join(" "), words.at(-1), suffix)
  let start = words.length - 1
  const index = words.slice(0, -1).findIndex((word, place) => PARTICLES.has(word) || (JOINS.has(word) && place > 1))
  if (index >= 0) start = PARTICLES.has(words[index]) ? index : index - 1
  return person(words.slice(start).join(" "), words.slice(0, start).join(" "), suffix)
}
