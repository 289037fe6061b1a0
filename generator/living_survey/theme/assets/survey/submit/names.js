// Lines of names as people write and paste them: the rules of `generator/living_survey/formats/names.py`, with the
// patterns and words that it has.

import { fold } from "./text.js"

// What lines are read by: names of /api/form.json, as patterns.
const patternsOf = (names) => {
  const whole = (pattern, flags = "u") => new RegExp(`^(?:${pattern})$`, flags)
  return {
    label: new RegExp(names.label, "i"),
    signs: new RegExp(names.signs, "gu"),
    numbers: new RegExp(names.numbers, "gu"),
    others: new RegExp(names.others, "i"),
    fullStop: new RegExp(names.full_stop),
    between: new RegExp(names.between, "u"),
    hanging: new RegExp(names.hanging, "g"),
    comma: new RegExp(names.comma, "u"),
    lateSuffix: whole(names.late_suffix),
    group: new RegExp(names.group, "i"),
    unspaced: whole(names.unspaced),
    particles: new Set(names.particles),
    capitalParticles: new Set(names.capital_particles),
    joins: new Set(names.joins),
  }
}

const folded = (text) => text.split("\n").map(fold).join("\n")

const person = (family, given = "", suffix = "") => {
  const parts = { family: family || given, given: family ? given : "", suffix }
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part))
}

// Reads lines; names: what /api/form.json says of them; suffix: the pattern that the schema has for one.
export const makeReader = (names, suffix) => {
  const patterns = patternsOf(names)
  const { group, comma } = patterns
  const arrange = makeArranger(patterns, new RegExp(suffix, "u"))

  // { people, others, sure }: who is named, whether "et al." ends it, whether it cannot well be read otherwise.
  return (line) => {
    const closed = /[^\s,],\s*$/.test(line)
    const text = folded(folded(folded(line).replace(patterns.label, "").replace(patterns.signs, "")).replace(patterns.numbers, ""))
    const named = text.replace(patterns.others, "")
    const others = named !== text
    const rest = named.replace(patterns.fullStop, "")
    const chunks = rest.split(patterns.between).map((part) => part.replace(patterns.hanging, "").replace(/^[ ,]+|[ ,]+$/g, "")).filter(Boolean)
    if (group.test(rest) && !/[,;\n]/.test(rest)) return { people: [{ team: fold(rest) }], others, sure: chunks.length === 1 }
    if (closed && chunks.length === 1 && !comma.test(chunks[0])) {
      return { people: [person(chunks[0])], others, sure: !chunks[0].includes(" ") }
    }
    const parts = chunks.map((chunk) => withSuffixes(chunk.split(comma), patterns))
    const listed = parts.length > 1 && parts.at(-1).length === 1
    const read = parts.map((tokens) => arrange(tokens, listed))
    return { people: read.flatMap(([people]) => people), others, sure: read.every(([, sure]) => sure) }
  }
}

// Says of what stands between commas with its suffix who that is, and whether that is sure.
const makeArranger = (patterns, isSuffix) => (tokens, listed) => {
  const isMany = (text) => isManyWords(text, patterns)
  const texts = tokens.map(([text]) => text)
  const count = tokens.length
  const names = tokens.map(([text, after]) => whole(text, after, patterns))
  const pairs = texts.flatMap((text, index) =>
    index % 2 || index + 1 >= count ? [] : [person(text, texts[index + 1], tokens[index + 1][1] || tokens[index][1])])
  if (count === 1) return [names, true]
  if (count === 3 && isSuffix.test(texts[2]) && !isMany(texts[1])) return [[person(...texts)], true]
  if (count === 2) {
    const [one, two] = texts
    if (initialFirst(one) || (initialsLast(one) && initialsLast(two))) return [names, true]
    if (!(isMany(one) && isMany(two)) || isParticle(one.split(" ")[0], patterns) || isInitials(two.split(" ").at(-1))) return [pairs, true]
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

// Makes of what a service calls a person authors that a file takes: { people, others }.
export const makeSettler = (schema, survey) => {
  const { properties } = schema.$defs.Author
  const readLine = makeReader(survey.names, properties.suffix.pattern)
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

const withSuffixes = (parts, { lateSuffix }) => {
  const tokens = []
  for (const part of parts) {
    if (tokens.length && lateSuffix.test(part)) tokens.at(-1)[1] = part
    else if (part) tokens.push([part, ""])
  }
  return tokens
}

// Names in Chinese, Japanese and Korean have no blank in them.
const isManyWords = (text, { unspaced }) => (text.includes(" ") || unspaced.test(text)) && !isInitials(text)

const isInitials = (text) => /^\p{Lu}{1,4}$/u.test(text.replace(/[\s.-]/g, ""))

const isParticle = (word, { particles, capitalParticles }) => particles.has(word) || capitalParticles.has(word.toLowerCase())

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
const whole = (text, after, { group, lateSuffix, particles, joins }) => {
  if (group.test(text)) return { team: text.replace(/^the\s/i, "") }
  const words = text.split(" ")
  const suffix = !after && words.length > 1 && lateSuffix.test(words.at(-1)) ? words.pop() : after
  if (initialsLast(words.join(" "))) return person(words.slice(0, -1).join(" "), words.at(-1), suffix)
  let start = words.length - 1
  const index = words.slice(0, -1).findIndex((word, place) => particles.has(word) || (joins.has(word) && place > 1))
  if (index >= 0) start = particles.has(words[index]) ? index : index - 1
  return person(words.slice(start).join(" "), words.slice(0, start).join(" "), suffix)
}
