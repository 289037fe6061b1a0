// The files under `explore/`, each fetched once, when it is asked for. Papers are numbers, the newest 0.

export class Papers {
  #root
  #way
  #asked = new Map()

  // `root` is the site's, a URL, and `way` how links lead there from the page.
  constructor(root, way = "../") {
    this.#root = root
    this.#way = way
  }

  // Axes with their values, but for long ones: { papers, shard, results: [number], axes: [axis] }.
  axes() {
    return this.#once("axes.json", (data) => ({
      ...data,
      results: data.results.split(",").map(Number),
      axes: data.axes.map((axis) => (axis.file ? axis : { ...axis, ...taken(axis) })),
    }))
  }

  // The values of a long axis: { values, of, former }.
  values(name) { return this.#once(`axes/${encodeURIComponent(name)}.json`, taken) }

  // The papers' keys: { keys: [key], numbers: Map of key to number, added: number by that of the search, former: Map of
  // former key to key }.
  keys() {
    return this.#once("keys.json", (data) => {
      const keys = data.keys.split(" ")
      const numbers = new Map(keys.map((key, number) => [key, number]))
      return { keys, numbers, added: data.added, former: new Map(Object.entries(data.former)) }
    })
  }

  // Each paper's place when sorted by title.
  places() { return this.#once("titles.json", (data) => data) }

  // The entries of some papers, each an element of the list.
  async entries(numbers) {
    const { shard } = await this.axes()
    const needed = [...new Set(numbers.map((number) => Math.floor(number / shard)))]
    const files = new Map(await Promise.all(needed.map(async (file) => [file, await this.#once(`entries/${file}.json`, (all) => all)])))
    return numbers.map((number) => element(files.get(Math.floor(number / shard))[number % shard], this.#way))
  }

  #once(path, make) {
    if (!this.#asked.has(path)) {
      const asked = this.#fetch(path).then(make)
      asked.catch(() => this.#asked.delete(path)) // so that it can be tried again
      this.#asked.set(path, asked)
    }
    return this.#asked.get(path)
  }

  async #fetch(path) {
    const answer = await fetch(new URL(`explore/${path}`, this.#root))
    if (!answer.ok) throw new Error(`${answer.status} ${path}`)
    return answer.json()
  }
}

// An entry as the generator has made it, the same that stands in the pages' lists; its links are those of /papers/.
const element = (html, way) => {
  const made = document.importNode(new DOMParser().parseFromString(html, "text/html").body.firstElementChild, true)
  if (way !== "../") {
    for (const link of made.querySelectorAll("a[href^='../']")) link.setAttribute("href", way + link.getAttribute("href").slice(3))
  }
  return made
}

const taken = ({ values, of, former }) => {
  const made = values.map(([id, label, above]) => ({ id, label, above }))
  const lines = made.map((value, number) => {
    const line = [number]
    while (made[line.at(-1)].above !== undefined) line.push(made[line.at(-1)].above)
    return line
  })
  const isTree = lines.some((line) => line.length > 1)
  const numbers = (own) => {
    const found = own ? own.split(" ").map(Number) : []
    return isTree ? [...new Set(found.flatMap((number) => lines[number]))] : found
  }
  return {
    values: made,
    of: of.split(",").map(numbers),
    byId: new Map(made.map((value, number) => [value.id, number])),
    former: new Map(Object.entries(former ?? {})),
  }
}
