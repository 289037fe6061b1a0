// What came out, for people: the news first, then what is missing, by theme.

import { addAll } from "../select/add.js"
import { ROOT } from "../select/root.js"
import { saveAs } from "../select/take.js"
import { element } from "../submit/element.js"

const FIRST = 50 // entries of a list that are shown at once

const paper = (key, title) => element("a", { href: new URL(`papers/${key}/`, ROOT).href }, title)

// A list of which the rest is put there when it is asked for.
const list = (items, makeLine, words) => {
  const place = element("ul", {}, ...items.slice(0, FIRST).map((one) => element("li", {}, ...makeLine(one))))
  if (items.length <= FIRST) return [place]
  const more = element("button", {
    type: "button", class: "md-button", onclick: () => {
      place.append(...items.slice(FIRST).map((one) => element("li", {}, ...makeLine(one))))
      more.remove()
    },
  }, words("more", { count: items.length - FIRST }))
  return [place, more]
}

const section = (name, count, nodes, words, open = false) => (count ? [element("details", { class: "survey-report", open },
  element("summary", {}, element("h2", {}, `${words(name)} (${count.toLocaleString(document.documentElement.lang || "en")})`)), ...nodes)] : [])

const place = ({ file, line }, words) => element("span", { class: "survey-report__place" }, words("place", { file, line }))
const nameOf = ({ key, title }) => title || key

const how = ({ how: way, score }, words) =>
  (way === "title" ? words("by_title", { score }) : way === "key" ? words("by_key") : words("by_id", { id: way }))

const newsLine = (one, words) => [
  paper(one.key, one.title), ": ", element("strong", {}, words(`is_${one.what}`, one)), " ", place(one.record, words),
]

const byTheme = (missing, { themes, unfiled }) => {
  const groups = new Map(Object.keys(themes).map((path) => [path, []]))
  groups.set("", [])
  for (const one of missing) for (const path of one.themes.length ? one.themes : [""]) groups.get(path)?.push(one)
  return [...groups].filter(([, papers]) => papers.length).map(([path, papers]) => [path ? themes[path] : unfiled, papers])
}

const taking = (papers, text, words, status) => {
  const keys = papers.map(({ key }) => key)
  const save = async () => {
    try {
      status.textContent = await saveAs("bibtex", keys, "missing")
    } catch {
      status.textContent = words("save_failed")
    }
  }
  return element("p", {},
    element("button", { type: "button", class: "md-button", onclick: save }, text), " ",
    element("button", { type: "button", class: "md-button", onclick: () => addAll(keys) }, words("select_theme")))
}

const missingNodes = (result, words) => {
  const { missing } = result
  const status = element("p", { role: "status" })
  const groups = byTheme(missing, result).map(([title, papers]) => element("details", { class: "survey-report" },
    element("summary", {}, element("h3", {}, `${title} (${papers.length})`)),
    taking(papers, words("save_theme"), words, status),
    ...list(papers, ({ key, title: own, year }) => [paper(key, own), ` ${year}`], words)))
  return [taking(missing, words("save_missing", { count: missing.length }), words, status), status, ...groups]
}

// result: what the worker hands over; propose: the address of the form, if there is one.
export const makeReport = (result, words, propose) => {
  const { here, outside, missing, news, twice, refused, strange, total } = result
  const nodes = []
  if (strange.length) nodes.push(element("p", { role: "alert" }, words("strange", { names: strange.join(", ") })))
  if (!total && !refused.length) return strange.length ? nodes : [element("p", { role: "status" }, words("empty"))]
  nodes.push(element("p", { role: "status" }, words("summary", {
    total, here: here.length, outside: outside.length, refused: refused.length, missing: missing.length,
  })))
  const suggestion = propose ? [element("p", {}, element("a", { href: new URL(propose, ROOT).href }, words("propose")))] : []
  return [
    ...nodes,
    ...section("refused", refused.length, list(refused, (one) => [element("code", {}, one.text), " ", place(one, words)], words), words, true),
    ...section("news", news.length, list(news, (one) => newsLine(one, words), words), words, true),
    ...section("missing", missing.length, missingNodes(result, words), words, true),
    ...section("twice", twice.length, list(twice, ({ key, title, records }) => [
      paper(key, title), " ", records.map((one) => words("place", one)).join("; "),
    ], words), words),
    ...section("here", here.length, list(here, (one) => [
      nameOf(one.record), " → ", paper(one.key, one.title), ` (${how(one, words)}) `, place(one.record, words),
    ], words), words),
    ...section("outside", outside.length, [...suggestion, ...list(outside, (one) => [nameOf(one), " ", place(one, words)], words)], words),
  ]
}
