// A list of lines in one box.

import { element } from "../element.js"
import { label } from "../labels.js"
import { fold } from "../text.js"
import { framed } from "./frame.js"

const lineNumber = (number) => label("fields.line", { number })

// toLine, fromLine: a thing of the list as its line, and what a line stands for; problem: what the form cannot read.
export const linesField = (path, rules, options, { toLine, fromLine, problem = () => null }) => {
  const control = element("textarea", { rows: 3, spellcheck: false })
  const field = framed(path, rules, control, { ...options, several: lineNumber })
  // What was filled in comes back as it was as long as its line is not touched.
  const originals = new Map()
  const lines = () => control.value.split("\n").filter((line) => fold(line))
  const items = () => lines().map((line) => (originals.has(line) ? structuredClone(originals.get(line)) : fromLine(line)))
  field.read = () => (lines().length ? items().flat() : undefined)
  // A line may stand for several things: which line the problem is on.
  field.line = (one) => one.line ?? items().findIndex((_, index, all) => all.slice(0, index + 1).flat().length > one.path[0])
  field.openLines = () => lines().filter((line) => !originals.has(line))
  field.write = (value) => {
    const texts = (value ?? []).map((item) => [toLine(item), item])
    for (const [line, item] of texts) originals.set(line, item)
    control.value = texts.map(([line]) => line).join("\n")
    control.rows = Math.min(12, Math.max(3, texts.length + 1))
  }
  field.problems = () => lines().flatMap((line, index) => {
    const found = originals.has(line) ? null : problem(line)
    return found ? [{ path: [...path, index], line: index, ...found }] : []
  })
  return field
}

export const plainLinesField = (path, rules, options) =>
  linesField(path, rules, options, { toLine: String, fromLine: (line) => fold(line).normalize("NFC") })
