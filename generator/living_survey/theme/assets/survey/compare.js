// The page on which a reader puts papers side by side: /compare/?keys=first,second

import { rowsOf, toCsv } from "./compare/rows.js"
import { identify, lookUp } from "./select/data.js"
import { ROOT } from "./select/root.js"
import { selection, validKeys } from "./select/selection.js"
import { save } from "./select/take.js"
import { element } from "./submit/element.js"
import { makeWords } from "./select/words.js"

const MOST = 6
const SHOWN = 80 // characters of a word that is no key

const said = (text) => element("p", { role: "status" }, text)
const addressOf = (keys) => `?keys=${keys.join(",")}`
const target = (href) => (/^https?:/.test(href) ? href : new URL(href, ROOT).href)

const withStrong = (text, strong) => {
  if (!strong || !text.startsWith(strong)) return [text]
  return [element("strong", {}, strong), text.slice(strong.length)]
}

const pieces = (cell, words) => {
  if (!cell.length) return [element("span", { class: "survey-compare__blank" }, words("blank"))]
  return cell.map(({ before = "", text, strong, href, rest }) => element("div", {},
    before, ...(href ? [element("a", { href: target(href) }, ...withStrong(text, strong))] : withStrong(text, strong)),
    ...(rest ? [element("span", { class: "survey-compare__rest" }, rest)] : []),
  ))
}

const table = (keys, papers, rows, words) => {
  const heads = papers.map(({ name, by, page, alarm }, index) => element("th", { scope: "col" },
    element("a", { href: target(page) }, name),
    ...(alarm ? [" ", element("strong", { class: "survey-retracted" }, alarm)] : []),
    element("span", { class: "survey-compare__rest" }, by),
    ...(keys.length > 2 ? [element("a", {
      class: "survey-compare__remove", href: addressOf(keys.filter((_, other) => other !== index)),
      "aria-label": words("remove", { paper: name }),
    }, "×")] : []),
  ))
  const lines = rows.map(({ title, note, warns, cells }) => element("tr", {},
    element("th", { scope: "row" }, title,
      ...(note ? [element("span", { class: warns ? "survey-compare__warning" : "survey-compare__rest" }, note)] : [])),
    ...cells.map((cell) => element("td", {}, ...pieces(cell, words))),
  ))
  return element("div", { class: "survey-compare__scroll", tabIndex: 0, role: "region", "aria-label": words("table") },
    element("table", { class: "survey-compare" },
      element("thead", {}, element("tr", {}, element("td"), ...heads)), element("tbody", {}, ...lines)))
}

const actions = (keys, papers, rows, words) => {
  const status = element("span", { role: "status" })
  const button = (text, onclick) => element("button", { type: "button", class: "md-button", onclick }, text)
  const copy = async () => {
    const address = new URL(addressOf(keys), location.href).href
    try {
      await navigator.clipboard.writeText(address)
      status.textContent = words("copied")
    } catch {
      status.textContent = address
    }
  }
  return element("p", { class: "survey-compare__actions" },
    button(words("copy_link"), copy), " ",
    button(words("csv"), () => save(toCsv(keys, papers, rows, words), "comparison.csv", "text/csv")), " ",
    button(words("print"), () => print()), " ", status)
}

const compare = async (place, words) => {
  const typed = (new URLSearchParams(location.search).get("keys") ?? "").split(",").map((key) => key.trim()).filter(Boolean)
  const wanted = typed.length ? validKeys(typed) : selection.keys().slice(0, MOST)
  const odd = typed.filter((key) => !wanted.includes(key) && !validKeys([key]).length).map((key) => key.slice(0, SHOWN))
  const { names, renamed, gone } = await identify(wanted)
  const keys = [...names.keys()]
  const notes = []
  const unknown = [...odd, ...gone]
  if (unknown.length) notes.push(words("unknown", { keys: unknown.join(", ") }))
  for (const [old, key] of renamed) notes.push(words("renamed", { old, key }))
  if (keys.length > MOST) notes.push(words("many", { keys: keys.splice(MOST).join(", ") }))
  if (keys.length < 2) return [...notes.map(said), said(words(keys.length ? "one" : "none"))]
  const found = await lookUp("facts", keys)
  const papers = keys.map((key) => found.get(key))
  if (papers.includes(undefined)) throw new Error("facts are missing")
  document.title = `${papers.map(({ name }) => name).join(" · ")} - ${document.title}`
  const rows = rowsOf(papers, words)
  return [...notes.map(said), actions(keys, papers, rows, words), table(keys, papers, rows, words)]
}

const start = async () => {
  const place = document.getElementById("survey-compare")
  if (!place || place.dataset.started) return
  place.dataset.started = "yes"
  const words = makeWords(JSON.parse(place.dataset.words))
  place.replaceChildren(said(words("loading")))
  try {
    place.replaceChildren(...await compare(place, words))
  } catch {
    place.replaceChildren(element("p", { role: "alert" }, words("failed")))
  }
}
if (window.document$) window.document$.subscribe(start)
else start()
