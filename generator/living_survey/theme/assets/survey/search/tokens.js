// Cuts a text into words as the search compares them: folded, without plurals, in one spelling. The generator does the
// same with the same rules, `generator/living_survey/search/tokens.py`; tests run shared cases through both.

import rules from "./rules.js"

const own = (table, name, other) => (Object.hasOwn(table, name) ? table[name] : other)
const pairs = (list) => list.map(([pattern, spelled]) => [new RegExp(pattern), spelled])
const stop = new Set(rules.stop)
const plural = pairs(rules.plural)
const endings = pairs(rules.endings)
const joints = new RegExp(rules.joined)
const plain = /[a-z0-9]+(?:[-._/+'][a-z0-9]+)*/g
const alone = `[${rules.alone}\\u{20000}-\\u{3ffff}]`
const letters = `(?:(?!${alone})[\\p{L}\\p{N}])+`
const any = new RegExp(`${alone}|${letters}(?:${rules.joined}${letters})*`, "gu")
const cut = new Map() // run → its words; the same runs stand in text after text

// A text in lower case without accents, ligatures and the like.
export const folded = (text) => Array.from(
  text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]/g, ""), (letter) => own(rules.letters, letter, letter),
).join("").normalize("NFC")

const spelled = (part) => {
  if (!/^[a-z]{4,}$/.test(part)) return part
  for (const [pattern, instead] of plural) part = part.replace(pattern, instead)
  let word = own(rules.whole, part, part)
  for (const [pattern, instead] of endings) word = word.replace(pattern, instead)
  return word
}

// The parts of a run; a Greek letter that stands alone by its name.
const split = (run) => run.replace(/'s$/, "").split(joints).map((part) => own(rules.greek, part, part))

const ofRun = (run) => {
  let words = cut.get(run)
  if (words) return words
  const parts = split(run)
  words = parts.filter((part) => !stop.has(part)).map(spelled)
  if (parts.length >= 2 && parts.length <= 4) words.push(spelled(parts.join("")))
  cut.set(run, words)
  return words
}

// The runs of letters and digits of a text, folded.
const runs = (text) => {
  const plainText = /^[\x00-\x7f]*$/.test(text)
  return (plainText ? text.toLowerCase() : folded(text)).match(plainText ? plain : any) ?? []
}

// The words of a text, in its order; a run such as "Reed-Warbler" gives its parts and the whole.
export const tokens = (text) => runs(text).flatMap(ofRun)

// The words of a text without those that runs give as a whole.
const parts = (text) => runs(text).flatMap(split).filter((part) => !stop.has(part)).map(spelled)

// The words that somebody asks for, each once.
export const asked = (text) => [...new Set(parts(text))].slice(0, rules.words)

// The words of an author's name, and what finds the name as a whole: "jin,xin", "dipenta".
export const nameTokens = (name) => {
  const at = name.lastIndexOf("\t")
  const [given, family] = at < 0 ? ["", name] : [name.slice(0, at), name.slice(at + 1)]
  const [ofFamily, words, [first]] = [parts(family), tokens(family), parts(given)]
  const whole = ofFamily.join("")
  const more = ofFamily.length > 1 && !words.includes(whole) ? [whole] : []
  return [...tokens(given), ...words, ...more, ...(whole && first ? [`${whole},${first}`] : [])]
}

const share = (field, length) => {
  const [weight, usual] = rules.fields[field]
  return weight * 1.6 / (1 + 0.6 * (0.5 + 0.5 * length / usual))
}

// The level of each term of a paper, from 1 to 15. `fields` has [name, words], in the order of the rules.
export const levels = (fields) => {
  const sums = new Map()
  for (const [field, words] of fields) {
    if (!words.length) continue
    const part = share(field, words.length)
    for (const word of new Set(words)) sums.set(word, (sums.get(word) ?? 0) + part)
  }
  for (const [word, sum] of sums) sums.set(word, Math.min(15, Math.max(1, Math.floor(sum * 2 + 0.5))))
  return sums
}
