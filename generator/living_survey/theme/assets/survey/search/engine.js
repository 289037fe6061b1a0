// The survey's own search: papers and themes by words, identifiers without any.
//
//   const engine = await openEngine(new URL("..", location.href)) // the root of the site
//   const { papers, themes, attempt, identifier, numbers } = await engine.find("kv cache", { limit: 10 })
//
// `papers` has {key, row, score, marks}, a row being [key, title, short name, authors ("given⇥family"), year, venue,
// themes, attributes, TLDR]; `marks` are the words to mark, with `marked` of marked.js. `themes` has {path, title, papers}.
// `attempt` says how the papers were found: identifier, all, most, text, text-most, near, any, none; `numbers` are all
// papers found, by their places in the order of (day added, key), best first; `identifier` is {kind, value, key}, the key
// null where no paper has it. Nothing is fetched before it is needed, and what cannot be fetched throws.

import { crc32, identifiersIn } from "./identifiers.js"
import rules from "./rules.js"

export const openEngine = async (base) => new Engine(async (name) => {
  const response = await fetch(new URL(`search/${name}`, base))
  if (!response.ok) throw new Error(`${response.status} search/${name}`)
  return name.endsWith(".json") ? response.json() : response.text()
})

class Engine {
  constructor(load) {
    this.load = load
  }

  async find(text, { limit = 10, summaries = false } = {}) {
    const identifier = await this.identify(text)
    const empty = { papers: [], themes: [], numbers: [], attempt: "none", identifier: null }
    if (identifier?.key) {
      const { key, title, year } = identifier
      const row = [key, title, "", [], year, "", [], "", ""]
      return { ...empty, papers: [{ key, row, score: 1, marks: [] }], attempt: "identifier", identifier }
    }
    if (identifier && identifier.kind !== "key") return { ...empty, identifier }
    return (await this.lookup()).find(text, empty, limit, summaries)
  }

  // Questions, terms and the editors' pages by words, as {address, title, page, text, marks}.
  async guides(text, { limit = 5 } = {}) {
    return (await this.lookup()).guides(text, limit)
  }

  // The paper of an identifier, without the words: one file says it.
  async identify(text) {
    const [[kind, value] = []] = identifiersIn(text)
    if (!kind) return null
    const name = `${kind}:${value}`
    const file = await this.load(`i${crc32(name) % rules.ids}.txt`)
    const line = file.split("\n").find((one) => one.startsWith(`${name}\t`))
    const [, key = null, title, year] = line?.split("\t") ?? []
    return { kind, value, key, title, year }
  }

  // What finds words, with what the survey has, as meta.json says.
  lookup() {
    this.words ??= Promise.all([import("./lookup.js"), this.load("meta.json")])
      .then(([{ Lookup }, meta]) => new Lookup(this.load, meta))
      .catch((error) => {
        this.words = undefined
        throw error
      })
    return this.words
  }
}
