// The papers that a reader has selected, kept in the browser. Where it refuses, they are kept for the visit: in the name
// of the window, which goes with a tab from page to page of a site without any storage.

import { ROOT } from "./root.js"

const NAME = `survey-selection ${ROOT.pathname}` // several surveys may share one host
const KEY = /^[A-Za-z][A-Za-z0-9_-]{0,99}$/

// Those of a stranger's values that can be keys.
export const validKeys = (values) =>
  Array.isArray(values) ? [...new Set(values.filter((key) => typeof key === "string" && KEY.test(key)))] : []

const parsed = (text) => {
  try {
    return validKeys(JSON.parse(text ?? "[]"))
  } catch {
    return []
  }
}

let kept = true // whether the browser keeps the selection beyond this visit
let chosen = new Set()
let before = null // what was selected before the last change that can be undone
const listeners = new Set()

const tell = () => { for (const listener of listeners) listener() }

const read = () => {
  let text = null
  kept = true
  try {
    text = localStorage.getItem(NAME)
  } catch {
    kept = false
  }
  if (window.name.startsWith(NAME)) [text, kept] = [window.name.slice(NAME.length), false]
  chosen = new Set(parsed(text))
}

const write = () => {
  const text = JSON.stringify([...chosen])
  try {
    if (chosen.size) localStorage.setItem(NAME, text)
    else localStorage.removeItem(NAME)
    kept = true
  } catch { // refused, or full
    kept = false
  }
  if (!window.name || window.name.startsWith(NAME)) window.name = kept || !chosen.size ? "" : NAME + text
}

const change = (next, undoable) => {
  before = undoable ? chosen : null
  chosen = next
  write()
  tell()
}

export const selection = {
  has: (key) => chosen.has(key),
  // In the order in which they were selected.
  keys: () => [...chosen],
  get size() { return chosen.size },
  get isKept() { return kept },
  get canUndo() { return before !== null },
  toggle(key) {
    const next = new Set(chosen)
    if (!next.delete(key)) for (const one of validKeys([key])) next.add(one)
    change(next, false)
  },
  // Returns how many are new.
  add(keys) {
    const next = new Set([...chosen, ...validKeys(keys)])
    const added = next.size - chosen.size
    if (added) change(next, true)
    return added
  },
  remove(keys) {
    const gone = new Set(keys)
    change(new Set([...chosen].filter((key) => !gone.has(key))), true)
  },
  clear() { change(new Set(), true) },
  undo() { if (before) change(before, false) },
  // Put what the survey says of keys in their place: a present key for a former one, nothing for one that is gone.
  settle(renamed, gone) {
    const left = [...chosen].filter((key) => !gone.includes(key)).map((key) => renamed.get(key) ?? key)
    if (gone.length || renamed.size) change(new Set(left), false)
  },
  // Calls a function after each change, from other windows too; returns what ends that.
  onChange(listener) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

read()
addEventListener("storage", (event) => {
  if (event.key !== NAME && event.key !== null) return
  before = null
  read()
  tell()
})
addEventListener("pageshow", (event) => { // a page that comes back from before the last change
  if (!event.persisted) return
  read()
  tell()
})
