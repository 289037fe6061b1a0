// What is typed into the field of the list, as papers by their numbers: by the survey's search engine.
import { openEngine, marked } from "./titles.js"

export { marked }

let opening = null

// { numbers: [number], best first; marks: Map of number to the words to mark; themes, attempt, identifier }.
export const found = async (text, root, papers) => {
  opening ??= openEngine(root)
  opening.catch(() => { opening = null })
  const [engine, { numbers: ofKeys, added, keys }] = await Promise.all([opening, papers.keys()])
  const { papers: rows, numbers, themes, attempt, identifier } = await engine.find(text, { limit: 1 })
  const known = numbers?.length ? numbers.map((one) => added[one]) : rows.map(({ key }) => ofKeys.get(key))
  return {
    numbers: known.filter((one) => one !== undefined), themes, attempt, identifier,
    // The words of a paper that is shown are asked for by its place: an engine tells them for those that it is asked for.
    async marks(shown) {
      const { papers: best } = await engine.find(text, { limit: shown })
      return new Map(best.map(({ key, marks }) => [keys.indexOf(key), marks]))
    },
  }
}
