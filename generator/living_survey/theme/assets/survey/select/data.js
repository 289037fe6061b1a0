// What the generator has made for a selection: `generator/living_survey/publish/take.py`. Nothing is fetched before it is
// asked for, and nothing twice.

import { makeWords } from "./words.js"
import { ROOT } from "./root.js"

const asked = new Map()

export const load = (path) => {
  if (!asked.has(path)) {
    const answer = fetch(new URL(path, ROOT)).then((response) => {
      if (!response.ok) throw new Error(`${path}: ${response.status}`)
      return response.json()
    })
    answer.catch(() => asked.delete(path)) // a later attempt asks again
    asked.set(path, answer)
  }
  return asked.get(path)
}

// { papers, entries, facts, formats, keys, labels }, and `words`, a function from labels to texts.
export const meta = async () => {
  const found = await load("take/meta.json")
  found.words ??= makeWords(found.labels)
  return found
}

const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

// The checksum by which the generator cuts: CRC-32.
export const crc32 = (text) => {
  let value = -1
  for (const letter of text) value = TABLE[(value ^ letter.charCodeAt(0)) & 255] ^ (value >>> 8)
  return (value ^ -1) >>> 0
}

// A Map from those of some keys that are there to what the parts of a kind have for them.
export const lookUp = async (kind, keys) => {
  const found = await meta()
  const parts = kind === "facts" ? found.facts : found.entries
  const number = (key) => crc32(key) & (parts - 1)
  const wanted = [...new Set(keys.map(number))]
  const loaded = new Map(await Promise.all(
    wanted.map(async (one) => [one, await load(`take/${kind}/${one}.json`)]),
  ))
  const values = new Map()
  for (const key of keys) {
    const part = loaded.get(number(key))
    if (Object.hasOwn(part, key)) values.set(key, part[key])
  }
  return values
}

// What is known of keys: { names: present key → [title, who and when], renamed: former key → present one, gone: [key] }.
export const identify = async (keys) => {
  const found = await lookUp("names", keys)
  const renamed = new Map([...found].filter(([, value]) => typeof value === "string"))
  const present = [...new Set(keys.filter((key) => found.has(key)).map((key) => renamed.get(key) ?? key))]
  const names = renamed.size ? await lookUp("names", present) : found
  return {
    names: new Map(present.map((key) => [key, names.get(key)])),
    renamed,
    gone: keys.filter((key) => !found.has(key)),
  }
}
