// The rows of a comparison as data, from which the table and the CSV file are made. A row is { title, note, cells }, with
// for each paper a list of pieces: { before, text, strong, href, rest }; `strong` is the part of the text that stands out.

import { verdict } from "./verdict.js"

const grouped = (values, name) => {
  const groups = new Map()
  for (const value of values) groups.set(name(value), [...(groups.get(name(value)) ?? []), value])
  return groups
}

const factRows = (papers) => {
  const byPaper = papers.map(({ facts = [] }) => new Map(facts.map(([, title, cell]) => [title, cell])))
  const places = new Map(papers.flatMap(({ facts = [] }) => facts.map(([place, title]) => [title, place])))
  return [...places].sort(([, one], [, other]) => one - other).map(([title]) => ({
    title,
    cells: byPaper.map((facts) => (facts.get(title) ?? []).map(([text, href]) => ({ text, href }))),
  }))
}

const piece = ({ value, against, under, place }, words, metric) => ({
  text: against ? words("against", { value, baseline: against }) : value, strong: value,
  before: metric ? `${metric}: ` : "", rest: under ?? "", href: place,
})

const noteOf = (found, names, words) => {
  if (!found) return { text: "", warns: false }
  const parts = []
  if (!found.reasons.length) return { text: words("comparable"), warns: false }
  if (found.papers.length) parts.push(words("comparable_some", { papers: found.papers.map((one) => names[one]).join(", ") }))
  parts.push(words("not_comparable", { reasons: found.reasons.map((name) => words(name)).join(", ") }))
  return { text: parts.join("; "), warns: true }
}

const numberRows = (papers, words) => {
  const byPaper = papers.map(({ numbers = [] }) => grouped(numbers, ({ metric }) => metric))
  const metrics = [...new Set(byPaper.flatMap((own) => [...own.keys()]))]
  const isShared = (metric) => byPaper.filter((own) => own.has(metric)).length > 1
  const rows = metrics.filter(isShared).map((metric) => {
    const there = papers.flatMap((_, index) => (byPaper[index].has(metric) ? [index] : []))
    const found = verdict(there.map((index) => byPaper[index].get(metric)))
    const note = noteOf(found, there.map((index) => papers[index].name), words)
    return {
      title: metric, note: note.text, warns: note.warns,
      cells: byPaper.map((own) => (own.get(metric) ?? []).map((number) => piece(number, words, ""))),
    }
  })
  const others = byPaper.map((own) => [...own].filter(([metric]) => !isShared(metric))
    .flatMap(([metric, numbers]) => numbers.map((number) => piece(number, words, metric))))
  return others.some((cell) => cell.length) ? [...rows, { title: words("other"), cells: others }] : rows
}

// papers: what /take/facts/ has of each.
export const rowsOf = (papers, words) => {
  const sentence = { title: words("tldr"), cells: papers.map(({ tldr }) => (tldr ? [{ text: tldr }] : [])) }
  const relations = {
    title: words("relations"),
    cells: papers.map(({ relations: own = [] }) => own.map(([how, key, text]) => ({
      before: `${how} `, text, href: key ? `papers/${key}/` : "",
    }))),
  }
  return [sentence, ...factRows(papers), ...numberRows(papers, words), relations]
    .filter(({ cells }) => cells.some((cell) => cell.length))
}

const cellText = (cell) =>
  cell.map(({ before = "", text, rest }) => `${before}${text}${rest ? ` (${rest})` : ""}`).join("; ")

// A cell of CSV, which no spreadsheet runs as a formula.
const csvCell = (text) => {
  const safe = /^'*[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const toCsv = (keys, papers, rows, words) => [
  ["", ...keys],
  [words("paper"), ...papers.map(({ title, by }) => `${title} (${by})`)],
  ...rows.map(({ title, note, cells }) => [note ? `${title} (${note})` : title, ...cells.map(cellText)]),
].map((line) => `${line.map(csvCell).join(",")}\n`).join("")
