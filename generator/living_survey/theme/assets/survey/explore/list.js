// The papers that are shown: as the entries of a list, or as a table that is made of them.
import { element } from "../submit/element.js"
import { label } from "../submit/labels.js"

const TITLE = ".survey-entry__title"
const FACTS = ".survey-entry__facts"
const LINKS = ".survey-entry__links"

// Mark words in an entry, but for its links. `marked` cuts a text into pieces, each with whether it is marked.
export const mark = (entry, words, marked) => {
  if (!words.length) return
  const texts = document.createTreeWalker(entry, NodeFilter.SHOW_TEXT)
  const found = []
  while (texts.nextNode()) {
    const text = texts.currentNode
    if (text.data.trim() && !text.parentElement.closest(`${LINKS}, label, mark`)) found.push(text)
  }
  for (const text of found) {
    const pieces = marked(text.data, words)
    if (!pieces.some(([, on]) => on)) continue
    text.replaceWith(...pieces.map(([piece, on]) => (on ? element("mark", {}, piece) : piece)))
  }
}

// A table of entries. `facts` has for each entry an object: column → words.
export const table = (entries, facts, columns) => {
  const heads = ["paper", ...columns.map(({ name }) => name), "sentence"]
  const titles = [label("columns.paper"), ...columns.map(({ title }) => title), label("columns.sentence")]
  const head = element("thead", {}, element("tr", {}, ...titles.map((title) => element("th", { scope: "col", textContent: title }))))
  const rows = entries.map((entry, place) => element("tr", {}, ...heads.map((name, at) => {
    if (name === "paper") return paper(entry)
    const cell = element("td", { "data-title": titles[at] })
    if (name === "sentence") cell.append(...sentence(entry))
    else cell.textContent = facts[place][name] || "–"
    return cell
  })))
  const made = element("table", { class: "survey-explorer__table" }, head, element("tbody", {}, ...rows))
  return element("div", { class: "survey-scroll", tabIndex: 0, role: "region", "aria-label": label("table") }, made)
}

const paper = (entry) => {
  const cell = element("th", { scope: "row" })
  const box = entry.querySelector("label:has(input)")
  if (box) cell.append(box)
  cell.append(...(entry.querySelector(TITLE)?.childNodes ?? []))
  const names = entry.querySelector(FACTS)?.textContent.split(" · ")[0] ?? ""
  cell.append(element("span", { class: "survey-explorer__names", textContent: names }))
  return cell
}

const sentence = (entry) => {
  const text = entry.querySelector(`p:not(${TITLE}, ${FACTS}, ${LINKS})`)
  return text ? [...text.childNodes] : ["–"]
}
