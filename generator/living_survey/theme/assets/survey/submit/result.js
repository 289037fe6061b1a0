// What comes out: the file, or what has changed in it, and the ways to propose it.

import { element, paragraph, renew } from "./element.js"
import { label, phrase } from "./labels.js"
import { toYaml } from "./yaml.js"

const LONGEST_ADDRESS = 6000 // beyond it servers and mail programs cut addresses

const query = (values) => Object.entries(values).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")

// Returns { nodes, show }. keyNodes: the field of the key; note: makes the list of what is to be done first.
export const makeResult = ({ schema, survey, original, ownKey }, keyNodes, note) => {
  const parts = makeParts(original, keyNodes)
  const propose = makeWays(parts)
  const show = (data, key, problems) => {
    const proposal = original ? correctionOf(data, { schema, survey, original, ownKey }) : fileOf(data, key, { schema, survey })
    const long = proposal.whole.length > LONGEST_ADDRESS
    parts.file.textContent = proposal.name
    parts.code.textContent = proposal.yaml
    propose({
      ready: !problems.length && Boolean(proposal.yaml || proposal.whole), long,
      address: long ? proposal.empty : proposal.whole, github: Boolean(survey.github), text: Boolean(proposal.yaml),
    })
    renew(parts.reason, problems.length ? note(problems) : [paragraph(readiness(proposal, long, survey, original))])
  }
  return { nodes: parts.nodes, show }
}

const readiness = (proposal, long, survey, original) => {
  if (original && !proposal.yaml) return label("result.unchanged")
  if (!survey.github) return label(survey.repository ? "result.not_github" : "result.no_repository")
  if (long) return label("result.too_long")
  return label(original ? "result.correction_ready" : "result.file_ready")
}

// Fields in which names stand that the registry may lack: GitHub's page makes one file, a proposal of such a paper two.
const NAMING = ["results", "scale", "models", "hardware"]

// A new paper: its file, and the page at GitHub that makes one; with numbers, the issue form that adds their names too.
const fileOf = (data, key, { schema, survey }) => {
  const name = `${key || "…"}.yaml`
  const yaml = Object.keys(data).length ? toYaml(data, schema, survey.yaml) : ""
  if (NAMING.some((field) => field in data)) {
    const form = `${survey.github}/issues/new?${query({ template: "paper.yml" })}`
    return { name, yaml, empty: form, whole: `${form}&${query({ entry: yaml })}` }
  }
  const empty = `${survey.github}/new/${survey.branch}/${survey.folder}?${query({ filename: name })}`
  return { name, yaml, empty, whole: `${empty}&${query({ value: yaml })}` }
}

// A correction: the fields that have changed, and the issue form that takes them.
const correctionOf = (data, { schema, survey, original, ownKey }) => {
  const text = (source, name) => toYaml({ [name]: source[name] }, schema, survey.yaml)
  const changed = Object.keys(data).filter((name) => !(name in original) || text(data, name) !== text(original, name))
  const removed = Object.keys(original).filter((name) => !(name in data))
  const changes = changed.length ? toYaml(Object.fromEntries(changed.map((name) => [name, data[name]])), schema, survey.yaml) : ""
  const yaml = `${changes}${removed.map((name) => `# ${label("result.removed", { name })}\n`).join("")}`
  const base = `${survey.github}/issues/new?${query({ template: "correction.yml", paper: ownKey })}`
  const gone = removed.length ? `&${query({ removed: removed.join(",") })}` : ""
  const whole = yaml ? `${base}${changes ? `&${query({ changes })}` : ""}${gone}` : ""
  return { name: `${ownKey}.yaml`, yaml, empty: base + gone, whole }
}

const makeParts = (original, keyNodes) => {
  const code = element("code", { id: "survey-form-text" })
  const text = element("pre", { tabIndex: 0, role: "region", "aria-label": label(original ? "result.changes" : "result.file") }, code)
  const file = element("code")
  const copy = element("button", { type: "button", class: "md-button" }, label("result.copy"))
  const link = element("a", { class: "md-button md-button--primary", target: "_blank", rel: "noopener", id: "survey-form-open" }, label("result.open"))
  const both = element("button", { type: "button", class: "md-button md-button--primary", hidden: true }, label("result.copy_and_open"))
  const reason = element("div", { id: "survey-form-reason", class: "survey-form__reason" })
  const status = element("p", { role: "status", class: "survey-form__status" })
  const nodes = [
    element("h2", {}, label(original ? "result.your_correction" : "result.your_proposal")),
    ...keyNodes,
    paragraph(...phrase(original ? "result.changes_in" : "result.file_in", { file })),
    element("div", { class: "survey-bibtex" }, text),
    reason,
    element("p", { class: "survey-entry__links" }, link, both, copy), status,
  ]
  return { code, file, copy, link, both, reason, status, nodes }
}

// The buttons: open the page at GitHub with the text in its address, or empty with the text copied, or copy alone.
const makeWays = ({ code, copy, link, both, status }) => {
  let address = ""
  const copied = async () => {
    try {
      await navigator.clipboard.writeText(code.textContent)
      status.textContent = label("result.copied")
      return true
    } catch {
      // No clipboard (an insecure page, a refused permission): leave the text selected for Ctrl+C.
      getSelection().selectAllChildren(code)
      status.textContent = label("result.not_copied")
      return false
    }
  }
  copy.addEventListener("click", () => { if (copy.getAttribute("aria-disabled") !== "true") copied() })
  link.addEventListener("click", (event) => { if (!link.href) event.preventDefault() })
  both.addEventListener("click", async () => {
    if (await copied()) return window.open(address, "_blank", "noopener")
    const empty = element("a", { href: address, target: "_blank", rel: "noopener" }, label("result.empty_page"))
    status.append(" ", ...phrase("result.paste_there", { page: empty }))
  })
  const enable = (button, ready) => {
    button.setAttribute("aria-disabled", String(!ready))
    button.setAttribute("aria-describedby", "survey-form-reason")
  }
  return ({ ready, long, address: wanted, github, text }) => {
    address = wanted
    link.hidden = !github || (ready && long)
    both.hidden = !github || !(ready && long)
    if (ready && !long) link.href = address
    else link.removeAttribute("href")
    // A link without an address takes no focus; whoever comes by keyboard is to hear why.
    link.tabIndex = 0
    link.setAttribute("role", "link")
    enable(link, ready)
    enable(both, ready)
    enable(copy, text)
  }
}
