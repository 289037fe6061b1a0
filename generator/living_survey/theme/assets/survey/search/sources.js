// Where the engine gets terms and rows from: whole records, of which it makes the index itself, or pieces of an index
// that was made with the site. Both have `exact`, `starting` and `near` for a dictionary, "head" or "text", and `rows`.
// What is found is a list of [term, {papers, levels}, factor].

import rules from "./rules.js"
import { levels, nameTokens, tokens } from "./tokens.js"

// Most words are typed right: what looks for others is loaded when one is not.
const misspelled = () => import("./near.js")

const prefixFactor = (word, term) => rules.prefix.least + rules.prefix.more * word.length / term.length

// The place of the first entry of a sorted list that does not go before a text.
const placeOf = (list, text) => {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle] < text) low = middle + 1
    else high = middle
  }
  return low
}

// An index in memory.
class Dictionary {
  constructor() {
    this.found = new Map()
  }

  add(number, terms) {
    for (const [term, level] of terms) {
      let one = this.found.get(term)
      if (!one) this.found.set(term, one = { papers: [], levels: [] })
      one.papers.push(number)
      one.levels.push(level)
    }
  }

  get terms() {
    this.sorted ??= [...this.found.keys()].sort()
    return this.sorted
  }

  exact(word) {
    const one = this.found.get(word)
    return one ? [[word, one, 1]] : []
  }

  starting(word) {
    const found = []
    for (let at = placeOf(this.terms, word); at < this.terms.length && found.length < rules.prefix.terms; at += 1) {
      const term = this.terms[at]
      if (!term.startsWith(word)) break
      if (term !== word && !term.includes(",")) found.push([term, this.found.get(term), prefixFactor(word, term)])
    }
    return found
  }

  async near(word, unfinished) {
    const { nearest } = await misspelled()
    return nearest(word, this.terms, unfinished).map(([term, factor]) => [term, this.found.get(term), factor])
  }
}

// The words of a paper's row by fields; with its sentence and attributes.
export const fieldsOf = (row, themes) => {
  const [, title, short, authors, year, venue, paths, attributes, tldr] = row
  const lines = new Set(paths.flatMap((path) => path.split("/").map((_, at, parts) => parts.slice(0, at + 1).join("/"))))
  return [
    ["short", tokens(short)], ["title", tokens(title)], ["authors", authors.flatMap(nameTokens)],
    ["themes", [...lines].flatMap((path) => tokens(themes.get(path) ?? ""))], ["venue", tokens(venue)], ["year", [year]],
    ["attributes", tokens(attributes)], ["tldr", tokens(tldr)],
  ]
}

class InMemory {
  async exact(name, word) {
    return (await this.dictionary(name)).exact(word)
  }

  async starting(name, word) {
    return (await this.dictionary(name)).starting(word)
  }

  async near(name, word, unfinished) {
    return (await this.dictionary(name)).near(word, unfinished)
  }
}

export class Records extends InMemory {
  constructor(load, themes) {
    super()
    this.load = load
    this.themes = themes
  }

  async open() {
    this.all ??= this.load("records.json").then((rows) => {
      const head = new Dictionary()
      rows.forEach((row, number) => head.add(number, levels(fieldsOf(row, this.themes))))
      this.head = head
      return rows
    }).catch((error) => {
      this.all = undefined
      throw error
    })
    return this.all
  }

  async dictionary(name) {
    await this.open()
    if (name === "head") return this.head
    this.summaries ??= this.load("texts.json").then((texts) => {
      const text = new Dictionary()
      texts.forEach((one, number) => text.add(number, [...new Set(tokens(one))].map((word) => [word, 1])))
      return text
    }).catch((error) => {
      this.summaries = undefined
      throw error
    })
    return this.summaries
  }

  async rows(numbers) {
    const rows = await this.open()
    return numbers.map((number) => rows[number])
  }
}

// A few things as a source of their own: what is found are places in their list. `fieldsOfEach` are their words by fields.
export class Few extends InMemory {
  constructor(fieldsOfEach) {
    super()
    this.head = new Dictionary()
    fieldsOfEach.forEach((fields, number) => this.head.add(number, levels(fields)))
    this.size = fieldsOfEach.length
  }

  async dictionary(name) {
    return name === "head" ? this.head : new Dictionary()
  }
}

export class Shards {
  constructor(load, meta) {
    this.load = load
    this.meta = meta
    this.files = new Map()
  }

  // A file, asked for once; again if it failed.
  file(name) {
    if (!this.files.has(name)) {
      this.files.set(name, this.load(name).catch((error) => {
        this.files.delete(name)
        throw error
      }))
    }
    return this.files.get(name)
  }

  // A piece of a dictionary as {text, terms}: the postings of a term are read when they are asked for.
  async piece(letter, at) {
    const text = await this.file(`${letter}${at}.txt`)
    this.cut ??= new Map()
    const name = `${letter}${at}`
    if (!this.cut.has(name)) {
      const lines = text.split("\n").slice(0, -1)
      this.cut.set(name, { lines, terms: lines.map((line) => line.slice(0, (line.indexOf("\t") + 1 || line.length + 1) - 1)) })
    }
    return this.cut.get(name)
  }

  pieceOf(letter, word) {
    const firsts = this.meta[letter]
    const at = placeOf(firsts, word)
    return firsts[at] === word ? at : Math.max(0, at - 1)
  }

  postings(line) {
    const [, steps, marks] = line.split("\t")
    let number = 0
    const papers = steps.split(",").map((step) => (number += Number(step)))
    return { papers, levels: marks ? Array.from(marks, (mark) => parseInt(mark, 16)) : papers.map(() => 1) }
  }

  async exact(name, word) {
    const letter = name[0]
    if (!this.meta[letter].length) return []
    const { lines, terms } = await this.piece(letter, this.pieceOf(letter, word))
    const at = placeOf(terms, word)
    return terms[at] === word ? [[word, this.postings(lines[at]), 1]] : []
  }

  async starting(name, word) {
    const letter = name[0]
    const firsts = this.meta[letter]
    if (!firsts.length) return []
    const first = this.pieceOf(letter, word)
    const found = []
    for (let at = first; at < Math.min(first + 2, firsts.length); at += 1) {
      if (at > first && !firsts[at].startsWith(word)) break
      const { lines, terms } = await this.piece(letter, at)
      for (let place = placeOf(terms, word); place < terms.length && found.length < rules.prefix.terms; place += 1) {
        const term = terms[place]
        if (!term.startsWith(word)) break
        if (term !== word && !term.includes(",")) found.push([term, this.postings(lines[place]), prefixFactor(word, term)])
      }
    }
    return found
  }

  // Near words: those of the same piece, and, for slips in the first letters, of the dictionary that is spelled backward.
  async near(name, word, unfinished) {
    const letter = name[0]
    if (!this.meta[letter].length) return []
    const here = await this.piece(letter, this.pieceOf(letter, word))
    const { nearest } = await misspelled()
    const near = nearest(word, here.terms, unfinished)
    if (name === "head" && this.meta.b.length) {
      const turned = [...word].reverse().join("")
      const { terms } = await this.piece("b", this.pieceOf("b", turned))
      const back = nearest(turned, terms, false).slice(0, rules.near.backward)
      near.push(...back.map(([term, factor]) => [[...term].reverse().join(""), factor]))
    }
    const best = Math.max(0, ...near.map(([, factor]) => factor))
    const chosen = new Map(near.filter(([, factor]) => factor === best))
    const found = []
    for (const [term, factor] of chosen) {
      for (const [, postings] of await this.exact(name, term)) found.push([term, postings, factor])
    }
    return found
  }

  async rows(numbers) {
    const { block } = this.meta
    const blocks = [...new Set(numbers.map((number) => Math.floor(number / block)))]
    const read = new Map(await Promise.all(blocks.map(async (at) => [at, await this.file(`d${at}.json`)])))
    return numbers.map((number) => read.get(Math.floor(number / block))[number % block])
  }
}
