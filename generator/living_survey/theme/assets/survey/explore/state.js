// What the list of papers shows, as the address has it: `?find=…&theme=a/b,-c&year=2024..&sort=date&view=table`. Values of
// one axis are joined by commas, a minus in front takes papers out. What the address says is a stranger's text: nothing
// here knows whether such axes and values exist.

// The axes of every survey, in the order in which they stand; a survey's own follow by name.
const ORDER = ["theme", "year", "kind", "venue", "author", "has", "status", "evidence", "vs"]
const OWN = new Set(["find", "keys", "sort", "view"])
const OF_OTHERS = new Set(["q", "h"]) // the host's search
export const SORTS = ["best", "date", "title", "results"]
export const VIEWS = ["list", "table"]
export const LONGEST = 2000

const decoded = (text) => {
  try {
    return decodeURIComponent(text.replaceAll("+", " "))
  } catch {
    return text // no encoding: it is shown as it stands
  }
}

const encoded = (text) => encodeURIComponent(text).replaceAll("%2F", "/").replaceAll("%20", "+")

export const empty = () => ({ find: "", keys: [], chosen: new Map(), sort: "", view: "", strange: [] })

export const isEmpty = (state) =>
  !state.find && !state.keys.length && !state.chosen.size && !state.sort && !state.view && !state.strange.length

// How a list is sorted where nothing else is said.
export const usualSort = (state) => (state.find ? "best" : "date")

// The state that an address, a URL, has. `strange` has what is no way to sort or to show.
export const read = (url) => {
  const state = empty()
  for (const part of url.search.slice(1).split("&")) {
    const [raw, ...rest] = part.split("=")
    const name = decoded(raw)
    const value = rest.join("=")
    if (!name || OF_OTHERS.has(name)) continue
    if (name === "find") state.find = decoded(value).trim()
    else if (name === "keys") state.keys = [...new Set([...state.keys, ...listed(value)])]
    else if (name === "sort" || name === "view") take(state, name, decoded(value))
    else {
      const values = [...new Set([...(state.chosen.get(name) ?? []), ...listed(value)])]
      if (values.length) state.chosen.set(name, values)
    }
  }
  return state
}

const listed = (value) => value.split(",").map(decoded).filter(Boolean)

const take = (state, name, value) => {
  if (!value) return
  if ((name === "sort" ? SORTS : VIEWS).includes(value)) state[name] = value
  else state.strange.push(value)
}

// The part of the address behind the page's: "" or "?…", in one order and without what is usual.
export const write = (state) => {
  const parts = []
  const add = (name, values) => {
    if (values.length) parts.push(`${encoded(name)}=${values.map(encoded).join(",")}`)
  }
  add("find", state.find ? [state.find] : [])
  add("keys", state.keys)
  const others = [...state.chosen.keys()].filter((name) => !ORDER.includes(name)).sort()
  for (const name of [...ORDER, ...others]) if (!OWN.has(name)) add(name, state.chosen.get(name) ?? [])
  add("sort", state.sort && state.sort !== usualSort(state) ? [state.sort] : [])
  add("view", state.view === "table" ? ["table"] : [])
  return parts.length ? `?${parts.join("&")}` : ""
}

export const copy = (state) => ({
  ...state, keys: [...state.keys], chosen: new Map([...state.chosen].map(([name, values]) => [name, [...values]])),
  strange: [],
})

// Include a value, exclude it, or let it be where it is so already. `line` has the values above it in a tree and those
// below it: a part takes the place of the whole, and the other way round.
export const toggle = (state, name, value, { out = false, line = [] } = {}) => {
  const changed = copy(state)
  const said = out ? `-${value}` : value
  const before = changed.chosen.get(name) ?? []
  const gone = new Set([value, `-${value}`, ...line.flatMap((other) => [other, `-${other}`])])
  const values = before.includes(said) ? before.filter((one) => one !== said)
    : [...before.filter((one) => !gone.has(one)), said]
  if (values.length) changed.chosen.set(name, values)
  else changed.chosen.delete(name)
  return changed
}

// "2024..", "..2024", "2023..2024" or "2024" as [from, until], both texts; nothing where it is none of these.
export const range = (text) => {
  const found = /^(\d{1,4})?(\.\.)?(\d{1,4})?$/.exec(text)
  if (!found || (!found[1] && !found[3]) || (!found[2] && found[3])) return null
  return found[2] ? [found[1] ?? "", found[3] ?? ""] : [found[1], found[1]]
}

// A range after a press on a year: from then on; a second press ends the range, on the same year too; a third one on it
// lets all years be.
export const pressed = (state, name, year) => {
  const changed = copy(state)
  const [from, until] = range((changed.chosen.get(name) ?? [""])[0]) ?? ["", ""]
  let next = `${year}..`
  if (from && !until) next = +year < +from ? `${year}..` : +year === +from ? year : `${from}..${year}`
  else if (from && until) {
    if (from === until && year === from) next = ""
    else if (+year < +from) next = `${year}..${until}`
    else if (+year > +until) next = `${from}..${year}`
  } else if (until) next = +year <= +until ? `${year}..${until}` : ""
  if (next) changed.chosen.set(name, [next])
  else changed.chosen.delete(name)
  return changed
}
