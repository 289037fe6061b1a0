// DOI and arXiv id of an entry, found as the generator finds them; the patterns are the generator's.

export const makeIds = (patterns) => {
  const arxiv = new RegExp(patterns.arxiv, "i")
  const everyArxiv = new RegExp(patterns.arxiv, "gi")
  const wholeArxiv = new RegExp(`^(?:${patterns.arxiv})$`, "i")
  const bare = new RegExp(`^(?:${patterns.bare_arxiv})$`, "i")
  const notOnly = new RegExp(patterns.not_only_arxiv, "gi")
  const inFront = new RegExp(patterns.doi_in_front, "i")
  const arxivDoi = new RegExp(`^${patterns.arxiv_doi}`, "i")
  const doiWithin = new RegExp(patterns.doi)

  const arxivOf = (text) => (text.trim().match(arxiv) ?? text.trim().match(bare))?.[1] ?? ""
  // { doi, arxiv } of what stands in a field for a DOI: arXiv's own is an arXiv id.
  const doiOf = (text) => {
    const doi = text.replace(inFront, "").trim()
    const own = doi.match(arxivDoi)
    return own ? { doi: "", arxiv: arxivOf(own[1]) } : { doi, arxiv: "" }
  }
  return {
    arxivOf,
    doiOf,
    isArxiv: (text) => wholeArxiv.test(text.trim()),
    isBare: (text) => bare.test(text),
    startsWithArxiv: (text) => new RegExp(`^(?:${patterns.arxiv})`, "i").test(text),
    // Whether a text names arXiv and nothing else: "arXiv preprint arXiv:2303.00001 [cs.DL] (2023)".
    isOnlyArxiv: (text) => text.replace(notOnly, "") === "",
    // The arXiv id of a field that says nothing else: "Comment on arXiv:1801.00001" names another work.
    onlyArxivOf(text) {
      if (text.replace(notOnly, "")) return ""
      const found = new Set([...text.matchAll(everyArxiv)].map((one) => one[1]))
      return found.size === 1 ? [...found][0] : ""
    },
    within: (text) => ({ doi: (text.match(doiWithin)?.[1] ?? "").replace(/[.,;)\]]+$/, ""), arxiv: text.match(arxiv)?.[1] ?? "" }),
  }
}
