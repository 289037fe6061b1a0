// The filters: boxes to tick for the values of each axis, buttons for years. What they are drawn from is a list of axes:
// { name, title, isRange, isLong, total, values: [{ id, label, count, depth, on, out, least }] }, where `on` is whether
// the value is chosen, `out` whether it is excluded, `depth` how far down a tree it stands.
import { element } from "../submit/element.js"
import { label, number } from "../submit/labels.js"

const FEW = 8
const ALL = 300 // values of one axis that are shown at most; more are found by their names
const SVG = "http://www.w3.org/2000/svg"

const drawing = (tag, attributes, ...children) => {
  const node = document.createElementNS(SVG, tag)
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  node.append(...children)
  return node
}

export const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()

export class Panel {
  #groups = new Map()

  // `chosen` is called with (axis, value, excluded) when something is pressed, `opened` with the axis of a list that opens.
  constructor(place, { chosen, opened }) {
    this.place = place
    this.chosen = chosen
    for (const details of place.querySelectorAll("[data-axis]")) {
      const list = details.querySelector("ul")
      const group = {
        details, list, rows: new Map(), narrow: "", all: false, more: details.querySelector(".survey-filter__more"),
        isRange: list.classList.contains("survey-filter__range"), said: this.#read(details, list),
      }
      this.#groups.set(details.dataset.axis, group)
      if (!details.open) details.addEventListener("toggle", () => { if (details.open) opened(details.dataset.axis) })
    }
    this.draw(this.inPage())
  }

  // The axes as the page has them: all papers, nothing chosen.
  inPage() { return [...this.#groups.values()].map(({ said }) => said) }

  isOpen(name) { return this.#groups.get(name)?.details.open ?? false }

  draw(axes) {
    for (const axis of axes) {
      const group = this.#groups.get(axis.name)
      if (!group) continue
      group.axis = axis
      if (axis.isRange) this.#drawRange(group, axis)
      else this.#drawValues(group, axis)
    }
  }

  #read(details, list) {
    const values = [...list.children].map((item) => ({
      id: item.dataset.value, label: item.querySelector("a, span").textContent, count: Number(item.dataset.count), depth: 0,
    }))
    return {
      name: details.dataset.axis, title: details.querySelector("summary").textContent, values,
      isRange: list.classList.contains("survey-filter__range"), isLong: false, total: Number(list.dataset.total), isPart: true,
    }
  }

  #drawValues(group, axis) {
    const shown = visible(axis, group)
    const nodes = shown.map((value) => this.#row(group, axis, value))
    put(group.list, nodes)
    this.#drawMore(group, axis, shown.length)
  }

  #row(group, axis, { id, label: name, count, depth, on, out }) {
    if (!group.rows.has(id)) {
      const box = element("input", { type: "checkbox", autocomplete: "off" })
      const count = element("span", { class: "survey-filter__count" })
      const not = element("button", {
        type: "button", class: "survey-filter__not", textContent: label("not"), "aria-label": label("without", { value: name }),
      })
      box.addEventListener("change", () => this.chosen(axis.name, id, false))
      not.addEventListener("click", () => this.chosen(axis.name, id, true))
      const words = element("label", {}, box, element("span", { class: "survey-filter__name", textContent: name }), count)
      group.rows.set(id, { item: element("li", { "data-value": id }, words, not), box, count, not })
    }
    const row = group.rows.get(id)
    row.box.checked = Boolean(on)
    row.count.textContent = number(count)
    row.not.setAttribute("aria-pressed", String(Boolean(out)))
    row.item.classList.toggle("survey-filter--none", !count && !on && !out)
    row.item.classList.toggle("survey-filter--below", depth > 0)
    return row.item
  }

  // What makes a long list usable: a field that narrows it, and a button that shows all of it.
  #drawMore(group, axis, shown) {
    if (axis.isPart || !axis.isLong) return
    if (!group.field) {
      group.field = element("input", {
        type: "search", class: "survey-filter__field", autocomplete: "off", "aria-label": label("filter_values", { axis: axis.title }),
        placeholder: label("filter_values", { axis: axis.title }),
      })
      group.field.addEventListener("input", () => {
        group.narrow = folded(group.field.value.trim())
        this.#drawValues(group, group.axis)
      })
      group.button = element("button", { type: "button", class: "survey-filter__all" })
      group.button.addEventListener("click", () => {
        group.all = !group.all
        this.#drawValues(group, group.axis)
      })
      group.list.before(group.field)
      const more = element("p", { class: "survey-filter__more" }, group.button)
      if (group.more) group.more.replaceWith(more)
      else group.list.after(more)
    }
    const all = axis.values.length
    const more = all > ALL ? label("some_values", { count: ALL, all: number(all) }) : label("all_values", { count: all })
    group.button.textContent = group.all ? label("fewer_values") : more
    group.button.hidden = Boolean(group.narrow) || (!group.all && shown >= all)
  }

  #drawRange(group, axis) {
    const most = Math.max(1, ...axis.values.map(({ count }) => count))
    put(group.list, axis.values.map(({ id, label: name, count, on }) => {
      if (!group.rows.has(id)) {
        const bar = drawing("rect", { x: 0, width: 10 })
        const picture = drawing("svg", { "aria-hidden": "true", viewBox: "0 0 10 100", preserveAspectRatio: "none" }, bar)
        const count = element("span", { class: "survey-filter__count" })
        const button = element("button", { type: "button", title: label("year_hint", { year: name }) })
        button.append(picture, element("span", { textContent: name }), count)
        button.addEventListener("click", () => this.chosen(axis.name, id, false))
        group.rows.set(id, { item: element("li", { "data-value": id }, button), button, bar, count })
      }
      const row = group.rows.get(id)
      const height = Math.max(count ? 4 : 1, (100 * count) / most)
      row.bar.setAttribute("y", 100 - height)
      row.bar.setAttribute("height", height)
      row.count.textContent = number(count)
      row.button.setAttribute("aria-pressed", String(Boolean(on)))
      row.button.setAttribute("aria-label", label("year_says", { year: name, count }))
      return row.item
    }))
  }
}

// The values that are seen: what is chosen, in trees what stands below it, of long lists those with most papers.
const visible = (axis, group) => {
  const chosen = ({ on, out }) => on || out
  const known = axis.values.filter((value) => value.total !== 0 || chosen(value))
  if (!axis.isLong) return known.filter((value) => value.depth === 0 || value.isNear || chosen(value))
  if (group.narrow) { // ids are in plain letters: orsted finds Ørsted
    const has = ({ label: name, id }) => folded(name).includes(group.narrow) || id.replaceAll("-", " ").includes(group.narrow)
    return known.filter(has).slice(0, ALL)
  }
  const ordered = [...known].sort((a, b) => chosen(b) - chosen(a) || b.count - a.count)
  const least = known.filter(chosen).length + FEW
  return ordered.slice(0, group.all ? Math.max(ALL, least) : least)
}

// Put nodes into a list and leave the focus where it is.
const put = (list, nodes) => {
  if (nodes.length === list.children.length && nodes.every((node, place) => node === list.children[place])) return
  const focused = document.activeElement
  list.replaceChildren(...nodes)
  if (focused !== document.activeElement && list.contains(focused)) focused.focus({ preventScroll: true })
}
