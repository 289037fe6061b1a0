// A paper file on its way: what a service says, put into fields as `generator/living_survey/formats/fields.py` does it.

import { makeSettler } from "../names.js"
import { caseless, fold, paragraphs } from "../text.js"

export const text = (value) => (typeof value === "object" || value === undefined ? "" : String(value))

export const first = (value) => (Array.isArray(value) && value[0] && typeof value[0] !== "object" ? String(value[0]) : "")

const slugOf = (name) => name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "")

// Fields that a file has, and under `extra` what it has no field for.
export class Record {
  // schema: what a file may say; survey: what /api/form.json says.
  constructor(schema, survey) {
    this.forbidden = new RegExp(schema["x-forbidden"], "gu")
    this.settle = makeSettler(schema, survey)
    this.survey = survey
    this.data = {}
    this.extra = {}
  }

  tidy(value) {
    const clean = String(value).replace(/\r\n?/g, "\n").replace(/[\t\f]/g, " ").replace(this.forbidden, "")
    return paragraphs(clean).filter(Boolean).join("\n\n")
  }

  // A value as plain text: services put HTML and JATS into titles.
  plain(value) {
    if (typeof value === "object" || value === undefined || value === false) return ""
    const bare = String(value).replace(/<[^>]{0,200}>/g, "").replaceAll("<", "&lt;")
    return this.tidy(fold(new DOMParser().parseFromString(`<body>${bare}`, "text/html").body.textContent))
  }

  // A name without markup, however often it was escaped.
  plainName(value) {
    let name = text(value).replace(new RegExp(this.survey.names.footnote, "g"), "")
    for (let before = null; name !== before;) [before, name] = [name, this.plain(name)]
    return this.tidy(name.replace(/[<>]/g, " "))
  }

  put(name, value) {
    if (!value || (Array.isArray(value) && !value.length)) return
    const [part, inner] = name.includes(".") ? name.split(".") : [null, name]
    const target = part ? (this.data[part] ??= {}) : this.data
    if (Object.hasOwn(target, inner) && target[inner] !== value) this.keep(inner, value)
    else target[inner] = value
  }

  keep(name, value) {
    const kept = this.tidy(value)
    const clean = slugOf(name)
    if (!kept || this.extra[clean]?.split("; ").includes(kept)) return
    this.extra[clean] = Object.hasOwn(this.extra, clean) ? `${this.extra[clean]}; ${kept}` : kept
  }

  // Set authors or editors, each in a form that a file takes.
  putPeople(role, people) {
    const settled = people.map((one) =>
      this.settle(Object.fromEntries(Object.entries(one).map(([part, name]) => [part, part === "orcid" ? name : this.plainName(name)]))))
    this.put(role, settled.flatMap((one) => one.people))
    if (role === "authors" && settled.some((one) => one.others)) this.put("and_others", true)
  }

  putDate(year, month = "", day = "") {
    const found = new RegExp(this.survey.records.year).exec(year)?.[0]
    if (!found) return this.keep("date", [year, month, day].filter(Boolean).join(" "))
    this.put("year", found)
    if (found !== year.trim()) this.keep("date", year)
    const number = month ? this.monthNumber(month) : 0
    if (month && !number) this.keep("month", month)
    if (!number) return
    let full = `${found}-${String(number).padStart(2, "0")}`
    if (/^\d+$/.test(day) && Number(day) >= 1 && Number(day) <= 31) full += `-${String(Number(day)).padStart(2, "0")}`
    else if (day) this.keep("day", day)
    this.put("published", full)
  }

  monthNumber(month) {
    const word = month.trim().replace(/^\.+|\.+$/g, "").toLowerCase()
    if (/^\d+$/.test(word)) return Number(word) <= 12 ? Number(word) : 0
    return word.length >= 3 ? this.survey.records.months.findIndex((name) => word.startsWith(name)) + 1 : 0
  }

  putDoi(value) {
    const { doi_in_front, arxiv_doi_pattern } = this.survey.identifiers
    const doi = value.replace(new RegExp(doi_in_front, "i"), "")
    const arxiv = new RegExp(`^${arxiv_doi_pattern}`, "i").exec(doi)?.[1]
    if (arxiv) this.put("arxiv", arxiv)
    else this.put("doi", doi)
  }

  // Where it is read, unless DOI or arXiv id say as much.
  putUrl(address) {
    const { doi_address, arxiv_doi, arxiv_address, arxiv_behind } = this.survey.identifiers
    const { doi = "", arxiv = "" } = this.data
    const resolved = address.replace(new RegExp(doi_address, "i"), "").toLowerCase()
    if (resolved === doi.toLowerCase() || resolved === `${arxiv_doi}${arxiv}`.toLowerCase()) return
    const shown = address.replace(new RegExp(arxiv_address, "i"), "").replace(new RegExp(arxiv_behind, "i"), "")
    if (arxiv && shown !== address && shown.toLowerCase() === arxiv.toLowerCase()) return
    this.put("url", address)
  }

  // Set type and venue; without a venue, what belongs to one is kept.
  putVenue(wanted, venue, parts) {
    const { with_venue: published } = this.survey.records
    let [kind, name] = [wanted, venue]
    if (!name && [...published, "misc"].includes(kind) && this.data.arxiv) kind = "preprint"
    else if (!name && published.includes(kind)) {
      this.keep("entrytype", kind)
      kind = "misc"
    }
    if (kind === "preprint") {
      this.put("status", "preprint")
      if (name && name.toLowerCase() !== "arxiv") this.keep("howpublished", name)
      name = ""
    }
    this.put("type", kind)
    if (name) this.put("venue.name", name)
    for (const [part, value] of Object.entries(parts)) {
      if (!value) continue
      if (!name) this.keep(part, value)
      else if (value !== this.data.venue.name) this.put(`venue.${part}`, value)
    }
  }

  cleanPages(value) {
    const { pages_in_front, pages_between } = this.survey.records
    const joined = value.trim().replace(new RegExp(pages_in_front), "").replace(new RegExp(pages_between, "g"), "-")
    return joined.replace(/\s*[,;]\s*/g, ", ").replace(/^[-, +]+|[-, +]+$/g, "").replace(/ff$/, "").trim()
  }

  // The data of a file: what `survey add` does to a record before it becomes one.
  finished() {
    const { data, extra } = this
    if (data.type === "preprint" && data.published) {
      data.first_public = data.published
      delete data.published
    }
    if (data.authors) data.authors = toldApart(data.authors)
    if (data.url?.startsWith("http")) data.url = escaped(data.url)
    if (Object.keys(extra).length) data.extra = extra
    return data
  }
}

const escaped = (address) =>
  address.replace(/[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/gu, (character) => {
    try {
      return encodeURIComponent(character)
    } catch {
      return "" // half of a character
    }
  })

// People of one name in one list are told apart by a number.
const toldApart = (authors) => {
  const seen = new Map()
  return authors.map((author) => {
    const name = ["team", "given", "family", "suffix"].map((part) => author[part]).filter(Boolean).join(" ")
    const count = (seen.get(caseless(name)) ?? 0) + 1
    seen.set(caseless(name), count)
    if (count === 1 || author.orcid || author.id) return author
    return { ...author, id: `${slugOf(name) || "author"}-${count}` }
  })
}
