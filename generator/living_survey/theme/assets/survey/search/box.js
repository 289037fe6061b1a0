// A search box and what it finds: themes, then papers, then terms and pages. Titles and names are put in as text.

import { openEngine } from "./engine.js"
import said from "./labels.js"
import { marked } from "./marked.js"
import { speaker } from "../words.js"

const SHOWN = { papers: 8, guides: 4 }
const PAUSE = 80 // milliseconds between two searches while somebody types
const { label } = speaker(said.labels)
const known = new WeakSet()
// Where the site is, whatever page is shown: the host may change pages without loading them.
const root = new URL("../../../", import.meta.url).href
const opened = openEngine(root)

const element = (name, attributes, ...inside) => {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...inside)
  return made
}

const withMarks = (text, marks) =>
  marked(text, marks).map(([piece, on]) => (on ? element("mark", {}, piece) : piece))

const short = (name) => name.slice(name.lastIndexOf("\t") + 1)

// Who wrote a paper, in a few words.
const byline = (authors) => {
  if (authors.length > 2) return label("many", { one: short(authors[0]) })
  return authors.length === 2 ? label("two", { one: short(authors[0]), two: short(authors[1]) }) : authors.map(short).join("")
}

// Make a box find things; once, however often it gets the focus.
export const openBox = (box) => {
  if (known.has(box)) return
  known.add(box)
  new Box(box)
}

class Box {
  constructor(box) {
    this.box = box
    this.input = box.querySelector("input")
    this.says = element("p", { class: "survey-find__says", role: "status" })
    this.list = element("div", {})
    this.found = element("div", { class: "survey-find__found", "data-survey-found": "", hidden: "" }, this.says, this.list)
    box.append(this.found)
    this.papers = `${root}${said.addresses.papers}`
    this.asked = 0
    this.input.addEventListener("input", () => this.later())
    this.input.addEventListener("focus", () => this.look())
    this.input.form.addEventListener("submit", (event) => this.submit(event))
    box.querySelector("[data-survey-find-close]")?.addEventListener("click", () => this.close())
    box.addEventListener("keydown", (event) => this.key(event))
    box.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !box.contains(relatedTarget)) this.hide()
    })
    document.addEventListener("pointerdown", ({ target }) => {
      if (!box.contains(target) && !target.closest?.("[data-survey-find-open]")) this.hide()
    })
    this.look()
  }

  get text() {
    return this.input.value.trim()
  }

  later() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.look(), PAUSE)
  }

  // Search, and show what is found unless something else has been asked since.
  async look() {
    clearTimeout(this.timer)
    const { text } = this
    const turn = this.asked += 1
    if (!text) return this.hide()
    if (text === this.shown) return this.show()
    const patience = setTimeout(() => turn === this.asked && this.say(label("loading")), 4 * PAUSE)
    try {
      const engine = await opened
      const answer = await engine.find(text, { limit: SHOWN.papers })
      if (turn !== this.asked) return undefined
      clearTimeout(patience)
      this.draw(text, answer, [])
      if (answer.identifier) return undefined
      const guides = await engine.guides(text, { limit: SHOWN.guides })
      if (turn === this.asked) this.draw(text, answer, guides)
    } catch {
      if (turn !== this.asked) return undefined
      clearTimeout(patience)
      this.say(label("failed"))
      this.list.replaceChildren(this.link(this.papers, label("all_papers")))
      this.shown = ""
    }
    return undefined
  }

  draw(text, answer, guides) {
    const { papers, themes, numbers, attempt, identifier } = answer
    this.shown = text
    const focused = this.list.contains(document.activeElement) && document.activeElement.href
    this.list.replaceChildren(
      ...this.group("themes", themes.map(({ path, title, papers: count }) =>
        this.link(`${root}${said.addresses.theme.replace("{path}", path)}`, label("theme", { title, count })))),
      ...this.group("papers", papers.map(({ row, marks }) => this.paper(row, marks))),
      ...this.rest(text, numbers.length),
      ...this.group("guides", guides.map((guide) => this.guide(guide))),
    )
    if (identifier && !identifier.key) this.list.append(...this.propose())
    this.say(this.outcome(answer, guides))
    this.list.querySelector(`a[href="${CSS.escape(focused || "")}"]`)?.focus()
    this.found.dataset.attempt = attempt
  }

  outcome({ papers, themes, numbers, attempt, identifier }, guides) {
    if (identifier && !identifier.key) return label("unknown", { identifier: identifier.value })
    if (attempt === "identifier") return label("attempts.identifier")
    const says = [label(`attempts.${attempt}`)]
    if (papers.length) says.push(label("found", { count: numbers.length }))
    if (themes.length) says.push(label("themes_found", { count: themes.length }))
    if (guides.length) says.push(label("guides_found", { count: guides.length }))
    return says.filter(Boolean).join(" · ")
  }

  group(name, links) {
    if (!links.length) return []
    const id = `survey-find-${name}`
    return [
      element("p", { class: "survey-find__heading", id }, label(name)),
      element("ul", { "aria-labelledby": id }, ...links.map((link) => element("li", {}, link))),
    ]
  }

  link(address, ...inside) {
    return element("a", { class: "survey-find__link", href: address }, element("span", {}, ...inside))
  }

  guide({ address, title, page, text, marks }) {
    const link = this.link(`${root}${address}`, ...withMarks(title, marks))
    if (text) link.append(element("span", { class: "survey-find__words" }, ...withMarks(text, marks)))
    if (page) link.append(element("span", { class: "survey-find__beside" }, page))
    return link
  }

  // A paper; with its sentence where neither title nor names say why it was found.
  paper([key, title, name, authors, year, venue, , , sentence], marks) {
    const whole = name && !title.toLowerCase().includes(name.toLowerCase()) ? `${name}: ${title}` : title
    const facts = [byline(authors), [venue, year].filter(Boolean).join(" ")].filter(Boolean).join(" · ")
    const link = this.link(this.addressOf(key), ...withMarks(whole, marks))
    link.append(element("span", { class: "survey-find__beside" }, ...withMarks(facts, marks)))
    const says = link.querySelector("mark") ? [] : withMarks(sentence, marks)
    if (says.some((piece) => piece instanceof Element)) link.append(element("span", { class: "survey-find__words" }, ...says))
    return link
  }

  addressOf(key) {
    return `${root}${said.addresses.paper.replace("{key}", key)}`
  }

  // The way to all papers that were found.
  rest(text, count) {
    if (count <= SHOWN.papers) return []
    return [element("p", {}, this.link(this.listOf(text), label("more", { count })))]
  }

  listOf(text) {
    return `${this.papers}?find=${encodeURIComponent(text)}`
  }

  propose() {
    const { submit } = said.addresses
    return submit ? [element("p", {}, this.link(`${root}${submit}`, label("propose")))] : []
  }

  // Enter: to the paper of an identifier, else to all papers that are found.
  async submit(event) {
    event.preventDefault()
    const { text } = this
    if (!text) return
    const identifier = await opened.then((engine) => engine.identify(text)).catch(() => null)
    if (identifier?.key) location.assign(this.addressOf(identifier.key))
    else if (identifier && identifier.kind !== "key") this.look()
    else location.assign(this.listOf(text))
  }

  key(event) {
    const links = [...this.list.querySelectorAll("a")]
    const at = links.indexOf(document.activeElement)
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1 }
    if (event.key === "Escape") {
      event.preventDefault()
      if (this.found.hidden) this.close()
      else this.hide()
      if (at >= 0) this.input.focus()
    } else if (event.key in steps && !this.found.hidden) {
      event.preventDefault()
      if (steps[event.key] < 0) this.input.focus()
      else links[Math.min(steps[event.key], links.length - 1)]?.focus()
    }
  }

  say(words) {
    this.says.textContent = words
    this.show()
  }

  show() {
    if (this.box.contains(document.activeElement)) this.found.hidden = false
  }

  hide() {
    this.found.hidden = true
  }

  close() {
    this.hide()
    this.box.classList.remove("survey-find--open")
    if (this.input.value) {
      this.input.value = ""
      this.shown = ""
    } else this.input.blur()
    const way = document.querySelector("[data-survey-find-open]") // back to where the reader came from, on a phone
    if (way?.getClientRects().length) way.focus()
  }
}
