// What can be wrong with a list, by the keyword of its schema.

import { label } from "../labels.js"
import { isMapping } from "../schema.js"
import { caseless, fold, short } from "../text.js"

const textsOf = (list) => list.map((item) => (isMapping(item) ? "" : fold(item).normalize("NFC")))

// Keyword → rule: (the list, the keyword's value, where it is and whom to tell).
export const LISTS = {
  minItems: (list, least, { path, found }) => {
    if (list.length < least) found(path, label("check.empty_list"), label("check.add_line"))
  },
  items: (list, rules, { path, look }) => list.forEach((item, index) => look(item, rules, [...path, index])),
  uniqueItems: (list, _, { path, found }) => {
    const texts = textsOf(list)
    texts.forEach((text, index) => {
      if (texts.indexOf(text) < index) found([...path, index], label("check.twice", { text: short(text) }), label("check.delete_one"))
    })
  },
  // Two people of one name need something that tells them apart.
  "x-distinct": (people, _, { path, found }) => {
    const seen = new Map()
    people.forEach((one, index) => {
      if (!isMapping(one)) return
      const name = fold(one.team ?? [one.family, one.suffix, one.given].filter(Boolean).join(", "))
      const identity = JSON.stringify([caseless(name.normalize("NFC")), one.id ?? one.orcid ?? null])
      if (!seen.has(identity)) return seen.set(identity, index)
      const message = label("check.author_twice", { name, number: seen.get(identity) + 1 })
      found([...path, index], message, label("check.tell_apart"))
    })
  },
  "x-outermost": (list, _, { path, found }) => {
    const texts = textsOf(list)
    texts.forEach((theme, index) => {
      if (!texts.some((other) => other.startsWith(`${theme}/`))) return
      found([...path, index], label("check.beside_sub_theme", { theme }), label("check.delete_theme"))
    })
  },
}
