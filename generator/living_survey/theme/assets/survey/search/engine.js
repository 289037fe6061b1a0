// The survey's own search: papers and themes by words, identifiers without any.
//
//   const engine = await openEngine(new URL("..", location.href)) // the root of the site
//   const { papers, themes, attempt, identifier, numbers } = await engine.find("kv cache", { limit: 10 })
//
// `papers` has {key, row, score, marks}, a row being [key, title, short name, authors ("given⇥family"), year, venue,
// themes, attributes, TLDR]; `marks` are the words to mark, with `marked` of tokens.js. `themes` has {path, title, papers}.
// `attempt` says which of the ways in ATTEMPTS found the papers; `numbers` are all papers found, by their numbers, best
// first; `identifier` is {kind, value, key}, the key null where no paper has it. Nothing is fetched before it is needed,
// and what cannot be fetched throws.

import { crc32, identifiersIn } from "./identifiers.js"
import rules from "./rules.js"
import { Few, Records, Shards, fieldsOf } from "./sources.js"
import { asked, marked, tokens } from "./tokens.js"

export { marked }

export const ATTEMPTS = ["identifier", "all", "most", "text", "text-most", "near", "any", "none"]

export const openEngine = async (base) => {
  const load = async (name) => {
    const response = await fetch(new URL(`search/${name}`, base))
    if (!response.ok) throw new Error(`${response.status} search/${name}`)
    return name.endsWith(".json") ? response.json() : response.text()
  }
  return new Engine(load)
}

class Engine {
  constructor(load) {
    this.load = load
  }

  // What the survey has, as meta.json says, and the sources of terms.
  open() {
    this.opened ??= this.load("meta.json").then((meta) => {
      const titles = new Map(meta.themes)
      const groups = meta.groups.map((names) => names.map(asked).filter((words) => words.length))
      const phrases = groups.flatMap((names) => names.map((words) => [words, names.filter((other) => other !== words)]))
      this.meta = meta
      this.titles = titles
      this.phrases = phrases.sort((a, b) => b[0].length - a[0].length)
      this.papers = meta.block ? new Shards(this.load, meta) : new Records(this.load, titles)
      this.themes = new Few(meta.themes.map(([path, title]) => [["short", tokens(path.split("/").at(-1))], ["title", tokens(title)]]))
    }).catch((error) => {
      this.opened = undefined
      throw error
    })
    return this.opened
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
    const words = asked(text)
    if (!words.length) return empty
    await this.open()
    const parts = this.parts(words, unfinished(text))
    const search = new Search(this.papers, parts, words, this.meta.n, this.titles)
    const { attempt, found } = await search.run(summaries)
    const shown = found.slice(0, limit)
    const rows = await this.papers.rows(shown.map(([number]) => number))
    const papers = shown.map(([number, score], at) => ({ key: rows[at][0], row: rows[at], score, marks: search.marks(number) }))
    const themes = await this.findThemes(parts, words, ["near", "any", "none"].includes(attempt))
    return { papers, themes, numbers: found.map(([number]) => number), attempt, identifier: null }
  }

  // The paper of an identifier, without the engine: one file says it.
  async identify(text) {
    const [[kind, value] = []] = identifiersIn(text)
    if (!kind) return null
    const name = `${kind}:${value}`
    const file = await this.load(`i${crc32(name) % rules.ids}.txt`)
    const line = file.split("\n").find((one) => one.startsWith(`${name}\t`))
    const [, key = null, title, year] = line?.split("\t") ?? []
    return { kind, value, key, title, year }
  }

  // Questions, terms and the editors' pages by words, as {address, title, page, text, marks}.
  async guides(text, { limit = 5 } = {}) {
    const words = asked(text)
    if (!words.length) return []
    await this.open()
    this.read ??= this.load("guides.json").then((rows) => [rows, new Few(rows.map(([, title, page, say]) => [
      ["title", tokens(title)], ["themes", tokens(page)], ["tldr", tokens(say)],
    ]))]).catch((error) => {
      this.read = undefined
      throw error
    })
    const [rows, source] = await this.read
    const search = new Search(source, this.parts(words, unfinished(text)), words, source.size, new Map())
    await search.neighbors()
    const found = await search.ranked(["head"], Math.ceil(search.parts.length / 2))
    const most = Math.max(0, ...found.map(([, , has]) => has))
    return found.filter(([, , has]) => has === most).slice(0, limit).map(([number]) => {
      const [address, title, page, say] = rows[number]
      return { address, title, page, text: say, marks: search.marks(number) }
    })
  }

  // What is asked, part by part: a word, or a run of words that the glossary has other words for.
  parts(words, open) {
    const parts = []
    for (let at = 0; at < words.length;) {
      const [phrase, others] = this.phrases.find(([one]) => one.every((word, place) => words[at + place] === word)) ?? []
      const length = phrase ? phrase.length : 1
      const own = words.slice(at, at + length)
      parts.push({ words: own, others: others ?? [], unfinished: !phrase && open && at + length === words.length })
      at += length
    }
    return parts
  }

  async findThemes(parts, words, loosely) {
    const search = new Search(this.themes, parts, words, this.meta.themes.length, new Map())
    const named = await search.named(loosely)
    return named.map(([number]) => {
      const [path, title, papers] = this.meta.themes[number]
      return { path, title, papers }
    })
  }
}

// One query of one source.
class Search {
  constructor(source, parts, words, size, titles) {
    Object.assign(this, { source, parts, words, size, titles })
    this.hits = new Map() // "head0" → what part 0 found in head
  }

  // What a part finds in a dictionary: a list of [terms, postings, factor].
  async hitsOf(name, at) {
    const known = `${name}${at}`
    if (!this.hits.has(known)) this.hits.set(known, await this.look(name, this.parts[at]))
    return this.hits.get(known)
  }

  async look(name, { words, others, unfinished }) {
    const found = []
    for (const [phrase, factor] of [[words, 1], ...others.map((other) => [other, rules.alternative])]) {
      const each = []
      for (const word of phrase) each.push(await this.source.exact(name, word))
      if (each.every((one) => one.length)) found.push([phrase, together(each.map(([[, postings]]) => postings)), factor])
    }
    const [word] = words
    if (unfinished && [...word].length >= rules.prefix.letters) {
      for (const [term, postings, factor] of await this.source.starting(name, word)) found.push([[term], postings, factor])
    }
    return found
  }

  // The same for words that as typed find nothing.
  async addNear(name) {
    for (let at = 0; at < this.parts.length; at += 1) {
      if ((await this.hitsOf("head", at)).length || (name === "text" && (await this.hitsOf("text", at)).length)) continue
      const { words: [word], others, unfinished } = this.parts[at]
      if (others.length) continue
      const near = await this.source.near("head", word, unfinished)
      this.hits.set(`head${at}`, near.map(([term, postings, factor]) => [[term], postings, factor]))
    }
  }

  // Two neighboring words as one term, or as a name: its papers count as having both.
  async neighbors() {
    this.pairs = []
    if (this.words.length > rules.neighbors.words) return
    for (let at = 0; at + 1 < this.parts.length; at += 1) {
      const [one, two] = [this.parts[at].words, this.parts[at + 1].words]
      if (one.length > 1 || two.length > 1) continue
      for (const term of [`${one[0]}${two[0]}`, `${two[0]},${one[0]}`, `${one[0]},${two[0]}`]) {
        for (const [, { papers, levels }] of await this.source.exact("head", term)) {
          // A name counts fully, however many authors the paper has.
          this.pairs.push([at, term, { papers, levels: term.includes(",") ? levels.map(() => 15) : levels }])
        }
      }
    }
  }

  async run(summaries) {
    if (this.words.length >= rules.long.words && this.source instanceof Shards) return this.runLong()
    await this.neighbors()
    const count = this.parts.length
    const most = count - 1
    const attempts = [
      ["all", ["head"], count], ["most", ["head"], count >= 5 ? most : Infinity], ["text", ["head", "text"], count],
      ["text-most", ["head", "text"], count >= 4 ? most : Infinity],
    ]
    for (const [attempt, names, wanted] of attempts) {
      if (wanted === Infinity || (summaries && names.length < 2)) continue
      const found = await this.ranked(names, wanted)
      if (found.length) return { attempt, found }
    }
    await this.addNear("text")
    const near = await this.ranked(["head", "text"], count)
    if (near.length) return { attempt: "near", found: near }
    const any = await this.ranked(["head", "text"], 1)
    return { attempt: any.length ? "any" : "none", found: any }
  }

  // The papers that have at least so many of the parts, best first, as [number, score, parts that it has].
  async ranked(names, wanted, chosen = this.parts.keys()) {
    const papers = new Map() // number → [score, bits of the parts]
    for (const at of chosen) {
      const best = new Map()
      for (const name of names) {
        for (const [, postings, factor] of await this.hitsOf(name, at)) {
          postings.papers.forEach((number, place) => {
            const value = postings.levels[place] * factor
            if (value > (best.get(number) ?? 0)) best.set(number, value)
          })
        }
      }
      const weight = this.rarity(best.size)
      for (const [number, value] of best) {
        const one = papers.get(number) ?? papers.set(number, [0, 0, []]).get(number)
        one[0] += weight * value
        one[1] |= 1 << at
        one[2][at] = weight * value
      }
    }
    for (const [at, , postings] of this.pairs ?? []) {
      const weight = this.rarity(postings.papers.length)
      postings.papers.forEach((number, place) => {
        const one = papers.get(number) ?? papers.set(number, [0, 0, []]).get(number)
        const both = weight * postings.levels[place]
        const apart = (one[2][at] ?? 0) + (one[2][at + 1] ?? 0)
        one[0] += Math.max(0, both - apart) + both * rules.neighbors.more
        one[1] |= 3 << at
      })
    }
    const found = []
    for (const [number, [score, bits]] of papers) if (ones(bits) >= wanted) found.push([number, score, ones(bits)])
    return found.sort((a, b) => b[1] - a[1] || a[0] - b[0])
  }

  rarity(found) {
    return Math.log(1 + (this.size - found + 0.5) / (found + 0.5))
  }

  // A long query of an index in pieces: its longest words say which papers come into question, their rows the rest.
  async runLong() {
    const { asked: most, papers: few } = rules.long
    const longest = [...this.parts.keys()].sort((a, b) => letters(this.parts[b]) - letters(this.parts[a]) || a - b).slice(0, most)
    for (const [attempt, names] of [["all", ["head"]], ["text", ["head", "text"]]]) {
      for (const missing of [0, 1]) {
        const found = await this.ranked(names, longest.length - missing, longest)
        if (!found.length) continue
        if (names.length > 1) return { attempt: missing ? "text-most" : attempt, found }
        const checked = found.length <= few ? await this.checked(found, longest) : found
        if (checked.length) return { attempt: missing || checked.some(([, , , lost]) => lost) ? "most" : attempt, found: checked }
      }
    }
    await this.addNear("text")
    const near = await this.ranked(["head", "text"], longest.length, longest)
    if (near.length) return { attempt: "near", found: near }
    const any = await this.ranked(["head", "text"], 1, longest)
    return { attempt: any.length ? "any" : "none", found: any }
  }

  // Of some papers those whose rows have all words, but for one at most.
  async checked(found, longest) {
    const rest = [...this.parts.keys()].filter((at) => !longest.includes(at))
    const rows = await this.source.rows(found.map(([number]) => number))
    const weight = this.rarity(1)
    return found.map(([number, score, has], place) => {
      const words = new Set(fieldsOf(rows[place], this.titles).flatMap(([, list]) => list))
      const lost = rest.filter((at) => !hasPart(words, this.parts[at])).length
      return [number, score + weight * (rest.length - lost), has, longest.length - has + lost]
    }).filter(([, , , lost]) => lost <= 1).sort((a, b) => a[3] - b[3] || b[1] - a[1] || a[0] - b[0])
  }

  // The terms by which a paper was found.
  marks(number) {
    const terms = new Set()
    for (const list of this.hits.values()) {
      for (const [words, postings] of list) if (postings.papers.includes(number)) words.forEach((word) => terms.add(word))
    }
    for (const [at, term, postings] of this.pairs ?? []) {
      if (postings.papers.includes(number)) [term, ...this.parts[at].words, ...this.parts[at + 1].words].forEach((one) => terms.add(one))
    }
    return [...terms]
  }

  // The themes that the words name; where none has all words, those few that have most.
  async named(loosely) {
    await this.neighbors()
    const count = this.parts.length
    let found = await this.ranked(["head"], count)
    if (!found.length && loosely) {
      await this.addNear("head")
      found = await this.ranked(["head"], count)
    }
    if (found.length) return found.slice(0, rules.themes.most)
    found = await this.ranked(["head"], 1)
    const most = Math.max(0, ...found.map(([, , has]) => has))
    return found.filter(([, , has]) => has === most).slice(0, rules.themes.partly)
  }
}

// Whether the last word of a text may be the beginning of one.
const unfinished = (text) => !/[\s.,;]$/.test(text)

const letters = ({ words }) => words.reduce((sum, word) => sum + word.length, 0)

const hasPart = (words, { words: own, others, unfinished }) =>
  [own, ...others].some((phrase) => phrase.every((word) => words.has(word)))
  || (unfinished && [...words].some((word) => word.startsWith(own[0])))

const ones = (bits) => {
  let count = 0
  for (let rest = bits; rest; rest &= rest - 1) count += 1
  return count
}

// The papers that have several terms, with the mean of their levels.
const together = (lists) => {
  if (lists.length === 1) return lists[0]
  const sums = new Map()
  lists.forEach(({ papers, levels }, at) => papers.forEach((number, place) => {
    const [has, sum] = sums.get(number) ?? [0, 0]
    if (has === at) sums.set(number, [has + 1, sum + levels[place]])
  }))
  const all = [...sums].filter(([, [has]]) => has === lists.length)
  return { papers: all.map(([number]) => number), levels: all.map(([, [, sum]]) => sum / lists.length) }
}
