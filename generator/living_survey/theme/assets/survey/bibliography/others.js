// RIS, CSL-JSON and LaTeX sources: the records that `bibtex.js` makes of BibTeX, and what cannot be read, with its line.

import { tidy, toText, withoutElements } from "./latex.js"
import { lineCounter } from "./lines.js"

const SHOWN = 60
const isOthers = (name) => /^(?:et\.? al\.?|others)$/i.test(name.trim())
const family = (name) => {
  const [first, ...rest] = name.split(",")
  return tidy(first) || tidy(rest.join(" "))
}

export const readRis = (text, ids) => {
  const start = /^TY {0,2}- ?/gm
  const starts = [...text.matchAll(start)].map(({ index }) => index)
  if (!starts.length) return { records: [], refused: [{ line: 1, text: tidy(text.slice(0, SHOWN)) }] }
  const lineAt = lineCounter(text)
  const records = starts.map((begin, index) => {
    const tags = new Map()
    let last = null
    for (const row of text.slice(begin, starts[index + 1] ?? text.length).split("\n")) {
      const found = row.match(/^([A-Z][A-Z0-9]) {0,2}- ?(.*)$/)
      if (found?.[1] === "ER") break
      if (found) {
        last = found[1]
        tags.set(last, [...(tags.get(last) ?? []), found[2].trim()])
      } else if (last && row.trim()) {
        const values = tags.get(last)
        values.push(`${values.pop()} ${row.trim()}`)
      }
    }
    const all = (...names) => names.flatMap((name) => tags.get(name) ?? []).filter(Boolean)
    const first = (...names) => all(...names)[0] ?? ""
    const doi = ids.doiOf(first("DO"))
    const named = all("AN", "M3", "N1", "JO", "T2").find(ids.isArxiv)
    const people = all("AU", "A1")
    return {
      key: first("ID"), line: lineAt(begin), title: withoutElements(first("TI", "T1", "CT", "BT")),
      names: (people.length ? people : all("ED", "A2")).filter((name) => !isOthers(name)).map(family), doi: doi.doi,
      arxiv: doi.arxiv || (named ? ids.arxivOf(named) : ""),
      venue: all("T2", "JF", "JO", "BT", "PB").find((name) => !ids.isOnlyArxiv(name)) ?? "",
    }
  })
  return { records, refused: [] }
}

// The items of a list in JSON as [start, end]: what stands between commas that are in no inner list or text.
const itemsOf = (text) => {
  const found = []
  let [depth, inText, begin] = [0, false, -1]
  for (let place = 0; place < text.length; place += 1) {
    const character = text[place]
    if (inText) {
      if (character === "\\") place += 1
      else if (character === '"') inText = false
      continue
    }
    if (character === '"') inText = true
    if (depth === 1 && begin < 0 && !/[\s,\]]/.test(character)) begin = place
    if (character === "[" || character === "{") depth += 1
    if (character === "]" || character === "}") depth -= 1
    if (begin >= 0 && (depth === 0 || (depth === 1 && (character === "}" || character === ",")))) {
      found.push([begin, character === "}" ? place + 1 : place])
      begin = -1
    }
  }
  if (begin >= 0) found.push([begin, text.length])
  return found
}

const partsOf = (name) => {
  if (typeof name === "string") return family(name)
  const part = (value) => (typeof value === "string" ? value : "")
  return part(name?.literal) || part(name?.name)
    || tidy([name?.["dropping-particle"], name?.["non-dropping-particle"], name?.family].map(part).join(" ")) || part(name?.given)
}

export const readCsl = (text, ids) => {
  const open = text.search(/\S/)
  const items = text[open] === "[" ? itemsOf(text) : [[Math.max(open, 0), text.length]]
  const [records, refused] = [[], []]
  const lineAt = lineCounter(text)
  for (const [begin, end] of items) {
    const line = lineAt(begin)
    let item = null
    try {
      item = JSON.parse(text.slice(begin, end))
    } catch {
      // Listed below, with its line.
    }
    if (Array.isArray(item?.items)) return readCsl(JSON.stringify(item.items), ids)
    if (!item || typeof item !== "object" || Array.isArray(item)) {
      refused.push({ line, text: tidy(text.slice(begin, begin + SHOWN)) })
      continue
    }
    const said = (name) => (typeof item[name] === "string" ? item[name].trim() : "")
    const doi = ids.doiOf(said("DOI"))
    const named = ["number", "archive_location", "note"].map(said).find(ids.isArxiv)
    const people = [item.author, item.editor].find((role) => Array.isArray(role) && role.length) ?? []
    records.push({
      key: String(item.id ?? ""), line, title: withoutElements(said("title")),
      names: people.map(partsOf).filter((name) => name && !isOthers(name)), doi: doi.doi, arxiv: doi.arxiv || (named ? ids.arxivOf(named) : ""),
      venue: [said("container-title")].find((name) => name && !ids.isOnlyArxiv(name)) ?? "",
    })
  }
  return { records, refused }
}

const CITED = /\\[a-zA-Z]*[cC]ite[a-zA-Z]*\*?\s*(?:\[[^\]]*\]\s*){0,2}\{([^{}]*)\}/g
const ITEM = /\\bibitem\s*(?:\[[^\]]*\])?\s*\{([^{}]*)\}/g

// A LaTeX source: the keys that it cites, and the works of a bibliography that is typed in it.
export const readTex = (source, ids) => {
  const text = source.replace(/(^|[^\\])%.*$/gm, (comment, before) => before + " ".repeat(comment.length - before.length))
  const byKey = new Map()
  const lineOfCite = lineCounter(text)
  for (const found of text.matchAll(CITED)) {
    for (const key of found[1].split(",").map((one) => one.trim())) {
      if (key && key !== "*" && !byKey.has(key)) {
        byKey.set(key, { key, line: lineOfCite(found.index), title: "", names: [], doi: "", arxiv: "", venue: "", cited: true })
      }
    }
  }
  const items = [...text.matchAll(ITEM)]
  const lineOfItem = lineCounter(text)
  items.forEach((found, index) => {
    const end = text.indexOf("\\end{thebibliography}", found.index)
    const body = text.slice(found.index + found[0].length, items[index + 1]?.index ?? (end < 0 ? text.length : end))
    const named = { ...byKey.get(found[1]), ...ids.within(body) }
    byKey.set(found[1], { ...named, key: found[1], line: lineOfItem(found.index), title: toText(body).slice(0, 200), names: [], venue: "", cited: true })
  })
  return { records: [...byKey.values()], refused: [] }
}
