// What Crossref says of a DOI, as `generator/living_survey/lookup/crossref.py` reads it.

import { isMapping } from "../schema.js"
import { first, text } from "./record.js"

export const fromCrossref = (record, item) => {
  const { types, dates } = record.survey.services.crossref
  const kind = Object.hasOwn(types, item.type) ? types[item.type] : "misc"
  const [title, subtitle] = [record.plain(first(item.title)), record.plain(first(item.subtitle))]
  const said = subtitle && !title.toLowerCase().includes(subtitle.toLowerCase())
  record.put("title", said ? `${title}: ${subtitle}` : title)
  record.putPeople("authors", people(item.author, record.survey))
  record.putPeople("editors", people(item.editor, record.survey))
  if (!record.data.authors && record.data.editors) {
    record.put("authors", record.data.editors)
    delete record.data.editors
    record.put("edited", true)
  }
  for (const name of dates) {
    const parts = item[name]?.["date-parts"]
    if (Array.isArray(parts) && Array.isArray(parts[0]) && parts[0][0]) {
      record.putDate(...parts[0].slice(0, 3).map(String))
      break
    }
  }
  record.putDoi(text(item.DOI))
  putVenue(record, kind, item)
}

const putVenue = (record, kind, item) => {
  const whole = record.survey.records.without_container.includes(kind)
  const publisher = record.plain(item.publisher)
  record.putVenue(kind, whole ? publisher : record.plain(first(item["container-title"])), {
    short: whole ? "" : record.plain(first(item["short-container-title"])),
    volume: record.plain(item.volume),
    number: record.plain(item.issue),
    publisher: whole ? "" : publisher,
    pages: record.cleanPages(record.plain(item.page || item["article-number"])),
  })
}

const people = (list, { identifiers }) =>
  (Array.isArray(list) ? list : []).filter(isMapping).flatMap((one) => {
    if (one.family) {
      const orcid = new RegExp(identifiers.orcid).exec(text(one.ORCID))?.[0]
      return [{ family: text(one.family), given: text(one.given), suffix: text(one.suffix), ...(orcid ? { orcid } : {}) }]
    }
    return one.name ? [{ team: text(one.name) }] : []
  })
