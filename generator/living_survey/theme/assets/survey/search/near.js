// Words that were typed wrong: how far two words are from each other, and which terms are near enough.

import rules from "./rules.js"

// How many slips are forgiven in a word: a letter wrong, missing, too many, or changed with its neighbor.
export const forgiven = (word) => {
  if (word.length < rules.near.none_below) return 0
  return word.length < rules.near.two_from || /\d/.test(word) ? 1 : 2
}

const digits = (word) => word.replace(/\D/g, "")

// The distance of a typed word from a term, and from the nearest beginning of it; more than `most` counts as Infinity.
export const distance = (typed, term, most) => {
  const width = term.length
  if (width < typed.length - most) return [Infinity, Infinity]
  const last = Math.min(width, typed.length + most)
  let [two, one] = [null, Array.from({ length: last + 1 }, (_, place) => place)]
  for (let i = 1; i <= typed.length; i += 1) {
    const row = [i]
    let least = i
    for (let j = 1; j <= last; j += 1) {
      const same = typed[i - 1] === term[j - 1]
      row[j] = Math.min(one[j] + 1, row[j - 1] + 1, one[j - 1] + (same ? 0 : 1))
      if (two && j > 1 && typed[i - 1] === term[j - 2] && typed[i - 2] === term[j - 1]) row[j] = Math.min(row[j], two[j - 2] + 1)
      least = Math.min(least, row[j])
    }
    if (least > most) return [Infinity, Infinity];
    [two, one] = [one, row]
  }
  const whole = last === width ? one[last] : Infinity
  const beginning = Math.min(...one.slice(Math.max(0, typed.length - most)))
  return [whole <= most ? whole : Infinity, beginning <= most ? beginning : Infinity]
}

// Of some terms those nearest to a typed word, as [term, factor]; beginnings of terms too, if the word is not finished.
export const nearest = (typed, terms, unfinished) => {
  const most = forgiven(typed)
  if (!most) return []
  const wanted = digits(typed)
  let [best, found] = [Infinity, []]
  for (const term of terms) {
    if (term.length < rules.near.none_below - 1 || term.includes(",")) continue
    let [whole, beginning] = distance(typed, term, most)
    if (whole !== Infinity && digits(term) !== wanted) whole = Infinity
    if (!unfinished || (beginning !== Infinity && digits(term.slice(0, typed.length)) !== wanted)) beginning = Infinity
    const far = Math.min(whole, beginning + 0.5)
    if (far === Infinity || far > best) continue
    if (far < best) [best, found] = [far, []]
    found.push(term)
  }
  const factor = (best < 2 ? rules.near.one : rules.near.two) * (best % 1 ? rules.near.beginning : 1)
  return found.map((term) => [term, factor])
}
