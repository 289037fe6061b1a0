// What stands above the list: the field, sorting, list or table, the link, what is chosen, what there is to say.
import { element, paragraph } from "../submit/element.js"
import { label } from "../submit/labels.js"
import { SORTS, write } from "./state.js"

export const button = (words, pressed, properties = {}) => {
  const made = element("button", { type: "button", class: "survey-button", textContent: words, ...properties })
  made.addEventListener("click", pressed)
  return made
}

export class Tools {
  // `act` has what is done: find(text), sort(how), view(which), open(), selectAll().
  constructor(root, act) {
    this.status = root.querySelector("[role=status]")
    this.notes = root.querySelector(".survey-explorer__notes")
    this.field = element("input", {
      type: "search", name: "find", autocomplete: "off", enterKeyHint: "search",
      "aria-label": label("find"), placeholder: label("hint"),
    })
    const form = element("form", { role: "search", class: "survey-explorer__find", "aria-label": label("find") }, this.field)
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      act.find(this.field.value, true)
    })
    this.field.addEventListener("input", () => act.find(this.field.value, false))
    root.querySelector(".survey-explorer__tools").append(form)

    this.sort = element("select", { "aria-label": label("sort"), autocomplete: "off" })
    this.sort.addEventListener("change", () => act.sort(this.sort.value))
    this.view = button("", () => act.view(this.view.dataset.next))
    this.link = button(label("copy"), () => this.#copy())
    this.all = button("", act.selectAll, { hidden: true })
    this.open = button(label("open"), act.open, {
      class: "survey-button survey-explorer__open", "aria-expanded": "false", "aria-controls": "filters",
    })
    this.chips = element("span", { class: "survey-explorer__chips" })
    const ways = element("span", { class: "survey-explorer__ways" }, this.open, this.sort, this.view, this.all, this.link)
    root.querySelector(".survey-explorer__bar").append(this.chips, ways)
  }

  // Show a state; `chips` are [words, whether it is excluded, what takes it away].
  show(state, sort, chips, clear) {
    if (document.activeElement !== this.field) this.field.value = state.find
    const ways = SORTS.filter((way) => way !== "best" || state.find)
    this.sort.replaceChildren(...ways.map((way) => element("option", { value: way, textContent: label(`sorts.${way}`) })))
    this.sort.value = sort
    this.view.dataset.next = state.view === "table" ? "list" : "table"
    this.view.textContent = label(this.view.dataset.next)
    this.open.textContent = chips.length ? label("open_some", { count: chips.length }) : label("open")
    const made = chips.map(([words, out, away]) => button(words, away, {
      class: `survey-chip${out ? " survey-chip--not" : ""}`, "aria-label": label("remove", { value: words }),
    }))
    if (chips.length > 1) made.push(button(label("clear"), clear, { class: "survey-chip survey-chip--clear" }))
    const place = [...this.chips.children].indexOf(document.activeElement)
    this.chips.replaceChildren(...made)
    if (place >= 0) (made[Math.min(place, made.length - 1)] ?? this.field).focus({ preventScroll: true })
  }

  // Offer to select what is listed, where papers can be selected.
  offer(count) {
    this.all.hidden = !count || !document.querySelector(".survey-pick")
    this.all.textContent = label("select", { count })
  }

  // Say things above the list, each a paragraph of texts and elements.
  say(paragraphs) {
    this.notes.replaceChildren(...paragraphs.map((parts) => paragraph(...parts)))
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(location.href)
      this.link.textContent = label("copied")
    } catch {
      this.link.textContent = label("copy_by_hand")
    }
    setTimeout(() => { this.link.textContent = label("copy") }, 3000)
  }
}

// A link to the list in another state, which needs no loading of the page.
export const way = (state, words, go) => {
  const link = element("a", { href: write(state) || "./", class: "survey-button" }, ...words)
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return
    event.preventDefault()
    go(state)
  })
  return link
}
