// Papers, themes and pages by words.

import rules from "./rules.js"
import { Query } from "./query.js"
import { Few, Records, Shards } from "./sources.js"
import { asked, tokens } from "./tokens.js"

// Whether the last word of a text may be the beginning of one.
const unfinished = (text) => !/[\s.,;]$/.test(text)

export class Lookup {
  constructor(load, meta) {
    const titles = new Map(meta.themes)
    const groups = meta.groups.map((names) => names.map(asked).filter((words) => words.length))
    const phrases = groups.flatMap((names) => names.map((words) => [words, names.filter((other) => other !== words)]))
    this.phrases = phrases.sort((a, b) => b[0].length - a[0].length)
    this.papers = meta.block ? new Shards(load, meta) : new Records(load, titles)
    this.themes = new Few(meta.themes.map(([path, title]) => [["short", tokens(path.split("/").at(-1))], ["title", tokens(title)]]))
    Object.assign(this, { load, meta, titles })
  }

  async find(text, empty, limit, summaries) {
    const words = asked(text)
    if (!words.length) return empty
    const parts = this.parts(words, unfinished(text))
    const query = new Query(this.papers, parts, words, this.meta.n, this.titles)
    const { attempt, found } = await query.run(summaries)
    const shown = found.slice(0, limit)
    const rows = await this.papers.rows(shown.map(([number]) => number))
    const papers = shown.map(([number, score], at) => ({ key: rows[at][0], row: rows[at], score, marks: query.marks(number) }))
    const themes = await this.findThemes(parts, words, ["near", "any", "none"].includes(attempt))
    return { ...empty, papers, themes, numbers: found.map(([number]) => number), attempt }
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
    const query = new Query(this.themes, parts, words, this.themes.size, new Map())
    return (await query.named(loosely)).map(([number]) => {
      const [path, title, papers] = this.meta.themes[number]
      return { path, title, papers }
    })
  }

  async guides(text, limit) {
    const words = asked(text)
    if (!words.length) return []
    this.read ??= this.load("guides.json").then((rows) => [rows, new Few(rows.map(([, title, page, says]) => [
      ["title", tokens(title)], ["themes", tokens(page)], ["tldr", tokens(says)],
    ]))]).catch((error) => {
      this.read = undefined
      throw error
    })
    const [rows, source] = await this.read
    const query = new Query(source, this.parts(words, unfinished(text)), words, source.size, new Map())
    await query.neighbors()
    const found = await query.ranked(["head"], Math.ceil(query.parts.length / 2))
    const most = Math.max(0, ...found.map(([, , has]) => has))
    return found.filter(([, , has]) => has === most).slice(0, limit).map(([number]) => {
      const [address, title, page, says] = rows[number]
      return { address, title, page, text: says, marks: query.marks(number) }
    })
  }
}
