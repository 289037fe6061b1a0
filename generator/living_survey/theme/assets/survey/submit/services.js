// Ask Crossref or DataCite, when a button is pressed that names them, and fill in what they say.

import { element, paragraph } from "./element.js"
import { label } from "./labels.js"
import { ask, hostOf, identify, LookupError } from "./lookup/ask.js"
import { valueAt } from "./schema.js"
import { today } from "./text.js"

// Returns what to put on the page.
export const makeServices = ({ schema, survey, group, update }) => {
  const input = element("input", { type: "text", id: "survey-lookup", autocomplete: "off", spellcheck: false, "aria-describedby": "survey-lookup-help survey-lookup-status" })
  const button = element("button", { type: "button", class: "md-button" })
  const status = element("p", { id: "survey-lookup-status", role: "status", class: "survey-form__status" })
  let service = ""
  const offer = (other = "") => {
    const found = identify(input.value, survey)
    service = found ? other || found.service : ""
    button.textContent = found ? label("services.ask", { host: hostOf(service, survey) }) : label("services.ask_for_it")
    button.setAttribute("aria-disabled", String(!found))
  }
  const press = async () => {
    const found = identify(input.value, survey)
    if (!found) {
      status.textContent = label("services.type_first")
      input.focus()
      return
    }
    if (button.dataset.busy) return
    const asked = service
    const host = hostOf(asked, survey)
    button.dataset.busy = "yes"
    status.textContent = label("services.asking", { host, name: found.name })
    try {
      const data = await ask(asked, found.doi, survey, schema)
      status.textContent = report(host, fillIn(group, data, `${survey.services[asked].record}${found.doi}`))
      update()
      offer()
    } catch (error) {
      if (!(error instanceof LookupError)) throw error
      status.textContent = error.message
      // What Crossref does not know, DataCite may: a second press, another name on the button.
      if (error.unknown && asked === "crossref") {
        offer("datacite")
        status.textContent = label("services.ask_other", { host, other: hostOf("datacite", survey) })
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
  return [
    element("h2", {}, label("services.title")),
    element("div", { class: "survey-field" },
      element("label", { for: "survey-lookup" }, label("services.label")), input,
      element("p", { id: "survey-lookup-help", class: "survey-field__help" }, label("services.help"))),
    paragraph(button), status,
  ]
}

// Put what a service says into fields that are empty; returns the labels of those, and of those that were kept.
const fillIn = (group, data, consulted) => {
  const filled = []
  const kept = []
  const whole = { ...data, provenance: { source: "form", consulted: [consulted], checked: today() } }
  for (const field of group.fields) {
    const value = valueAt(whole, field.path)
    if (value === undefined) continue
    const told = field.path[0] !== "provenance"
    if (field.read() !== undefined) {
      if (told) kept.push(field.label)
      continue
    }
    field.write(value)
    field.touched = true
    if (told) filled.push(field.label)
  }
  return { filled, kept }
}

const report = (host, { filled, kept }) => {
  if (!filled.length) return label("services.nothing_new", { host })
  const sentences = [label("services.filled", { host, fields: filled.join(", ") })]
  if (kept.length) sentences.push(label("services.kept", { fields: kept.join(", ") }))
  return [...sentences, label("services.compare")].join(" ")
}
