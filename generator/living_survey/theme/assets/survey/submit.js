// The form on /submit/: propose a paper or a correction without knowing YAML or git.
//
// It is built from /schema/paper.json and /api/form.json, checks as the generator does, and writes the file that
// `survey fmt` would. Nothing leaves the browser before a button is pressed that says whom it asks.

import { check } from "./submit/check.js"
import { element, Group, makeFields, sentence, valueAt } from "./submit/fields.js"
import { newKey } from "./submit/keys.js"
import { likePapers, readRows, samePapers } from "./submit/likeness.js"
import { ask, identify, LookupError } from "./submit/lookup.js"
import { toYaml } from "./submit/yaml.js"

const LONGEST_ADDRESS = 6000 // beyond it servers and mail programs cut addresses
const FIRST = [
  "title", "authors", "year", "first_public", "arxiv", "doi", "type", "venue.name", "url", "links.code", "themes", "kind",
  "tldr",
]
const KEY = /^[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*$/

const NOT_GITHUB = "The survey's repository is not at GitHub: copy the text and send it to the editors."
const NO_REPOSITORY = "This survey does not name its repository yet: copy the text and send it to the editors."
const TOO_LONG = "The text is too long for an address: the button copies it, and you paste it into the page that opens."

const say = (text) => [element("p", {}, text)]

const load = async (address) => {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${response.status}`)
  return response.json()
}

const today = () => {
  const now = new Date()
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-")
}

const open = async (place) => {
  const root = new URL(place.dataset.root, location.href)
  const wanted = new URLSearchParams(location.search).get("paper")
  place.replaceChildren(element("p", { role: "status" }, "The form is loading…"))
  let found
  try {
    found = await Promise.all(["schema/paper.json", "api/form.json"].map((file) => load(new URL(file, root))))
  } catch {
    const words = "The form could not be loaded: check your connection and load the page again."
    place.replaceChildren(element("p", { role: "alert" }, words))
    return
  }
  const [schema, survey] = found
  if (!wanted) return build(place, { root, schema, survey, original: null, key: "" })
  const original = KEY.test(wanted) ? await load(new URL(`papers/${wanted}/${wanted}.json`, root)).catch(() => null) : null
  if (original) return build(place, { root, schema, survey, original, key: wanted })
  place.replaceChildren(
    element("p", { role: "alert" }, `The survey has no paper “${wanted.slice(0, 80)}” that this form can open. `,
      element("a", { href: location.pathname }, "Propose a new paper"), " instead."))
}

const build = (place, { root, schema, survey, original, key: ownKey }) => {
  const group = new Group()
  const required = new Set([...schema.required, ...survey.required])
  const first = FIRST.filter((name) => name !== "first_public" || required.has(name))
  // What the survey wants stands in front, but for the day of adding, which fills itself in.
  for (const name of survey.required) if (!first.includes(name) && name !== "added") first.push(name)
  const elsewhere = new Set([...first, "key"])
  const context = { schema, survey, needed: (name) => required.has(name) }
  const property = (path) => path.slice(1).reduce(
    (rules, name) => schema.$defs[rules.$ref.split("/").pop()].properties[name], schema.properties[path[0]])
  const important = first.map((name) => makeFields(group, property(name.split(".")), name.split("."), context))
  const others = Object.entries(schema.properties).flatMap(([name, rules]) =>
    elsewhere.has(name) ? [] : makeFields(group, rules, [name], { ...context, without: elsewhere }))

  const alike = element("div", { class: "survey-form__alike", "aria-live": "polite" })
  important[1].push(alike)
  const more = element("details", { class: "survey-form__more" }, element("summary", {}, "More fields"), ...others)
  const keyField = makeKeyField()
  const lookup = makeLookup()
  const result = makeResult()
  const form = element("form", { class: "survey-form", noValidate: true, autocomplete: "off" },
    ...lookup.nodes,
    element("h2", {}, original ? `Correct: ${original.title}` : "The paper"),
    ...important.flat(), more, ...result.nodes)
  form.addEventListener("submit", (event) => event.preventDefault())

  if (original) group.write(original)
  else group.find("added")?.write(today())

  let rows = null
  let loading = null
  const loadTitles = () => {
    loading ??= load(new URL("api/titles.json", root)).then((found) => {
      rows = readRows(found)
      survey.keys = new Set(rows.flatMap((row) => [row.key, ...row.aliases]).map((key) => key.toLowerCase()))
      update()
    }, () => {
      loading = null
      alike.replaceChildren(element("p", {}, "The list of the survey's papers could not be loaded: whether yours is here already was not looked up."))
    })
  }
  form.addEventListener("focusin", loadTitles)
  form.addEventListener("input", update)
  place.replaceChildren(form)
  update()
  if (original) loadTitles()

  // The citation key, made from the fields until somebody types one.
  function makeKeyField() {
    const holder = new Group()
    const rules = { ...schema.properties.key, title: "Citation key", description: "Names the file and the paper's page; it never changes. It is made of the first author, the year and a word of the title." }
    const nodes = makeFields(holder, rules, ["key"], context)
    const field = holder.fields[0]
    let typed = false
    field.node.addEventListener("input", () => { typed = Boolean(field.read()) })
    return {
      nodes, field,
      read: () => ownKey || (field.read() ?? ""),
      // Say what is wrong with the key.
      problems: (data) => {
        if (ownKey) return []
        const author = data.authors?.[0]
        const ready = (author?.family || author?.team) && /^\d{4}$/.test(data.year ?? "") && data.title
        const taken = (name) => Boolean(survey.keys?.has(name.toLowerCase()))
        if (!typed) {
          const reserved = schema.properties.key["x-reserved"]
          field.write(ready ? newKey(author, data.year, data.title, { survey, reserved, taken }) : undefined)
        }
        const key = field.read()
        if (!key && !ready) return [{ path: ["key"], message: "the key needs the first author, the year and the title", hint: "fill them in" }]
        if (!key) {
          return [{ path: ["key"], message: "this page cannot write the name or the title in the letters a to z", hint: "type a key, like wang2024dayan" }]
        }
        if (taken(key)) return [{ path: ["key"], message: `the key ${key} belongs to another paper`, hint: "choose another word of the title" }]
        return check({ ...schema, required: [] }, { key }, { ...survey, required: [] }).filter((problem) => problem.path[0] === "key")
      },
    }
  }

  // Ask Crossref or DataCite, when a button is pressed that names them.
  function makeLookup() {
    const input = element("input", { type: "text", id: "survey-lookup", autocomplete: "off", spellcheck: false, "aria-describedby": "survey-lookup-help survey-lookup-status" })
    const button = element("button", { type: "button", class: "md-button" })
    const status = element("p", { id: "survey-lookup-status", role: "status", class: "survey-form__status" })
    const host = (service) => new URL(survey.services[service]).host
    let service = ""
    const offer = (other = "") => {
      const found = identify(input.value)
      service = found ? other || found.service : ""
      button.textContent = found ? `Ask ${host(service)}` : "Ask for it"
      button.setAttribute("aria-disabled", String(!found))
    }
    const press = async () => {
      const found = identify(input.value)
      if (!found) {
        status.textContent = "Type a DOI, like 10.1145/3768165, or an arXiv id, like 2312.08361, first."
        input.focus()
        return
      }
      if (button.dataset.busy) return
      const asked = service
      button.dataset.busy = "yes"
      status.textContent = `Asking ${host(asked)} for ${found.name}…`
      try {
        const data = await ask(asked, survey.services[asked], found.doi, schema)
        status.textContent = fill(data, asked, found.doi)
        offer()
      } catch (error) {
        if (!(error instanceof LookupError)) throw error
        status.textContent = `${error.message}.`
        // What Crossref does not know, DataCite may: a second press, another name on the button.
        if (error.unknown && asked === "crossref") {
          offer("datacite")
          status.textContent = `${host(asked)} does not know it (404). ${host("datacite")} may: press again to ask there.`
        }
      } finally {
        delete button.dataset.busy
      }
    }
    input.addEventListener("input", () => offer())
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return
      event.preventDefault()
      button.focus() // the button says who is asked; Enter there asks
    })
    button.addEventListener("click", press)
    offer()
    return {
      nodes: original ? [] : [
        element("h2", {}, "Look it up"),
        element("div", { class: "survey-field" },
          element("label", { for: "survey-lookup" }, "DOI or arXiv id"), input,
          element("p", { id: "survey-lookup-help", class: "survey-field__help" }, "An identifier or an address with one in it. Only the identifier is sent, to the host that the button names.")),
        element("p", {}, button), status,
      ],
    }
  }

  // Put what a service says into fields that are empty; say which.
  function fill(data, service, doi) {
    const filled = []
    const kept = []
    const known = service === "crossref" ? `https://api.crossref.org/works/${doi}` : `https://api.datacite.org/dois/${doi}`
    const whole = { ...data, provenance: { source: "form", consulted: [known], checked: today() } }
    for (const field of group.fields) {
      const value = valueAt(whole, field.path)
      if (value === undefined) continue
      if (field.read() !== undefined) {
        if (field.path[0] !== "provenance") kept.push(field.label)
        continue
      }
      field.write(value)
      field.touched = true
      if (field.path[0] !== "provenance") filled.push(field.label)
    }
    update()
    const host = new URL(survey.services[service]).host
    if (!filled.length) return `${host} knows it, and says nothing that was not filled in already.`
    return `From ${host}: ${filled.join(", ")}.${kept.length ? ` Left as they were: ${kept.join(", ")}.` : ""} Please compare it with the paper.`
  }

  // What comes out: the file, or what has changed in it, and the ways to propose it.
  function makeResult() {
    const code = element("code", { id: "survey-form-text" })
    const text = element("pre", { tabIndex: 0, role: "region", "aria-label": original ? "What has changed" : "The paper's file" }, code)
    const file = element("code")
    const copy = element("button", { type: "button", class: "md-button" }, "Copy")
    const link = element("a", { class: "md-button md-button--primary", target: "_blank", rel: "noopener", id: "survey-form-open" }, "Open on GitHub")
    const both = element("button", { type: "button", class: "md-button md-button--primary", hidden: true }, "Copy and open GitHub's empty page")
    const reason = element("div", { id: "survey-form-reason", class: "survey-form__reason" })
    const status = element("p", { role: "status", class: "survey-form__status" })
    let address = ""
    const copied = async () => {
      try {
        await navigator.clipboard.writeText(code.textContent)
        status.textContent = "Copied."
        return true
      } catch {
        // No clipboard (an insecure page, a refused permission): leave the text selected for Ctrl+C.
        getSelection().selectAllChildren(code)
        status.textContent = "This browser does not let the page copy: the text is selected, press Ctrl+C."
        return false
      }
    }
    copy.addEventListener("click", () => { if (copy.getAttribute("aria-disabled") !== "true") copied() })
    link.addEventListener("click", (event) => { if (!link.href) event.preventDefault() })
    both.addEventListener("click", async () => {
      if (await copied()) window.open(address, "_blank", "noopener")
      else {
        status.append(" Then open ", element("a", { href: address, target: "_blank", rel: "noopener" }, "GitHub's empty page"), " and paste it there.")
      }
    })
    const title = original ? "Your correction" : "Your proposal"
    const nodes = [
      element("h2", {}, title),
      ...(original ? [] : keyField.nodes),
      element("p", {}, original ? "What changes in " : "The file ", file, original ? ":" : " in the repository:"),
      element("div", { class: "survey-bibtex" }, text),
      reason,
      element("p", { class: "survey-entry__links" }, link, both, copy), status,
    ]
    const enable = (button, ready) => {
      button.setAttribute("aria-disabled", String(!ready))
      button.setAttribute("aria-describedby", "survey-form-reason")
    }
    // Show a text, and where it is proposed: the whole address, and the one without the text in it.
    const show = ({ yaml, name, problems, whole, empty, note }) => {
      file.textContent = name
      code.textContent = yaml
      const ready = !problems.length && Boolean(yaml || whole)
      const long = whole.length > LONGEST_ADDRESS
      address = long ? empty : whole
      link.hidden = !survey.github || (ready && long)
      both.hidden = !survey.github || !(ready && long)
      if (ready && !long) link.href = address
      else link.removeAttribute("href")
      // A link without an address takes no focus; whoever comes by keyboard is to hear why.
      link.tabIndex = 0
      link.setAttribute("role", "link")
      enable(link, ready)
      enable(both, ready)
      enable(copy, Boolean(yaml))
      // A list that has not changed stays: somebody may be pressing one of its buttons.
      const said = note.map((node) => node.textContent).join("\n")
      if (reason.dataset.said === said) return
      reason.dataset.said = said
      reason.replaceChildren(...note)
    }
    return { nodes, show }
  }

  function update() {
    const data = group.read()
    const own = group.problems()
    const seen = new Set(own.map((problem) => problem.path.join(".")))
    // Of a line that the form cannot read, the rules have nothing to say.
    const problems = [...own, ...check(schema, data, survey).filter((problem) => !seen.has(problem.path.join(".")))]
    group.show(problems)
    const keyProblems = keyField.problems(data)
    keyField.field.show(keyProblems.map((problem) => ({ ...problem, path: [] })))
    const same = showAlike(data)
    const blocking = [...problems, ...keyProblems, ...same]
    if (original) showCorrection(data, blocking)
    else showFile(data, blocking)
  }

  // Papers that may be this one; returns problems where an identifier says that one is.
  function showAlike(data) {
    const others = (rows ?? []).filter((row) => row.key !== ownKey)
    const linkTo = (row) => element("a", { href: new URL(`papers/${row.key}/`, root).href }, row.title)
    const same = samePapers(others, data)
    const names = (data.authors ?? []).map((author) => author.team ?? author.family ?? "")
    const like = data.title && names.length
      ? likePapers(others, data.title, names, survey).filter(({ row }) => !same.some((one) => one.row === row)) : []
    const shown = [
      ...same.map(({ row, why }) => element("p", {}, element("strong", {}, "Already here: "), linkTo(row), ` has the same ${why}.`)),
      ...like.slice(0, 3).map(({ row, score, author }) =>
        element("p", {}, element("strong", {}, "Looks like "), linkTo(row), ` (${row.year}): the titles are ${score} % alike, and ${author} wrote both. If it is another work, go on.`)),
    ]
    const said = shown.map((node) => node.textContent).join("\n")
    if (rows && alike.dataset.said !== said) {
      alike.dataset.said = said
      alike.replaceChildren(...shown)
    }
    return same.map(({ row, why }) => ({
      path: [why.startsWith("DOI") ? "doi" : "arxiv"], message: `${row.key} has the same ${why}`,
      hint: original ? "one paper, one file: correct one of them" : "suggest a correction on its page instead",
    }))
  }

  function noteOf(problems, otherwise) {
    if (!problems.length) return otherwise
    const place = (problem) => group.fields.indexOf(group.at(problem.path)) + 1 || Infinity
    const items = [...problems].sort((a, b) => place(a) - place(b)).slice(0, 12).map((problem) => {
      const field = problem.path[0] === "key" ? keyField.field : group.at(problem.path)
      const button = element("button", { type: "button", class: "survey-form__go" }, labelOf(field, problem.path))
      button.addEventListener("click", () => {
        const closed = field?.node.closest("details")
        if (closed) closed.open = true
        if (field) {
          field.touched = true
          update()
          field.focus()
        }
      })
      return element("li", {}, button, `: ${sentence(problem)}`)
    })
    const further = problems.length - items.length
    return [
      element("p", {}, problems.length === 1 ? "One thing is to be done first:" : `${problems.length} things are to be done first:`),
      element("ul", {}, ...items), ...(further > 0 ? [element("p", {}, `And ${further} more.`)] : []),
    ]
  }

  function showFile(data, problems) {
    const key = keyField.read()
    const name = `${key || "…"}.yaml`
    const yaml = Object.keys(data).length ? toYaml(data, schema, survey.yaml) : ""
    const empty = `${survey.github}/new/${survey.branch}/${survey.folder}?${query({ filename: name })}`
    const whole = `${empty}&${query({ value: yaml })}`
    const ready = survey.github ? (whole.length > LONGEST_ADDRESS ? say(TOO_LONG) : say("The file is ready to be proposed.")) : say(survey.repository ? NOT_GITHUB : NO_REPOSITORY)
    result.show({ yaml, name, problems, whole, empty, note: noteOf(problems, ready) })
  }

  function showCorrection(data, problems) {
    const text = (source, name) => toYaml({ [name]: source[name] }, schema, survey.yaml)
    const changed = Object.keys(data).filter((name) => !(name in original) || text(data, name) !== text(original, name))
    const removed = Object.keys(original).filter((name) => !(name in data))
    const yaml = changed.length ? toYaml(Object.fromEntries(changed.map((name) => [name, data[name]])), schema, survey.yaml) : ""
    const shown = `${yaml}${removed.map((name) => `# ${name}: taken out\n`).join("")}`
    const base = `${survey.github}/issues/new?${query({ template: "correction.yml", paper: ownKey })}`
    const gone = removed.length ? `&${query({ removed: removed.join(",") })}` : ""
    const whole = shown ? `${base}${yaml ? `&${query({ changes: yaml })}` : ""}${gone}` : ""
    const nothing = !shown && !problems.length
    const long = whole.length > LONGEST_ADDRESS
    const ready = nothing ? say("Nothing has changed yet.") : survey.github ? say(long ? TOO_LONG : "The correction is ready to be proposed.") : say(survey.repository ? NOT_GITHUB : NO_REPOSITORY)
    result.show({ yaml: shown, name: `${ownKey}.yaml`, problems, whole, empty: base + gone, note: noteOf(problems, ready) })
  }
}

const labelOf = (field, path) => field?.name?.(path.slice(field.path.length)) ?? field?.label ?? path.join(" ")

const query = (values) => Object.entries(values).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")

// With the theme's instant navigation pages are swapped without loading: the theme says when one is there.
const start = () => {
  const place = document.getElementById("survey-form")
  if (!place || place.dataset.started) return
  place.dataset.started = "yes"
  open(place)
}
if (window.document$) window.document$.subscribe(start)
else start()
