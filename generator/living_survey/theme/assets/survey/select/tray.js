// What is shown of a selection: how many papers in the header, and at the bottom a tray with what can be done with them.

import { element } from "../submit/element.js"
import { identify, meta } from "./data.js"
import { ROOT } from "./root.js"
import { selection } from "./selection.js"
import { formatOf, saveAs, textOf } from "./take.js"

const LONGEST = 2000 // characters of an address that all programs take
const COMPARED = [2, 6]
const SETTLED = `survey-settled ${ROOT.pathname}`

let words = null
let parts = null // the nodes of the tray
let isOpen = false

const button = (text, act, properties = {}) =>
  element("button", { type: "button", class: "survey-tray__button", onclick: act, ...properties }, text)

let parting = "" // what is said of papers that left the survey, together with what is said next

// Say something, with what can be done about it; a text to copy by hand stands in a field.
const say = (said, { actions = [], toCopy = "" } = {}) => {
  const text = `${parting} ${said}`.trim()
  if (said && said !== words("loading")) parting = ""
  const wasHere = parts.note.contains(document.activeElement)
  const nodes = text ? [element("p", { role: "status" }, text, ...actions.flatMap((one) => [" ", one]))] : []
  if (toCopy) nodes.push(element("textarea", { readOnly: true, value: toCopy, rows: 3, "aria-label": text }))
  parts.note.replaceChildren(...nodes)
  if (toCopy) parts.note.querySelector("textarea").select()
  else if (wasHere) parts.count.focus() // what had the focus is gone
}

const undo = () => button(words("undo"), () => { selection.undo(); say("") })

const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text)
    say(words("copied"))
  } catch { // an insecure page, or a permission that was refused
    say(words("copy_by_hand"), { toCopy: text })
  }
}

// Do something that needs the generator's files; say so where they cannot be had.
const trying = (act) => async () => {
  say(words("loading"))
  try {
    await act()
  } catch {
    say(words("failed"))
  }
}

// Who wants a format that is not kept gets the line that makes it. What became of the keys is asked only where entries are
// missing, which spares half of the requests; citations have none.
const taking = (name, act) => trying(async () => {
  const form = await formatOf(name)
  if ("mark" in form && !await settle()) return
  if (!(form.there ?? true)) {
    say(words("not_here", { form: form.title }), { toCopy: `${form.export} ${selection.keys().sort().join(",")}` })
    return
  }
  try {
    await act(selection.keys())
  } catch (error) {
    if (!error.missing) throw error
    if (await settle()) await act(selection.keys())
  }
})

const saving = (name) => taking(name, async (keys) => {
  const file = await saveAs(name, keys)
  say(words("saved", { count: keys.length, file }))
})

const copying = (name) => taking(name, async (keys) => copy(await textOf(name, keys)))

// Ask what became of the keys, and say once what left the survey. Returns whether anything is left.
const settle = async () => {
  const { renamed, gone } = await identify(selection.keys())
  selection.settle(renamed, gone)
  if (gone.length) {
    parting = words("gone", { keys: gone.join(", ") })
    say("")
  }
  return selection.size > 0
}

const addressOf = (path, keys) => {
  const address = new URL(path, ROOT)
  address.search = `keys=${keys.join(",")}`
  return address.href
}

const copyLink = trying(async () => {
  if (!await settle()) return
  const address = addressOf("papers/", selection.keys())
  if (address.length > LONGEST) say(words("link_long", { count: address.length }))
  else await copy(address)
})

const list = async () => {
  const { names } = await identify(selection.keys())
  return [...names].map(([key, [title, by]]) => element("li", {},
    element("a", { href: new URL(`papers/${key}/`, ROOT).href }, title), ` ${by} `,
    button("×", () => selection.remove([key]), { "aria-label": words("remove", { title }) }),
  ))
}

const showList = async () => {
  if (!parts.list.open) return
  const place = parts.list.querySelector("ul")
  try {
    place.replaceChildren(...await list())
  } catch {
    place.replaceChildren(element("li", {}, words("failed")))
  }
}

const build = ({ formats, keys, words: said }) => {
  words = said
  const reference = formats.find(({ line }) => line).name
  const more = element("details", { class: "survey-tray__more" },
    element("summary", { class: "survey-tray__button" }, words("more")),
    element("div", {},
      button("RIS", saving("ris"), { class: "survey-tray__button survey-tray__narrow" }),
      button(words("copy_references"), copying(reference), { class: "survey-tray__button survey-tray__narrow" }),
      button(words("copy_link"), copyLink, { class: "survey-tray__button survey-tray__narrow" }),
      ...formats.filter(({ name, line }) => !line && !["bibtex", "ris"].includes(name))
        .map(({ name, title }) => button(title, saving(name))),
      ...formats.filter(({ line }) => line).map(({ name, title }) => button(title, saving(name))),
      ...keys.map(({ name, before, mark, after, title }) =>
        button(words("copy_keys", { form: `${before}${mark}…${after.trim()}` }), copying(name), { title })),
    ),
  )
  const count = element("summary", { class: "survey-tray__count" })
  const shown = element("details", { class: "survey-tray__list", ontoggle: showList }, count, element("ul"))
  const compare = element("a", { class: "survey-tray__button" }, words("compare"))
  const note = element("div", { class: "survey-tray__note" })
  const actions = element("div", { class: "survey-tray__actions" },
    button("BibTeX", saving("bibtex"), { class: "survey-tray__button survey-tray__button--main" }),
    button("RIS", saving("ris"), { class: "survey-tray__button survey-tray__wide" }),
    button(words("copy_references"), copying(reference), { class: "survey-tray__button survey-tray__wide" }),
    more,
    compare,
    button(words("copy_link"), copyLink, { class: "survey-tray__button survey-tray__wide" }),
    button(words("clear"), () => {
      const cleared = selection.size
      selection.clear()
      say(words("cleared", { count: cleared }), { actions: [undo()] })
      parts.note.querySelector("button").focus() // the button that was pressed is hidden now
    }),
    button("×", close, { class: "survey-tray__button survey-tray__hide", "aria-label": words("hide") }),
  )
  more.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !more.contains(relatedTarget)) more.open = false })
  more.addEventListener("click", ({ target }) => { if (target.matches("div button")) more.open = false })
  const refuse = (event) => {
    if (!compare.href && (event.type === "click" || event.key === "Enter")) say(words("compare_limits", { count: selection.size }))
  }
  for (const type of ["click", "keydown"]) compare.addEventListener(type, refuse)
  const tray = element("section", { class: "survey-tray", hidden: true, "aria-label": words("region") },
    note, element("div", { class: "survey-tray__row" }, shown, actions))
  tray.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return
    event.stopPropagation()
    if (more.open) {
      more.open = false
      more.querySelector("summary").focus()
    } else close()
  })
  const header = element("button", {
    type: "button", class: "md-header__button survey-selected", hidden: true,
    onclick: () => { if (isOpen) close(); else open(true) },
  }, element("span"))
  const title = document.querySelector(".md-header__title")
  if (title) title.after(header)
  document.body.append(tray)
  return { tray, note, count, list: shown, compare, header, actions }
}

const render = () => {
  const { size } = selection
  const { tray, count, compare, header, actions, note } = parts
  header.hidden = !size
  header.dataset.count = size.toLocaleString(document.documentElement.lang || "en")
  header.firstChild.textContent = words("count", { count: size })
  header.setAttribute("aria-label", words("open", { count: size }))
  header.setAttribute("aria-expanded", String(isOpen))
  count.textContent = words("count", { count: size })
  actions.hidden = count.parentNode.hidden = !size
  tray.hidden = !isOpen || !(size || note.firstChild)
  document.documentElement.classList.toggle("survey-has-tray", !tray.hidden)
  const comparable = size >= COMPARED[0] && size <= COMPARED[1]
  if (comparable) compare.href = addressOf("compare/", selection.keys())
  else compare.removeAttribute("href")
  compare.setAttribute("aria-disabled", String(!comparable))
  compare.tabIndex = 0
  compare.setAttribute("role", "link")
}

const open = (focused) => {
  isOpen = true
  render()
  if (focused) parts.count.focus()
}

const close = () => {
  isOpen = false
  render()
  if (!parts.header.hidden) parts.header.focus()
}

// Once a visit, see what became of what was selected in earlier ones.
const settleOnce = async () => {
  try {
    if (sessionStorage.getItem(SETTLED)) return
    sessionStorage.setItem(SETTLED, "yes")
  } catch {
    return // without storage nothing comes from earlier visits
  }
  try {
    await settle()
    if (parts.note.firstChild) open(false)
  } catch {
    // Who takes something away is told.
  }
}

const ready = async () => {
  const found = await meta()
  if (parts) return
  parts = build(found)
  selection.onChange(() => {
    render()
    showList()
  })
  await settleOnce()
}

// Show what is selected now; with `open`, the tray as well, unless the reader has closed it.
let first = true
export const show = async ({ open: wanted }) => {
  await ready()
  if (first && wanted && selection.size) isOpen = true
  if (selection.size) first = false
  if (!selection.isKept && selection.size && !parts.note.firstChild) say(words("for_visit"))
  render()
}

// Say how many papers a reader has added at once, with the way back.
export const sayAdded = async (count) => {
  await ready()
  say(words("added", { count }), { actions: count ? [undo()] : [] })
  open(false)
}

// Offer papers that an address names.
export const offer = async (keys) => {
  await ready()
  const { names, gone } = await identify(keys)
  const fresh = [...names.keys()].filter((key) => !selection.has(key))
  const texts = []
  if (gone.length) texts.push(words("unknown", { keys: gone.join(", ") }))
  if (fresh.length) texts.push(words("offered", { count: names.size }))
  if (!texts.length) return
  const take = button(words("take_over"), () => sayAdded(selection.add(fresh)))
  say(texts.join(" "), { actions: fresh.length ? [take] : [] })
  open(false)
}
