// What DataCite says of a DOI, as `generator/living_survey/lookup/datacite.py` reads it.

import { isMapping } from "../schema.js"
import { first, text } from "./record.js"

export const fromDatacite = (record, item, doi) => {
  const { types } = record.survey.services.datacite
  const general = item.types?.resourceTypeGeneral
  const titles = Array.isArray(item.titles) ? item.titles.filter(isMapping).map((entry) => entry.title) : []
  record.put("title", record.plain(first(titles)))
  const creators = Array.isArray(item.creators) ? item.creators.filter(isMapping) : []
  record.putPeople("authors", creators.map((one) =>
    one.familyName ? { family: text(one.familyName), given: text(one.givenName) } : { team: text(one.name) }))
  record.putDate(text(item.publicationYear))
  record.putDoi(text(item.doi) || doi)
  const publisher = record.plain(isMapping(item.publisher) ? item.publisher.name : item.publisher)
  record.putVenue(Object.hasOwn(types, general) ? types[general] : "misc", publisher.toLowerCase() === "arxiv" ? "" : publisher, {})
  record.putUrl(text(item.url))
}
