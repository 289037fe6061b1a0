import { tokens } from "./tokens.js"

// A text in pieces [text, whether it is one of the words to be marked], for display: the words are those of a result's
// `marks`. Runs are found in the text as it stands, so that what is shown is the text itself.
export const marked = (text, marks) => {
  const wanted = new Set(marks)
  const pieces = []
  const put = (piece, on) => {
    if (!piece) return
    if (pieces.length && pieces.at(-1)[1] === on) pieces.at(-1)[0] += piece
    else pieces.push([piece, on])
  }
  let end = 0
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}\p{M}]+(?:[-._/+'’\u2011][\p{L}\p{N}\p{M}]+)*/gu)) {
    put(text.slice(end, index), false)
    end = index + word.length
    const parts = word.split(/([-._/+'’\u2011])/)
    const whole = tokens(word)
    if (parts.length > 1 && whole.length && wanted.has(whole.at(-1))) put(word, true)
    else for (const part of parts) put(part, tokens(part).some((one) => wanted.has(one)))
  }
  put(text.slice(end), false)
  return pieces
}
