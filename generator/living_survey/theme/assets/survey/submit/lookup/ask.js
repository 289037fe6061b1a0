// Ask Crossref or DataCite of a paper, from the reader's browser; the answer is in the terms of a paper file.
//
// Nothing is sent before `ask` is called. Answers are somebody else's data: they become text and nothing else.

import { label, number } from "../labels.js"
import { isMapping } from "../schema.js"
import { fold } from "../text.js"
import { fromCrossref } from "./crossref.js"
import { fromDatacite } from "./datacite.js"
import { Record } from "./record.js"

const SECONDS = 20
const LARGEST = 5_000_000
// Service → where it has its records, and under what names in its answer the record stands.
const SERVICES = {
  crossref: { folder: "works", inside: ["message"], read: fromCrossref },
  datacite: { folder: "dois", inside: ["data", "attributes"], read: fromDatacite },
}

// What somebody typed as an identifier: { service, doi, name }, or null. arXiv's own service answers no other sites;
// DataCite knows its papers under arXiv's DOIs.
export const identify = (text, { identifiers }) => {
  const wanted = fold(text)
  const arxiv = new RegExp(`^(?:${identifiers.arxiv_ways})$`).exec(wanted)?.[1] ??
    new RegExp(identifiers.arxiv_doi_pattern, "i").exec(wanted)?.[1].replace(/v\d+$/, "")
  if (arxiv) return { service: "datacite", doi: `${identifiers.arxiv_doi}${arxiv}`, name: `arXiv ${arxiv}` }
  const doi = new RegExp(identifiers.doi_within).exec(wanted)?.[1].replace(/[.,;)]+$/, "").toLowerCase()
  return doi ? { service: "crossref", doi, name: `DOI ${doi}` } : null
}

export const hostOf = (service, survey) => new URL(survey.services[service].address).host

export class LookupError extends Error {
  // unknown: the service works and does not know the paper.
  constructor(message, unknown = false) {
    super(message)
    this.unknown = unknown
  }
}

// The data of a paper file from what a service says of a DOI, unchecked but for names. `schema`: what a file may say.
export const ask = async (service, doi, survey, schema) => {
  const { folder, inside, read } = SERVICES[service]
  const host = hostOf(service, survey)
  const answer = await json(`${survey.services[service].address}/${folder}/${encodeURIComponent(doi)}`, host)
  const found = inside.reduce((inner, name) => mappingIn(inner, name, host), answer)
  const record = new Record(schema, survey)
  read(record, found, doi)
  return record.finished()
}

const json = async (address, host) => {
  let response
  let text
  try {
    response = await fetch(address, {
      headers: { Accept: "application/json" }, credentials: "omit", referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(SECONDS * 1000),
    })
    text = response.ok ? await limited(response, host) : ""
  } catch (error) {
    if (error instanceof LookupError) throw error
    if (error.name === "TimeoutError") throw new LookupError(label("lookup.slow", { host, count: SECONDS }))
    throw new LookupError(navigator.onLine ? label("lookup.unreachable", { host }) : label("lookup.offline"))
  }
  if (!response.ok) throw refused(response.status, host)
  try {
    return JSON.parse(text)
  } catch {
    throw new LookupError(label("lookup.no_json", { host }))
  }
}

const refused = (status, host) => {
  if (status === 404) return new LookupError(label("lookup.unknown", { host }), true)
  if (status === 429) return new LookupError(label("lookup.rate_limited", { host }))
  return new LookupError(label("lookup.error", { host, status }))
}

// The text of an answer, read no further than a paper can be long.
const limited = async (response, host) => {
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let [text, bytes] = ["", 0]
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.length
    if (bytes > LARGEST) {
      await reader.cancel()
      throw new LookupError(label("lookup.too_large", { host, most: number(LARGEST) }))
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}

const mappingIn = (answer, name, host) => {
  const found = isMapping(answer) ? answer[name] : null
  if (!isMapping(found)) throw new LookupError(label("lookup.incomplete", { host, name }))
  return found
}
