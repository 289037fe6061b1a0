// The citation key, made from the fields until somebody types one.

import { check } from "./check.js"
import { makeFields } from "./fields.js"
import { Group } from "./fields/group.js"
import { newKey } from "./keys.js"
import { label } from "./labels.js"

const wrong = (message, hint) => [{ path: ["key"], message, hint }]

// Returns { nodes, field, read, problems }: `problems` takes the data of the other fields and says what is wrong with the key.
export const makeKey = ({ schema, survey, ownKey, needed }) => {
  const holder = new Group()
  const rules = { ...schema.properties.key, title: label("key.title"), description: label("key.help") }
  const nodes = makeFields(holder, rules, ["key"], { schema, survey, needed })
  const field = holder.fields[0]
  let typed = false
  field.node.addEventListener("input", () => { typed = Boolean(field.read()) })
  const taken = (name) => Boolean(survey.keys?.has(name.toLowerCase()))

  const problems = (data) => {
    if (ownKey) return []
    const author = data.authors?.[0]
    const ready = (author?.family || author?.team) && /^\d{4}$/.test(data.year ?? "") && data.title
    if (!typed) {
      const reserved = schema.properties.key["x-reserved"]
      field.write(ready ? newKey(author, data.year, data.title, { survey, reserved, taken }) : undefined)
    }
    const key = field.read()
    if (!key && !ready) return wrong(label("key.incomplete"), label("key.fill_in"))
    if (!key) return wrong(label("key.letters"), label("key.type_one"))
    if (taken(key)) return wrong(label("key.taken", { key }), label("key.other_word"))
    const found = check({ ...schema, required: [] }, { key }, { ...survey, required: [] })
    return found.filter((problem) => problem.path[0] === "key")
  }
  return { nodes, field, read: () => ownKey || (field.read() ?? ""), problems }
}
