// On a phone the filters are a sheet that comes from below: opened by a button, left with Escape or what it says last.
import { element } from "../submit/element.js"
import { label } from "../submit/labels.js"
import { button } from "./tools.js"

const OPEN = "survey-explorer--open"

export class Sheet {
  constructor(root, { clear }) {
    this.root = root
    this.filters = root.querySelector(".survey-explorer__filters")
    this.others = root.querySelector(".survey-explorer__main")
    this.done = button("", () => this.close(), { class: "survey-button survey-button--main" })
    this.filters.append(element("p", { class: "survey-explorer__done" }, button(label("clear"), clear), this.done))
    this.filters.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.isOpen) this.close()
    })
    matchMedia("(min-width: 60em)").addEventListener("change", ({ matches }) => { if (matches && this.isOpen) this.close() })
  }

  get isOpen() { return this.root.classList.contains(OPEN) }

  open(opener) {
    this.opener = opener
    opener.setAttribute("aria-expanded", "true")
    this.root.classList.add(OPEN)
    this.others.inert = true
    this.filters.querySelector("summary").focus()
  }

  close() {
    this.root.classList.remove(OPEN)
    this.others.inert = false
    this.opener.setAttribute("aria-expanded", "false")
    this.opener.focus()
  }

  show(count) { this.done.textContent = label("close", { count }) }
}
