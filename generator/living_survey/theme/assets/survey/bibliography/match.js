// Which paper of the survey an entry is: by DOI, arXiv id and title, as the generator finds out.

import { likePapers, nameOf, readRows, workIds } from "../submit/likeness.js"

// known: /take/known.json; form: /api/form.json, for its tables. Returns a function from a record to { row, how, score }
// or null; `how` is an identifier, "key" or "title".
export const makeMatcher = (known, form) => {
  const rows = readRows(known.papers, form)
  const [byId, byName, byKey] = [new Map(), new Map(), new Map()]
  for (const row of rows) {
    for (const id of row.ids) if (!byId.has(id)) byId.set(id, row)
    for (const name of new Set(row.names.map((one) => nameOf(one, form)))) byName.set(name, [...(byName.get(name) ?? []), row])
    for (const key of [row.key, ...row.aliases]) byKey.set(key.toLowerCase(), row)
  }
  const match = (record) => {
    const id = workIds(record, form).find((one) => byId.has(one))
    if (id) return { row: byId.get(id), how: id, score: 100 }
    // A key alone says which work is meant where nothing but keys is given.
    if (record.cited && byKey.has(record.key.toLowerCase())) return { row: byKey.get(record.key.toLowerCase()), how: "key", score: 100 }
    if (!record.title || !record.names.length) return null
    const candidates = new Set(record.names.flatMap((name) => byName.get(nameOf(name, form)) ?? []))
    const [best] = likePapers([...candidates], record.title, record.names, form)
    return best ? { row: best.row, how: "title", score: best.score } : null
  }
  return { rows, match }
}

// What to know of a paper that an entry is: retracted, superseded, published since.
const newsOf = (record, row, byKey) => {
  const found = []
  if (row.state) found.push({ what: "state", state: row.state })
  if (row.by) found.push({ what: "superseded", key: row.by, title: byKey.get(row.by)?.title ?? row.by })
  if (!row.state && row.at && !record.doi && !record.venue && !record.cited) found.push({ what: "published", at: row.at })
  return found
}

// The whole answer: { here, twice, outside, missing, news }, as data to show. `tell` is called with what is done.
export const compareWith = ({ rows, match }, records, tell = () => {}) => {
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const [here, outside, news, seen] = [[], [], [], new Map()]
  records.forEach((record, index) => {
    if (index % 200 === 0) tell(index)
    const found = match(record)
    if (!found) {
      outside.push(record)
      return
    }
    const { row, how, score } = found
    here.push({ record, key: row.key, title: row.title, how, score })
    seen.set(row.key, [...(seen.get(row.key) ?? []), record])
    for (const one of newsOf(record, row, byKey)) news.push({ record, key: row.key, title: row.title, ...one })
  })
  return {
    here, outside, news,
    twice: [...seen].filter(([, own]) => own.length > 1).map(([key, own]) => ({ key, title: byKey.get(key).title, records: own })),
    missing: rows.filter(({ key }) => !seen.has(key)).map(({ key, title, year, themes = [] }) => ({ key, title, year, themes })),
  }
}
