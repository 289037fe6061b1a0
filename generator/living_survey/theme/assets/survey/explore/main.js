// The list of papers with its filters. The address says what is shown; whatever is pressed changes the address, and the
// list follows. As long as nothing is asked for, the page stands as it was built and nothing is fetched.
import { element } from "../submit/element.js"
import { label, speak } from "../submit/labels.js"
import { Papers } from "./data.js"
import { counted, filtered, isOn, picked, sorted } from "./filter.js"
import { mark, table } from "./list.js"
import { Panel } from "./panel.js"
import { notes, without } from "./notes.js"
import { Sheet } from "./sheet.js"
import { LONGEST, copy, isEmpty, pressed, read, toggle, usualSort, write } from "./state.js"
import { Tools, button } from "./tools.js"

const root = document.querySelector(".survey-explorer")
const size = Number(root.dataset.size)
const total = Number(root.dataset.total)
const site = new URL(root.dataset.root, location.href)
const papers = new Papers(site, root.dataset.root)
const place = root.querySelector(".survey-explorer__list")
const built = [...place.children]
const TYPING = 80 // ms without a key until the list follows

let state = read(new URL(location.href))
let shown = size // how many papers the list has
let turn = 0
let result = null // what the state has given
let typing = 0

speak(JSON.parse(root.dataset.words))

const panel = new Panel(root.querySelector(".survey-explorer__filters"), {
  chosen: (name, value, out) => change(name, value, out),
  opened: () => apply({ asked: true }),
})
const sheet = new Sheet(root, { clear: () => go(cleared()) })
const tools = new Tools(root, {
  find: (text, now) => find(text, now),
  sort: (how) => go({ ...copy(state), sort: how }),
  view: (which) => go({ ...copy(state), view: which }),
  open: () => sheet.open(tools.open),
  selectAll: () => selectAll(),
})
const more = element("p", { class: "survey-explorer__more" })
place.after(more)

const cleared = () => ({ ...copy(state), keys: [], chosen: new Map() })

// Another state: it goes into the address, as far as addresses go, and the list follows.
const go = (next, { replace = false } = {}) => {
  state = next
  shown = size
  const address = write(state)
  if (address.length <= LONGEST) history[replace ? "replaceState" : "pushState"](null, "", address || location.pathname)
  return apply()
}

const find = (text, now) => {
  clearTimeout(typing)
  const follow = () => {
    const wanted = text.trim()
    if (wanted === state.find) return
    go({ ...copy(state), find: wanted, sort: state.sort === "best" ? "" : state.sort }, { replace: !now })
  }
  typing = setTimeout(follow, now ? 0 : TYPING)
}

const change = async (name, value, out) => {
  try {
    const axis = await axisOf(name)
    if (axis.kind === "range") return go(pressed(state, name, value))
    return go(toggle(state, name, value, { out, line: out ? [] : lineOf(axis, value) }))
  } catch (error) {
    return fail(error)
  }
}

const axisOf = async (name) => {
  const { axes } = await papers.axes()
  const axis = axes.find((one) => one.name === name)
  return axis?.file ? { ...axis, ...(await papers.values(name)) } : axis
}

// The values above one in a tree and below it: choosing a part takes the choice of the whole away, and the other way round.
const lineOf = (axis, id) => {
  const number = axis.byId.get(id)
  const above = (one) => {
    const line = []
    for (let at = axis.values[one].above; at !== undefined; at = axis.values[at].above) line.push(at)
    return line
  }
  const near = axis.values.map((_, one) => one).filter((one) => above(one).includes(number))
  return [...above(number), ...near].map((one) => axis.values[one].id)
}

// Whether the list is that with which the page was built.
const isBuilt = () => isEmpty(state) && shown === size

// Bring the page into line with the state.
const apply = async ({ asked = false } = {}) => {
  const mine = ++turn
  if (isBuilt() && !result && !asked) return showBuilt()
  root.setAttribute("aria-busy", "true")
  try {
    const next = await worked()
    if (mine !== turn) return undefined // another state has come meanwhile
    result = next
    await draw(mine)
  } catch (error) {
    if (mine === turn) fail(error)
  }
  if (mine === turn) root.removeAttribute("aria-busy")
  return undefined
}

// What the state gives: axes with what is picked, papers in order, notes.
const worked = async () => {
  const data = await papers.axes()
  const wanted = [...data.axes.filter(({ name, file }) => file && (state.chosen.has(name) || panel.isOpen(name)))]
  const loaded = new Map(await Promise.all(wanted.map(async ({ name }) => [name, await papers.values(name)])))
  const axes = data.axes.map((axis) => ({ ...axis, ...loaded.get(axis.name) }))
  const picks = axes.filter(({ name }) => state.chosen.has(name)).map((axis) => picked(axis, state.chosen.get(axis.name)))
  const on = picks.filter(isOn)
  const keys = state.keys.length ? await keyed() : { among: null, unknown: [], former: [] }
  const hits = state.find ? await (await import("./finding.js")).found(state.find, site, papers) : null
  let among = keys.among
  if (hits) among = new Set(hits.numbers.filter((number) => !among || among.has(number)))
  const { shown: passing, missed } = filtered(data.papers, on, among)
  const sort = state.sort || usualSort(state)
  const rank = hits && new Map(hits.numbers.map((number, at) => [number, at]))
  const places = sort === "title" ? await papers.places() : []
  const ordered = sorted(passing, sort, { rank, places, results: data.results })
  const strange = [...state.chosen.keys()].filter((name) => !axes.some((axis) => axis.name === name))
  return { axes, picks, on, missed, hits, keys, ordered, sort, strange }
}

const keyed = async () => {
  const { numbers, former } = await papers.keys()
  const among = new Set()
  const found = { among, unknown: [], former: [] }
  for (const key of state.keys) {
    const now = numbers.has(key) ? key : former.get(key)
    if (now === undefined) found.unknown.push(key)
    else {
      if (now !== key) found.former.push([key, now])
      among.add(numbers.get(now))
    }
  }
  return found
}

const draw = async (mine) => {
  const { axes, on, missed, hits, ordered, sort } = result
  const numbers = isBuilt() ? [] : ordered.slice(0, shown)
  const entries = await papers.entries(numbers)
  if (mine !== turn) return
  if (hits) {
    const { marked } = await import("./finding.js")
    for (const entry of entries) mark(entry, hits.marks, marked)
  }
  panel.draw(axes.filter(({ of }) => of).map((axis) => forPanel(axis, on.findIndex((pick) => pick.axis.name === axis.name), on, missed)))
  const chips = chipsOf(on)
  tools.show(state, sort, chips, () => go(cleared()))
  tools.status.textContent = ordered.length === total ? label("all", { count: total })
    : label("shown", { count: ordered.length, all: total.toLocaleString(document.documentElement.lang || "en") })
  tools.say(notes({ state, result, papers, submit: root.dataset.submit, go }))
  sheet.show(ordered.length)
  if (isBuilt()) place.replaceChildren(...built)
  else place.replaceChildren(...(ordered.length ? listed(entries, numbers) : without({ state, result, go })))
  drawMore(ordered.length)
}

const forPanel = (axis, at, on, missed) => {
  const pick = on[at]
  const counts = counted(axis, pick, missed, at + 1)
  const near = new Set()
  for (const number of pick ? [...pick.include, ...pick.exclude] : []) {
    for (let one = number; one !== undefined; one = axis.values[one].above) near.add(one)
  }
  const depths = []
  const values = axis.values.map(({ id, label: name, above }, number) => {
    depths[number] = above === undefined ? 0 : depths[above] + 1
    const year = pick?.range !== undefined && (!pick.from || +id >= pick.from) && (!pick.until || +id <= pick.until)
    return {
      id, label: name, count: counts[number], depth: depths[number], isNear: near.has(above), total: counts[number] || undefined,
      on: pick?.include.has(number) || year, out: pick?.exclude.has(number),
    }
  })
  return { name: axis.name, title: axis.title, isRange: axis.kind === "range", isLong: values.length > 14 && depths.every((one) => !one), values }
}

const chipsOf = (on) => {
  const chips = []
  for (const { axis, include, exclude, range, from, until } of on) {
    if (range !== undefined) {
      const words = from === until ? String(from) : !until ? label("from", { year: from }) : !from ? label("until", { year: until }) : `${from}–${until}`
      chips.push([words, false, () => go(dropped(axis.name))])
    }
    for (const number of [...include, ...exclude]) {
      const { id, label: name } = axis.values[number]
      const out = exclude.has(number)
      chips.push([out ? label("excluded", { value: name }) : name, out, () => change(axis.name, id, out)])
    }
  }
  if (state.keys.length) chips.push([label("chosen", { count: state.keys.length }), false, () => go({ ...copy(state), keys: [] })])
  return chips
}

const dropped = (name) => {
  const next = copy(state)
  next.chosen.delete(name)
  return next
}

const listed = (entries, numbers) => {
  if (state.view !== "table") return [element("ol", { class: "survey-list" }, ...entries)]
  const columns = result.axes.filter(({ name, of }) => of && ["year", "kind", "has"].includes(name))
  const words = ({ of, values }, number) => of[number].map((one) => values[one].label).join(", ")
  const facts = numbers.map((number) => Object.fromEntries(columns.map((axis) => [axis.name, words(axis, number)])))
  return [table(entries, facts, columns)]
}

const selectAll = async () => {
  try {
    const [{ keys }, { selection }] = await Promise.all([papers.keys(), import("../select/selection.js")])
    selection.add(result ? result.ordered.map((number) => keys[number]) : keys)
  } catch (error) {
    fail(error)
  }
}

const drawMore = (count) => {
  tools.offer(count)
  const rest = Math.min(size, count - shown)
  more.replaceChildren(...(rest > 0 ? [button(label("more", { count: rest }), showMore)] : []))
}

const showMore = async () => {
  const before = Math.min(shown, result?.ordered.length ?? size)
  shown += size
  await apply()
  place.querySelectorAll(".survey-list > li, tbody > tr")[before]?.querySelector("a")?.focus()
}

const showBuilt = () => {
  panel.draw(panel.inPage())
  tools.show(state, usualSort(state), [], () => {})
  tools.say([])
  sheet.show(total)
  place.replaceChildren(...built)
  drawMore(total)
}

const fail = (error) => {
  console.warn(error)
  root.removeAttribute("aria-busy")
  tools.say([[`${label("failed")} `, button(label("again"), () => apply())]])
}

addEventListener("popstate", () => {
  state = read(new URL(location.href))
  shown = size
  tools.field.value = state.find
  apply()
})

tools.show(state, state.sort || usualSort(state), [], () => {})
sheet.show(total)
if (isEmpty(state)) drawMore(total)
else apply()
