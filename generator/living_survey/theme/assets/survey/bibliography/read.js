// Files of a reader's, whichever format they have.

import { readBibtex } from "./bibtex.js"
import { readCsl, readRis, readTex } from "./others.js"

const READERS = { bib: readBibtex, bibtex: readBibtex, ris: readRis, json: readCsl, tex: readTex }

const guess = (text) => {
  if (/^\s*[[{]/.test(text)) return readCsl
  if (/^TY {0,2}- ?/m.test(text)) return readRis
  if (/^[ \t]*@\w+[ \t]*[{(]/m.test(text)) return readBibtex
  return /\\[a-zA-Z]*[cC]ite|\\bibitem/.test(text) ? readTex : null
}

// A file's bytes as text; old files are not UTF-8.
export const decode = (bytes) => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder("windows-1252").decode(bytes)
  }
}

// As the readers return it: { records, refused }; null for a text of no format.
export const readText = (name, text, ids) => {
  const lineEnds = text.replace(/\r\n?/g, "\n")
  const ending = name.toLowerCase().match(/\.(\w+)$/)?.[1]
  const read = (ending && Object.hasOwn(READERS, ending) && READERS[ending]) || guess(lineEnds)
  return read ? read(lineEnds, ids) : null
}
