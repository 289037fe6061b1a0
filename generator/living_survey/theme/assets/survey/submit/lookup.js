// Crossref and DataCite: what each says of a paper, in the terms of a paper file, as `survey add` reads it.
//
// Nothing is sent before `ask` is called. Answers are somebody else's data: they become text and nothing else.

import { makeSettler } from "./names.js"
import { caseless, fold, isMapping, paragraphs } from "./text.js"

const SECONDS = 20
const LARGEST = 5_000_000
const ARXIV = String.raw`(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?`
const ARXIV_WAYS = new RegExp(
  String.raw`^(?:[Aa][Rr][Xx][Ii][Vv]:\s*|https?:\/\/(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf|html)\/)?${ARXIV}(?:\.pdf)?$`,
)
const CROSSREF_TYPES = {
  "journal-article": "article", "proceedings-article": "inproceedings", "book-chapter": "incollection", book: "book",
  monograph: "book", "edited-book": "book", proceedings: "proceedings", dissertation: "thesis", report: "report",
  "posted-content": "preprint", dataset: "dataset",
}
const DATACITE_TYPES = {
  JournalArticle: "article", ConferencePaper: "inproceedings", BookChapter: "incollection", Book: "book",
  Dissertation: "thesis", Report: "report", Preprint: "preprint", Dataset: "dataset", Software: "software",
}
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

// What somebody typed as an identifier: { service, doi, name }, or null. arXiv's own service answers no other sites;
// DataCite knows its papers under arXiv's DOIs.
export const identify = (text) => {
  const wanted = fold(text)
  const arxiv = ARXIV_WAYS.exec(wanted)?.[1] ?? /10\.48550\/arxiv\.(.+)$/i.exec(wanted)?.[1].replace(/v\d+$/, "")
  if (arxiv) return { service: "datacite", doi: `10.48550/arXiv.${arxiv}`, name: `arXiv ${arxiv}` }
  const doi = /\b(10\.\d{4,9}\/[^\s"<>{}\\]+)/.exec(wanted)?.[1].replace(/[.,;)]+$/, "").toLowerCase()
  return doi ? { service: "crossref", doi, name: `DOI ${doi}` } : null
}

export class LookupError extends Error {
  // unknown: the service works and does not know the paper.
  constructor(message, unknown = false) {
    super(message)
    this.unknown = unknown
  }
}

// Ask a service for a DOI; the data of a paper file, unchecked but for names. `schema`: what a file may say.
export const ask = async (service, base, doi, schema) => {
  const crossref = service === "crossref"
  const address = `${base}/${crossref ? "works" : "dois"}/${encodeURIComponent(doi)}`
  const answer = await json(address, new URL(base).host)
  const record = new Record(schema)
  if (crossref) fromCrossref(record, mappingIn(answer, "message", base))
  else fromDatacite(record, mappingIn(mappingIn(answer, "data", base), "attributes", base), doi)
  return finished(record)
}

const json = async (address, host) => {
  let response
  let text
  try {
    response = await fetch(address, {
      headers: { Accept: "application/json" }, credentials: "omit", referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(SECONDS * 1000),
    })
    text = response.ok ? await limited(response) : ""
  } catch (error) {
    if (error instanceof LookupError) throw error
    if (error.name === "TimeoutError") throw new LookupError(`${host} did not answer within ${SECONDS} seconds: try again later`)
    if (!navigator.onLine) throw new LookupError("This computer is offline: connect it and try again, or fill in the fields")
    throw new LookupError(`${host} cannot be reached: are you online? Try again, or fill in the fields`)
  }
  const words = {
    404: "does not know it (404): compare the identifier with the paper, or fill in the fields",
    429: "has too much to do (429): wait a minute and try again",
  }
  if (!response.ok) {
    throw new LookupError(`${host} ${words[response.status] ?? `refuses (${response.status}): try again later`}`, response.status === 404)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new LookupError(`${host} answered with something that is not JSON: try again later, or fill in the fields`)
  }
}

// The text of an answer, read no further than a paper can be long.
const limited = async (response) => {
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let [text, bytes] = ["", 0]
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.length
    if (bytes > LARGEST) {
      await reader.cancel()
      throw new LookupError(`${new URL(response.url).host} answered with more than ${LARGEST.toLocaleString("en")} bytes: fill in the fields`)
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}

const mappingIn = (answer, name, base) => {
  const found = isMapping(answer) ? answer[name] : null
  if (!isMapping(found)) throw new LookupError(`${new URL(base).host} answered without ${name}: try again later, or fill in the fields`)
  return found
}

// A paper file on its way: fields that it has, and under `extra` what it has no field for.
class Record {
  constructor(schema) {
    this.forbidden = new RegExp(schema["x-forbidden"], "gu")
    this.settle = makeSettler(schema)
    this.data = {}
    this.extra = {}
  }

  tidy(text) {
    const clean = String(text).replace(/\r\n?/g, "\n").replace(/[\t\f]/g, " ").replace(this.forbidden, "")
    return paragraphs(clean).filter(Boolean).join("\n\n")
  }

  // A value as plain text: services put HTML and JATS into titles.
  plain(value) {
    if (typeof value === "object" || value === undefined || value === false) return ""
    const text = String(value).replace(/<[^>]{0,200}>/g, "").replaceAll("<", "&lt;")
    return this.tidy(fold(new DOMParser().parseFromString(`<body>${text}`, "text/html").body.textContent))
  }

  // A name without markup, however often it was escaped.
  plainName(value) {
    let name = text(value).replace(/<(su[pb])\b[^<>]*>[\s\d,*†‡§¶]*<\/\1>/g, "")
    for (let before = null; name !== before;) [before, name] = [name, this.plain(name)]
    return this.tidy(name.replace(/[<>]/g, " "))
  }

  // Set authors or editors, each in a form that a file takes.
  putPeople(role, people) {
    const settled = people.map((one) =>
      this.settle(Object.fromEntries(Object.entries(one).map(([part, name]) => [part, part === "orcid" ? name : this.plainName(name)]))))
    this.put(role, settled.flatMap((one) => one.people))
    if (role === "authors" && settled.some((one) => one.others)) this.put("and_others", true)
  }

  put(name, value) {
    if (!value || (Array.isArray(value) && !value.length)) return
    const [part, inner] = name.includes(".") ? name.split(".") : [null, name]
    const target = part ? (this.data[part] ??= {}) : this.data
    if (Object.hasOwn(target, inner) && target[inner] !== value) this.keep(inner, value)
    else target[inner] = value
  }

  keep(name, value) {
    const text = this.tidy(value)
    const clean = name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "")
    if (!text || this.extra[clean]?.split("; ").includes(text)) return
    this.extra[clean] = Object.hasOwn(this.extra, clean) ? `${this.extra[clean]}; ${text}` : text
  }
}

const fromCrossref = (record, item) => {
  const kind = Object.hasOwn(CROSSREF_TYPES, item.type) ? CROSSREF_TYPES[item.type] : "misc"
  const [title, subtitle] = [record.plain(first(item.title)), record.plain(first(item.subtitle))]
  const said = subtitle && !title.toLowerCase().includes(subtitle.toLowerCase())
  record.put("title", said ? `${title}: ${subtitle}` : title)
  record.putPeople("authors", people(item.author))
  record.putPeople("editors", people(item.editor))
  if (!record.data.authors && record.data.editors) {
    record.put("authors", record.data.editors)
    delete record.data.editors
    record.put("edited", true)
  }
  for (const name of ["published-print", "published-online", "issued", "published"]) {
    const parts = item[name]?.["date-parts"]
    if (Array.isArray(parts) && Array.isArray(parts[0]) && parts[0][0]) {
      putDate(record, ...parts[0].slice(0, 3).map(String))
      break
    }
  }
  putDoi(record, text(item.DOI))
  const own = ["book", "proceedings", "thesis", "report", "dataset", "misc"].includes(kind)
  const publisher = record.plain(item.publisher)
  putVenue(record, kind, own ? publisher : record.plain(first(item["container-title"])), {
    short: own ? "" : record.plain(first(item["short-container-title"])),
    volume: record.plain(item.volume),
    number: record.plain(item.issue),
    publisher: own ? "" : publisher,
    pages: cleanPages(record.plain(item.page || item["article-number"])),
  })
}

const fromDatacite = (record, item, doi) => {
  const general = item.types?.resourceTypeGeneral
  const kind = Object.hasOwn(DATACITE_TYPES, general) ? DATACITE_TYPES[general] : "misc"
  const titles = Array.isArray(item.titles) ? item.titles.filter(isMapping).map((entry) => entry.title) : []
  record.put("title", record.plain(first(titles)))
  const creators = Array.isArray(item.creators) ? item.creators.filter(isMapping) : []
  const named = creators.map((one) =>
    one.familyName ? { family: text(one.familyName), given: text(one.givenName) } : { team: text(one.name) })
  record.putPeople("authors", named)
  putDate(record, text(item.publicationYear))
  putDoi(record, text(item.doi) || doi)
  const publisher = record.plain(isMapping(item.publisher) ? item.publisher.name : item.publisher)
  putVenue(record, kind, publisher.toLowerCase() === "arxiv" ? "" : publisher, {})
  putUrl(record, text(item.url))
}

// What `survey add` does to a record before it becomes a file.
const finished = ({ data, extra }) => {
  if (data.type === "preprint" && data.published) {
    data.first_public = data.published
    delete data.published
  }
  if (data.authors) data.authors = toldApart(data.authors)
  if (data.url?.startsWith("http")) data.url = escaped(data.url)
  if (Object.keys(extra).length) data.extra = extra
  return data
}

const escaped = (address) =>
  address.replace(/[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/gu, (character) => {
    try {
      return encodeURIComponent(character)
    } catch {
      return "" // half of a character
    }
  })

const text = (value) => (typeof value === "object" || value === undefined ? "" : String(value))

const first = (value) => (Array.isArray(value) && value[0] && typeof value[0] !== "object" ? String(value[0]) : "")

const people = (list) =>
  (Array.isArray(list) ? list : []).filter(isMapping).flatMap((one) => {
    if (one.family) {
      const orcid = /(?:\d{4}-){3}\d{3}[\dX]/.exec(text(one.ORCID))?.[0]
      return [{ family: text(one.family), given: text(one.given), suffix: text(one.suffix), ...(orcid ? { orcid } : {}) }]
    }
    return one.name ? [{ team: text(one.name) }] : []
  })

// People of one name in one list are told apart by a number.
const toldApart = (authors) => {
  const seen = new Map()
  return authors.map((author) => {
    const name = ["team", "given", "family", "suffix"].map((part) => author[part]).filter(Boolean).join(" ")
    const count = (seen.get(caseless(name)) ?? 0) + 1
    seen.set(caseless(name), count)
    if (count === 1 || author.orcid || author.id) return author
    const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "") || "author"
    return { ...author, id: `${slug}-${count}` }
  })
}

const putDate = (record, year, month = "", day = "") => {
  const found = /(?<!\d)[12]\d{3}(?!\d)/.exec(year)?.[0]
  if (!found) return record.keep("date", [year, month, day].filter(Boolean).join(" "))
  record.put("year", found)
  if (found !== year.trim()) record.keep("date", year)
  const number = month ? monthNumber(month) : 0
  if (month && !number) record.keep("month", month)
  if (!number) return
  let full = `${found}-${String(number).padStart(2, "0")}`
  if (/^\d+$/.test(day) && Number(day) >= 1 && Number(day) <= 31) full += `-${String(Number(day)).padStart(2, "0")}`
  else if (day) record.keep("day", day)
  record.put("published", full)
}

const monthNumber = (text) => {
  const word = text.trim().replace(/^\.+|\.+$/g, "").toLowerCase()
  if (/^\d+$/.test(word)) return Number(word) <= 12 ? Number(word) : 0
  return word.length >= 3 ? MONTHS.findIndex((month) => word.startsWith(month)) + 1 : 0
}

const putDoi = (record, text) => {
  const doi = text.replace(/^(?:doi:?\s*|https?:\/\/(?:dx\.)?doi\.org\/)/i, "")
  const arxiv = /^10\.48550\/arxiv\.(.+)$/i.exec(doi)?.[1]
  if (arxiv) record.put("arxiv", arxiv)
  else record.put("doi", doi)
}

const putUrl = (record, address) => {
  const { doi = "", arxiv = "" } = record.data
  const resolved = address.replace(/^https?:\/\/(?:dx\.)?doi\.org\//i, "").toLowerCase()
  if (resolved === doi.toLowerCase() || resolved === `10.48550/arxiv.${arxiv}`.toLowerCase()) return
  const shown = address.replace(/^https?:\/\/arxiv\.org\/(?:abs|pdf)\//i, "").replace(/(?:v\d+)?(?:\.pdf)?$/i, "")
  if (arxiv && shown !== address && shown.toLowerCase() === arxiv.toLowerCase()) return
  record.put("url", address)
}

const putVenue = (record, wanted, venue, parts) => {
  const published = ["article", "inproceedings", "incollection"]
  let [kind, name] = [wanted, venue]
  if (!name && [...published, "misc"].includes(kind) && record.data.arxiv) kind = "preprint"
  else if (!name && published.includes(kind)) {
    record.keep("entrytype", kind)
    kind = "misc"
  }
  if (kind === "preprint") {
    record.put("status", "preprint")
    if (name && name.toLowerCase() !== "arxiv") record.keep("howpublished", name)
    name = ""
  }
  record.put("type", kind)
  if (name) record.put("venue.name", name)
  for (const [part, value] of Object.entries(parts)) {
    if (!value) continue
    if (!name) record.keep(part, value)
    else if (value !== record.data.venue.name) record.put(`venue.${part}`, value)
  }
}

const cleanPages = (text) => {
  const joined = text.trim().replace(/^(?:pp?\.|pages?)\s*/, "").replace(/\s*(?:-+|[‐-―−])\s*/g, "-")
  return joined.replace(/\s*[,;]\s*/g, ", ").replace(/^[-, +]+|[-, +]+$/g, "").replace(/ff$/, "").trim()
}
