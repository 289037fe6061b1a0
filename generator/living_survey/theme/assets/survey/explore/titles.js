// Stands in for the survey's search engine: the papers whose entries have all words that are typed, in their order.
import { Papers } from "./data.js"

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
const wordsOf = (text) => folded(text).match(/[\p{L}\p{N}]+/gu) ?? []

export const openEngine = async (base) => {
  const papers = new Papers(base)
  return {
    async find(text) {
      const words = wordsOf(text)
      const { keys } = await papers.keys()
      const entries = await papers.entries(keys.map((_, number) => number))
      const found = keys.filter((_, number) => {
        const own = wordsOf(entries[number].textContent)
        return words.every((word) => own.some((one) => one.startsWith(word)))
      })
      return {
        papers: words.length ? found.map((key) => ({ key, row: [], score: 1, marks: words })) : [],
        themes: [], attempt: found.length ? "all" : "none", identifier: null,
      }
    },
  }
}

// A text in pieces, each with whether it is marked.
export const marked = (text, marks) =>
  text.split(/([\p{L}\p{N}\p{M}]+)/u).filter(Boolean).map((piece) => [piece, marks.some((mark) => folded(piece).startsWith(mark))])
