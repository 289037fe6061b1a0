// Which papers a state leaves, and how many each value would give.
import { range } from "./state.js"

// What a state says of one axis, in the axis' own numbers: values to include, to exclude, or from and until of a range.
// `unknown` has values that there are none of, `former` pairs of old and new ids.
export const picked = (axis, said) => {
  const pick = { axis, include: new Set(), exclude: new Set(), unknown: [], former: [] }
  for (const one of said) {
    const ends = axis.kind === "range" ? range(one) : null
    if (ends) {
      const [from, until] = ends
      pick.from = from && +from
      pick.until = until && +until
      pick.range = one
      continue
    }
    const out = one.startsWith("-")
    const id = out ? one.slice(1) : one
    const now = axis.byId.has(id) ? id : axis.former.get(id)
    if (axis.kind === "range" || now === undefined) {
      pick.unknown.push(id)
      continue
    }
    if (now !== id) pick.former.push([id, now])
    ;(out ? pick.exclude : pick.include).add(axis.byId.get(now))
  }
  return pick
}

export const isOn = (pick) => pick.include.size > 0 || pick.exclude.size > 0 || pick.range !== undefined

const passes = (pick, own) => {
  if (pick.range !== undefined) {
    return own.some((number) => {
      const value = +pick.axis.values[number].id
      return (!pick.from || value >= pick.from) && (!pick.until || value <= pick.until)
    })
  }
  return (!pick.include.size || own.some((number) => pick.include.has(number))) && !own.some((number) => pick.exclude.has(number))
}

const MANY = -1

// Papers that pass all picks, among `among` (a set of numbers, or null for all of `size`), and what the others fail:
// { shown: [number], missed: for each paper 0, the number of the one pick that it fails, counted from 1, or -1 }.
export const filtered = (size, picks, among = null) => {
  const missed = new Int16Array(size)
  const shown = []
  for (let paper = 0; paper < size; paper++) {
    if (among && !among.has(paper)) {
      missed[paper] = MANY
      continue
    }
    for (let place = 0; place < picks.length && missed[paper] !== MANY; place++) {
      if (!passes(picks[place], picks[place].axis.of[paper])) missed[paper] = missed[paper] ? MANY : place + 1
    }
    if (!missed[paper]) shown.push(paper)
  }
  return { shown, missed }
}

// For each value of an axis how many papers it would give: what is chosen of the same axis is set aside, but for what is
// excluded by another value. `place` is that of the axis' pick, counted from 1; 0 where it has none.
export const counted = (axis, pick, missed, place) => {
  const counts = new Uint32Array(axis.values.length)
  for (let paper = 0; paper < missed.length; paper++) {
    if (missed[paper] && (missed[paper] !== place || !place)) continue
    const own = axis.of[paper]
    const out = pick?.exclude.size ? own.filter((number) => pick.exclude.has(number)) : []
    for (const number of own) if (!out.length || (out.length === 1 && out[0] === number)) counts[number]++
  }
  return counts
}

export const sorted = (papers, how, { rank, places, results }) => {
  if (how === "best" && rank) return [...papers].sort((a, b) => rank.get(a) - rank.get(b))
  if (how === "title") return [...papers].sort((a, b) => places[a] - places[b])
  if (how === "results") return [...papers].sort((a, b) => results[b] - results[a] || a - b)
  return papers
}
