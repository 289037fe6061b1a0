// Text as the generator sees it: what counts as white space, how paragraphs part, how letters are written in ASCII.

// Python's white space, which is not quite JavaScript's.
const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"
const spaces = new RegExp(`[${SPACE}]+`, "gu")
const blank = new RegExp(`\\n[${SPACE}]*\\n`, "u")
const ends = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gu")

// The words of a text with one space between them.
export const fold = (text) => String(text).replace(spaces, " ").replace(/^ | $/g, "")

export const words = (text) => fold(text).split(" ").filter(Boolean)

// How many words a sentence has; an expression is one, since what it yields is not known here.
export const countWords = (text) => words(fold(text).replace(/\{\{[^{}]*\}\}/gu, "0")).length

export const trim = (text) => String(text).replace(ends, "")

// Paragraphs part at empty lines.
export const paragraphs = (text) => trim(text).split(blank).map(fold)

export const length = (text) => [...text].length

// Equal whatever the case: "ß" and "SS" are.
export const caseless = (text) => text.toUpperCase().toLowerCase()

// The first characters of a text, for a message.
export const short = (text) => (length(text) > 80 ? `${[...text].slice(0, 80).join("")}…` : text)

// The day on the reader's clock, as paper files write it.
export const today = () => {
  const now = new Date()
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-")
}

// Text in ASCII, and whether a letter was left out because this page knows no way to write it.
export const toAscii = (text, { letters, blocks }) => {
  let ascii = ""
  let unknown = false
  for (const character of text.normalize("NFC")) {
    const code = character.codePointAt(0)
    if (code < 128) ascii += character
    else if (Object.hasOwn(letters, character)) ascii += letters[character]
    else if (/\p{M}/u.test(character)) continue
    else if (blocks.some(({ start, end }) => code >= start && code < end)) {
      ascii += [...character.normalize("NFKD")].filter((part) => part < "\x80").join("") || " "
    } else {
      ascii += " "
      unknown = true
    }
  }
  return { ascii, unknown }
}
