// Files of papers, joined from entries that the generator has written: equal to what `survey export` writes.

import { lookUp, meta } from "./data.js"

const byKey = (one, other) => (one < other ? -1 : 1)

// The format of a name: one of files, else one of citations.
export const formatOf = async (name) => {
  const { formats, keys } = await meta()
  return formats.find((form) => form.name === name) ?? keys.find((form) => form.name === name)
}

// The text of a file of papers, in the order of keys. A file has all or is none: where an entry is
// missing, an error names the keys under `missing`.
export const textOf = async (name, keys) => {
  const form = await formatOf(name)
  const ordered = [...keys].sort(byKey)
  if ("mark" in form) return form.before + ordered.map((key) => form.mark + key).join(form.between) + form.after
  const entries = await lookUp(name, ordered)
  const missing = ordered.filter((key) => !entries.has(key))
  if (missing.length) throw Object.assign(new Error(`${name}: ${missing.join(", ")}`), { missing })
  const texts = ordered.map((key, index) => {
    const entry = entries.get(key)
    return form.line ? `${form.numbered ? `[${index + 1}] ` : ""}${entry}\n` : entry
  })
  return form.before + texts.join(form.between) + form.after
}

// Hand a text to the reader as a file.
export const save = (text, file, type) => {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  link.download = file
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

// Save papers as a file of a format; returns the file's name.
export const saveAs = async (name, keys, stem = "selection") => {
  const [form, text] = [await formatOf(name), await textOf(name, keys)]
  const file = `${stem}${form.ending}`
  save(text, file, form.type)
  return file
}
