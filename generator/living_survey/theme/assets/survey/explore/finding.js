// What is typed into the field of the list, as papers by their numbers: by the survey's search engine.
import { openEngine } from "../search/engine.js"

export { marked } from "../search/marked.js"

const TELLING = 10 // the best papers say which words are to be marked; more would have to be fetched

let opening = null

// { numbers: [number], best first; marks: the words to mark; themes, attempt, identifier as the engine has them }.
export const found = async (text, root, papers) => {
  opening ??= openEngine(root).catch((error) => {
    opening = null
    throw error
  })
  const [engine, { numbers: byKey, added }] = await Promise.all([opening, papers.keys()])
  const { papers: best, numbers, themes, attempt, identifier } = await engine.find(text, { limit: TELLING })
  const known = numbers.length ? numbers.map((one) => added[one]) : best.map(({ key }) => byKey.get(key))
  return {
    numbers: known.filter((one) => one !== undefined), marks: [...new Set(best.flatMap(({ marks }) => marks))],
    themes, attempt, identifier,
  }
}
