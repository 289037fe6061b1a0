// BibTeX and BibLaTeX files as people have them: entries, and what of the file is none, each with its line.

import { tidy, toText, withoutElements } from "./latex.js"
import { lineCounter } from "./lines.js"

const ENTRY = /^[ \t]*@(\w+)[ \t]*([{(])/gm
const NONE = new Set(["comment", "preamble", "xdata", "set"])
const VENUES = ["journal", "journaltitle", "booktitle", "school", "institution"]
const MAY_NAME_ARXIV = ["volume", "pages", "journal", "journaltitle", "howpublished", "note"]
const SHOWN = 60 // characters of a line that cannot be read

// The place behind a value's end: of {…}, "…" or a bare word. -1 where it has none.
const endOfValue = (text, start) => {
  if (text[start] !== "{" && text[start] !== '"') {
    const word = /[^\s,#{}"=()]+/y
    word.lastIndex = start
    return word.test(text) ? word.lastIndex : -1
  }
  const quoted = text[start] === '"'
  let depth = 0
  for (let place = quoted ? start + 1 : start; place < text.length; place += 1) {
    const character = text[place]
    if (character === "\\") place += 1
    else if (character === "{") depth += 1
    else if (character === "}") {
      depth -= 1
      if (depth === 0 && !quoted) return place + 1
      if (depth < 0) return -1
    } else if (character === '"' && quoted && depth === 0) return place + 1
  }
  return -1
}

const skip = (text, place) => {
  const space = /\s*/y
  space.lastIndex = place
  space.test(text)
  return space.lastIndex
}

// Fields of an entry whose text starts behind its key, values joined and abbreviations put in; null where it cannot be read.
const fieldsOf = (text, start, close, strings) => {
  const fields = new Map()
  let place = skip(text, start)
  while (text[place] === ",") {
    place = skip(text, place + 1)
    if (text[place] === close) return fields
    const name = /([^\s=,{}"#]+)\s*=\s*/y
    name.lastIndex = place
    const found = name.exec(text)
    if (!found) return null
    place = name.lastIndex
    let value = ""
    for (;;) {
      const end = endOfValue(text, place)
      if (end < 0) return null
      const part = text.slice(place, end)
      value += /^["{]/.test(part) ? part.slice(1, -1) : (strings.get(part.toLowerCase()) ?? part)
      place = skip(text, end)
      if (text[place] !== "#") break
      place = skip(text, place + 1)
    }
    const field = found[1].toLowerCase()
    if (value.trim() && !fields.has(field)) fields.set(field, value)
  }
  return text[place] === close ? fields : null
}

const splitOutside = (text, pattern) => {
  const parts = []
  let start = 0
  for (const found of text.matchAll(pattern)) {
    const part = text.slice(start, found.index)
    if ([...part].filter((one) => one === "{").length > [...part].filter((one) => one === "}").length) continue
    parts.push(part)
    start = found.index + found[0].length
  }
  return [...parts, text.slice(start)]
}

// What people are known by: families, or the names of groups.
const familiesOf = (latex) => {
  const names = splitOutside(tidy(latex), /\s*;\s*|\s+and\s+/gi)
  return names.map((name) => name.trim()).filter((name) => name && !/^(?:et\.? al\.?|\{?others\}?)$/i.test(name)).map((name) => {
    if (/^\{[^{}]*\}$/.test(name)) return toText(name)
    const parts = splitOutside(name, /\s*,\s*/g)
    const extended = new Map(parts.map((part) => part.split("=", 2)).filter(([, value]) => value).map((pair) => pair.map(tidy)))
    if (extended.has("family")) return toText(`${extended.get("prefix") ?? ""} ${extended.get("family")}`)
    if (parts.length > 1) return toText(parts[0])
    const words = splitOutside(name, /\s+/g)
    const particle = words.findIndex((word, index) => index > 0 && index < words.length - 1 && /^\p{Ll}/u.test(toText(word)))
    return toText(words.slice(particle < 0 ? -1 : particle).join(" "))
  }).filter(Boolean)
}

const plain = (latex) => latex.trim().replace(/\\url\s*\{(.*)\}/, "$1").replace(/\{?\\([_%&#$~])(?:\{\})?\}?/g, "$1")
  .replaceAll("\\textasciitilde", "~").replace(/[{}]|\\(?=\W)/g, "").trim()

const recordOf = (type, key, line, fields, ids) => {
  const take = (name) => toText(fields.get(name) ?? "")
  const [title, subtitle] = ["title", "subtitle"].map((name) => withoutElements(take(name)))
  const found = ids.doiOf(plain(fields.get("doi") ?? ""))
  let { arxiv } = found
  const archive = `${take("archiveprefix")} ${take("eprinttype")}`.trim().toLowerCase()
  const eprint = plain(fields.get("eprint") ?? "")
  if (eprint && ((!archive && ids.isBare(eprint)) || archive === "arxiv" || ids.startsWithArxiv(eprint))) {
    arxiv ||= ids.arxivOf(eprint)
  }
  for (const name of ["arxiv", "arxivid", "arxiv-id"]) arxiv ||= ids.arxivOf(plain(fields.get(name) ?? ""))
  for (const name of MAY_NAME_ARXIV) arxiv ||= ids.onlyArxivOf(take(name))
  const venue = VENUES.map(take).find((name) => name && !ids.isOnlyArxiv(name)) ?? ""
  const people = familiesOf(fields.get("author") ?? fields.get("editor") ?? "")
  return {
    key, line, title: title && subtitle ? `${title}: ${subtitle}` : title || subtitle, names: people,
    doi: found.doi, arxiv, venue,
  }
}

// { records: [{ key, line, title, names, doi, arxiv, venue }], refused: [{ line, text }] }
export const readBibtex = (text, ids) => {
  const found = [...text.matchAll(ENTRY)]
  const [records, refused, strings] = [[], [], new Map()]
  const lineAt = lineCounter(text)
  let behind = 0 // what lies inside a comment is none
  found.forEach((start, index) => {
    const begin = start.index + start[0].search(/@/)
    const type = start[1].toLowerCase()
    if (begin < behind) return
    const body = text.slice(0, found[index + 1]?.index ?? text.length)
    const open = start.index + start[0].length
    const close = start[2] === "{" ? "}" : ")"
    if (NONE.has(type)) {
      behind = Math.max(behind, endOfValue(text, open - 1))
      return
    }
    const refuse = () => refused.push({ line: lineAt(begin), text: tidy(text.slice(begin, begin + 200).split("\n")[0]).slice(0, SHOWN) })
    if (type === "string") {
      const fields = fieldsOf(`,${body.slice(open)}`, 0, close, strings)
      if (fields) for (const [name, value] of fields) strings.set(name, value)
      else refuse()
      return
    }
    const key = /[^,\s{}]*/y
    key.lastIndex = skip(body, open)
    const named = key.exec(body)[0]
    const fields = fieldsOf(body, key.lastIndex, close, strings)
    if (fields) records.push(recordOf(type, named, lineAt(begin), fields, ids))
    else refuse()
  })
  return { records, refused }
}
