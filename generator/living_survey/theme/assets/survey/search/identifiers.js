// What somebody typed as an identifier: arXiv ids and DOIs in any form that people copy, and keys of papers.

const unquoted = (text) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a stray percent sign
  }
}

// The identifiers that a text may be, as [kind, value], the value as `search/iN.txt` has it; a key is only a guess.
export const identifiersIn = (text) => {
  const bare = text.trim().replace(/[\s.,;]+$/, "")
  const arxiv = /^(?:arxiv:\s*|(?:https?:\/\/)?[\w.-]+\/(?:abs|pdf|html|papers)\/)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})(?:v\d+)?(?:\.pdf)?\/?(?:[?#].*)?$/i.exec(bare)
  if (arxiv) return [["arxiv", arxiv[1].toLowerCase()]]
  const doi = /^(?:doi:?\s*|(?:https?:\/\/)?(?:[\w-]+\.)*doi\.org\/)*(10\.\d{4,9}\/\S+)$/i.exec(unquoted(bare))
  if (doi) {
    const value = doi[1].toLowerCase()
    const ofArxiv = /^10\.48550\/arxiv\.(.+?)(?:v\d+)?$/.exec(value)
    return [ofArxiv ? ["arxiv", ofArxiv[1]] : ["doi", value]]
  }
  return /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/i.test(bare) && bare.length > 4 && /\d/.test(bare) ? [["key", bare.toLowerCase()]] : []
}

// The number by which an identifier's file is found, as zlib makes it of the text's bytes.
export const crc32 = (text) => {
  let sum = ~0
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  }
  return ~sum >>> 0
}
