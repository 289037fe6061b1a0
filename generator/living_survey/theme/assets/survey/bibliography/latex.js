// LaTeX as bibliographies use it, as text that can be read and compared: accents and letters, braces and commands off.

const ACCENTS = {
  "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
  u: "\u0306", v: "\u030c", H: "\u030b", c: "\u0327", k: "\u0328", d: "\u0323", b: "\u0331", r: "\u030a",
}
const LETTERS = {
  ss: "ß", ae: "æ", AE: "Æ", oe: "œ", OE: "Œ", o: "ø", O: "Ø", l: "ł", L: "Ł", aa: "å", AA: "Å", i: "ı", j: "ȷ",
  th: "þ", TH: "Þ", dh: "ð", DH: "Ð", alpha: "α", beta: "β", gamma: "γ", delta: "δ", epsilon: "ε", varepsilon: "ε",
  zeta: "ζ", eta: "η", theta: "θ", kappa: "κ", lambda: "λ", mu: "μ", nu: "ν", xi: "ξ", pi: "π", rho: "ρ", sigma: "σ",
  tau: "τ", phi: "φ", varphi: "φ", chi: "χ", psi: "ψ", omega: "ω", Gamma: "Γ", Delta: "Δ", Lambda: "Λ", Pi: "Π",
  Sigma: "Σ", Phi: "Φ", Psi: "Ψ", Omega: "Ω", times: "×", textbackslash: "\ue005", textasciitilde: "\ue004",
  textbraceleft: "\ue001", textbraceright: "\ue002", textdollar: "\ue003", textasciicircum: "^", textless: "<",
  textgreater: ">", textbar: "|", textendash: "–", textemdash: "—", texttimes: "×", textquotedblleft: "“",
  textquotedblright: "”", textquoteleft: "‘", textquoteright: "’", textquotesingle: "'",
}
// Escaped signs that mean something in LaTeX are held as characters of no text until the rest is read.
const ESCAPED = { "{": "\ue001", "}": "\ue002", $: "\ue003", "~": "\ue004", "\\": " " }
const HELD = { "\ue001": "{", "\ue002": "}", "\ue003": "$", "\ue004": "~", "\ue005": "\\" }
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"' }

const accented = (accent, letter) => {
  const base = { "\\i": "i", "\\j": "j" }[letter] ?? letter
  return (base + ACCENTS[accent]).normalize("NFC")
}

export const toText = (latex) => {
  if (!/[\\{}$~&]|--|``|''/.test(latex)) return tidy(latex)
  return tidy(latex
    .replace(/\\?&(amp|lt|gt|quot);/g, (_, name) => ENTITIES[name])
    .replace(/\\([`'^~"=.])\s*(?:\{\s*(\\[ij]|\p{L})\s*\}|(\\[ij](?![A-Za-z])|\p{L}))/gu, (_, accent, one, other) => accented(accent, one ?? other))
    .replace(/\\([uvHckdbr])(?:\s*\{\s*(\\[ij]|\p{L})\s*\}|\s+(\\[ij](?![A-Za-z])|\p{L}))/gu, (_, accent, one, other) => accented(accent, one ?? other))
    .replace(/\\([A-Za-z]+)(?:\s+|\{\})?/g, (_, name) => (Object.hasOwn(LETTERS, name) ? LETTERS[name] : ""))
    .replace(/\\([^A-Za-z])/g, (_, sign) => (/[\s,;:!]/.test(sign) ? " " : sign === "-" ? "" : (ESCAPED[sign] ?? sign)))
    .replace(/\$([^$]*)\$/g, (_, inner) => inner.replace(/[_^]/g, ""))
    .replace(/---?/g, (dashes) => (dashes.length > 2 ? "—" : "–"))
    .replace(/``|''/g, '"')
    .replace(/~/g, " ")
    .replace(/[{}]/g, "")
    .replace(/[\ue001-\ue005]/g, (held) => HELD[held]))
}

// A title without the elements that databases put into it; a lone < stays.
export const withoutElements = (text) => {
  const plain = text.replace(/<(i|b|u|em|strong|sub|sup|sc|span)\b[^<>]*>(.*?)<\/\1\s*>/gis, "$2")
  return plain === text ? tidy(text) : withoutElements(plain)
}

export const tidy = (text) => text.replace(/\s+/g, " ").trim()
