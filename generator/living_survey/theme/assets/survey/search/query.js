// One query of one source: which of its papers, or other things, have the words, and how well.

import rules from "./rules.js"
import { Shards, fieldsOf } from "./sources.js"

export class Query {
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
        const checked = found.length <= few ? await this.checked(found.slice(0, rules.long.read), longest) : found
        if (checked.length) return { attempt: missing || checked.some(([, , , lost]) => lost) ? "most" : attempt, found: checked }
      }
    }
    await this.addNear("text")
    const near = await this.ranked(["head", "text"], longest.length, longest)
    if (near.length) return { attempt: "near", found: near }
    const any = await this.ranked(["head", "text"], 1, longest)
    return { attempt: any.length ? "any" : "none", found: any }
  }

  // Of some papers those whose rows have all words, but for one, or one in so many: a slip at a hyphen spoils two.
  async checked(found, longest) {
    const rest = [...this.parts.keys()].filter((at) => !longest.includes(at))
    const rows = await this.source.rows(found.map(([number]) => number))
    const weight = this.rarity(1)
    return found.map(([number, score, has], place) => {
      const words = new Set(fieldsOf(rows[place], this.titles).flatMap(([, list]) => list))
      const lost = rest.filter((at) => !hasPart(words, this.parts[at])).length
      return [number, score + weight * (rest.length - lost), has, longest.length - has + lost]
    }).filter(([, , , lost]) => lost <= Math.max(1, Math.floor(this.parts.length / rules.long.wrong))).sort((a, b) => a[3] - b[3] || b[1] - a[1] || a[0] - b[0])
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
