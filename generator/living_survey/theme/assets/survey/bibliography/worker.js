// Reads and matches in a thread of its own, so that the page answers however long a bibliography is. The files stay here:
// only the survey's own data is fetched.

import { load } from "../select/data.js"
import { makeIds } from "./ids.js"
import { compareWith, makeMatcher } from "./match.js"
import { decode, readText } from "./read.js"

onmessage = async ({ data: files }) => {
  try {
    const [known, form] = await Promise.all([load("take/known.json"), load("api/form.json")])
    const ids = makeIds(known.patterns)
    const [records, refused, strange] = [[], [], []]
    for (const { name, bytes } of files) {
      const found = readText(name, decode(bytes), ids)
      if (!found) {
        strange.push(name)
        continue
      }
      records.push(...found.records.map((record) => ({ ...record, file: name })))
      refused.push(...found.refused.map((one) => ({ ...one, file: name })))
    }
    const result = compareWith(makeMatcher(known, form), records, (done) => postMessage({ done, total: records.length }))
    postMessage({ result: { ...result, refused, strange, total: records.length, themes: known.themes, unfiled: known.unfiled } })
  } catch (error) {
    postMessage({ error: String(error) })
  }
}
