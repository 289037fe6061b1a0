// Papers of the survey that may be the one in the form.

import { element, paragraph, renew } from "./element.js"
import { label, phrase } from "./labels.js"
import { likePapers, samePapers } from "./likeness.js"

const SHOWN = 3

const said = (start, ...rest) => paragraph(element("strong", {}, label(start)), " ", ...rest)

// Returns { node, setRows, fail, show }: `show` takes the data of the form and returns problems where an identifier says
// that a paper is there already.
export const makeAlike = ({ survey, address, original, ownKey }) => {
  const node = element("div", { class: "survey-form__alike", "aria-live": "polite" })
  let rows = null
  const linkTo = (row) => element("a", { href: address("paper", row.key).href }, row.title)

  const show = (data) => {
    const others = (rows ?? []).filter((row) => row.key !== ownKey)
    const same = samePapers(others, data, survey)
    const names = (data.authors ?? []).map((author) => author.team ?? author.family ?? "")
    const like = data.title && names.length
      ? likePapers(others, data.title, names, survey).filter(({ row }) => !same.some((one) => one.row === row)) : []
    if (rows) {
      renew(node, [
        ...same.map(({ row, why }) => said("alike.here", ...phrase("alike.same", { paper: linkTo(row), identifier: why }), ".")),
        ...like.slice(0, SHOWN).map(({ row, score, author }) =>
          said("alike.like", ...phrase("alike.score", { paper: linkTo(row), year: String(row.year), score, author }))),
      ])
    }
    return same.map(({ row, why }) => ({
      path: [why.startsWith("DOI") ? "doi" : "arxiv"],
      message: label("alike.same", { paper: row.key, identifier: why }),
      hint: label(original ? "alike.one_file" : "alike.correct_instead"),
    }))
  }
  return {
    node, show,
    setRows: (found) => { rows = found },
    fail: () => node.replaceChildren(paragraph(label("alike.not_loaded"))),
  }
}
