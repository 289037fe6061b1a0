// Papers of the survey that may be the one in the form: the same identifier, or a title nearly alike.

import { fold, toAscii } from "./text.js"

// Rows of /api/titles.json, with what they leave out: all titles and identifiers of a work, of its versions too.
export const readRows = (rows, survey) =>
  rows.map(({ names = [], versions = [], ids = [], aliases = [], foreign = [], ...row }) => ({
    ...row, names, aliases, foreign, titles: [row.title, ...versions], ids: [...workIds(row, survey), ...ids],
  }))

// Identifiers in a form that can be compared; arXiv's own DOI is the arXiv id, and a version is not another paper.
export const workIds = ({ doi, arxiv }, survey) => {
  const ids = []
  const own = survey.identifiers.arxiv_doi.toLowerCase()
  const lower = fold(doi ?? "").toLowerCase()
  if (lower) ids.push(lower.startsWith(own) ? `arXiv ${lower.slice(own.length).replace(/v\d+$/, "")}` : `DOI ${lower}`)
  const id = fold(arxiv ?? "").toLowerCase().replace(/v\d+$/, "")
  if (id && !ids.includes(`arXiv ${id}`)) ids.push(`arXiv ${id}`)
  return ids
}

const titleWords = (title, survey) => {
  const found = toAscii(title, survey).ascii.toLowerCase().match(/[a-z0-9]+/g) ?? []
  const telling = found.filter((word) => !survey.likeness.small.includes(word))
  return telling.length ? telling : found
}

// What tells parts and versions of a series apart.
const numbers = (title, survey) => {
  const { roman } = survey.likeness
  const named = titleWords(title, survey).slice(1).filter((word) => Object.hasOwn(roman, word)).map((word) => roman[word])
  const written = toAscii(title, survey).ascii.match(/\d+(?:\.\d+)?/g) ?? []
  return [...written, ...named].sort().join(" ")
}

export const nameOf = (name, survey) => titleWords(name, survey).join("") || name.toLowerCase()

// The longest common subsequence, as a share of both texts in per cent.
const ratio = (one, two) => {
  if (!one && !two) return 100
  let row = new Uint16Array(two.length + 1)
  for (const character of one) {
    const next = new Uint16Array(two.length + 1)
    for (let n = 1; n <= two.length; n += 1) {
      next[n] = two[n - 1] === character ? row[n - 1] + 1 : Math.max(row[n], next[n - 1])
    }
    row = next
  }
  return (200 * row[two.length]) / (one.length + two.length)
}

// As Python rounds: a half to the even number.
const round = (number) => (Math.abs(number % 1) === 0.5 ? 2 * Math.round(number / 2) : Math.round(number))

const sorted = (words) => [...words].sort().join(" ")

// How alike two titles are, in per cent.
export const likeness = (title, other, survey) => {
  const [one, two] = [titleWords(title, survey), titleWords(other, survey)]
  return round(Math.max(ratio(one.join(" "), two.join(" ")), ratio(sorted(one), sorted(two))))
}

// Papers that are the same work for certain, with the identifier that says so.
export const samePapers = (rows, data, survey) => {
  const ids = workIds(data, survey)
  return rows.flatMap((row) => {
    const shared = row.ids.find((id) => ids.includes(id))
    return shared ? [{ row, why: shared }] : []
  })
}

// Papers that may be the same work, best first: nearly the same title, the same numbers in it, an author in common.
export const likePapers = (rows, title, authors, survey) => {
  const names = new Set(authors.map((name) => nameOf(name, survey)).filter(Boolean))
  const own = numbers(title, survey)
  const found = []
  for (const row of rows) {
    row.plainNames ??= row.names.map((name) => nameOf(name, survey))
    const author = row.names[row.plainNames.findIndex((name) => names.has(name))]
    if (!author) continue
    const scores = row.titles.filter((other) => numbers(other, survey) === own).map((other) => likeness(title, other, survey))
    const score = Math.max(0, ...scores)
    if (score >= survey.likeness.alike) found.push({ row, score, author })
  }
  return found.sort((a, b) => b.score - a.score || (a.row.key < b.row.key ? -1 : 1))
}
