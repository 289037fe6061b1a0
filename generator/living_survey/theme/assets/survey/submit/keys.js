// Citation keys as the generator makes them: first author, year, first word of the title that says something.

import { toAscii, words } from "./text.js"

// The key of a new paper; empty where a letter that decides cannot be written in ASCII here.
//
// survey: key, letters and blocks of /api/form.json; reserved: names that no key may be; taken: says whether one is.
export const newKey = (author, year, title, { survey, reserved, taken }) => {
  const plain = (text) => {
    const { ascii, unknown } = toAscii(text.normalize("NFC"), survey)
    return { text: ascii.toLowerCase().replace(/[^a-z0-9]/g, ""), unknown }
  }
  const first = plain(author.team ? (words(author.team)[0] ?? "") : (author.family ?? ""))
  if (first.unknown) return ""
  const who = /^[a-z]/.test(first.text) ? first.text : `x${first.text}`
  const all = title.split(new RegExp(survey.key.between, "u")).map(plain)
  let telling = all.filter((word) => word.unknown || (/[a-z]/.test(word.text) && !survey.key.stop.includes(word.text)))
  if (!telling.length) telling = all.filter((word) => word.text)
  const free = (word) => {
    const key = `${who.slice(0, 30)}${year}${word}`.slice(0, survey.key.longest)
    return !reserved.includes(key) && !taken(key) ? key : ""
  }
  for (const word of telling) {
    if (word.unknown) return ""
    const key = free(word.text)
    if (key) return key
  }
  const start = telling[0]?.text ?? "untitled"
  for (let number = 2; number < 10_000; number += 1) {
    const key = free(`${start}${number}`)
    if (key) return key
  }
  return ""
}
