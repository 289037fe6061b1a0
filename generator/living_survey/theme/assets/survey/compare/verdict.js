// Whether numbers of several papers on one metric compare, and if not, why. What must be alike is decided by the
// generator, number by number; here it is only held side by side.

const FIELDS = ["baseline", "benchmark", "model", "hardware", "setting"]

const said = ({ alike = {} }, field) => JSON.stringify(alike[field] ?? [])

const token = (number) => JSON.stringify([number.unit, ...FIELDS.map((field) => said(number, field))])

// byPaper: for each paper that has any, its numbers. Returns null where nothing is ranked (sizes), else
// { papers: indices into byPaper of those that compare, most first, reasons: names of labels why the others do not }.
export const verdict = (byPaper) => {
  const numbers = byPaper.flat()
  if (!numbers.some(({ alike, why }) => alike || why)) return null
  const groups = new Map()
  byPaper.forEach((own, paper) => {
    for (const number of own.filter(({ why }) => !why)) {
      const name = token(number)
      groups.set(name, (groups.get(name) ?? new Set()).add(paper))
    }
  })
  const papers = [...groups.values()].reduce((best, one) => (one.size > best.length ? [...one] : best), [])
  if (papers.length === byPaper.length) return { papers, reasons: [] }
  const reasons = []
  if (new Set(numbers.map(({ unit }) => unit)).size > 1) reasons.push("reasons.unit")
  for (const why of new Set(numbers.map((number) => number.why).filter(Boolean))) reasons.push(`why.${why}`)
  const exact = numbers.filter(({ why }) => !why)
  for (const field of FIELDS) {
    if (new Set(exact.map((number) => said(number, field))).size > 1) reasons.push(`reasons.${field}`)
  }
  return { papers: papers.length > 1 ? papers : [], reasons }
}
