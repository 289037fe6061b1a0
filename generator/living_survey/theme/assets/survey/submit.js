// The form on /submit/: propose a paper or a correction without knowing YAML or git.
//
// It is built from the schema of paper files and what the generator says of the survey, checks as the generator does,
// and writes the file that `survey fmt` would. Nothing leaves the browser before a button is pressed that says whom it
// asks. Where the files are, the element on the page says; what they are, `generator/living_survey/publish/form.py`.

import { element } from "./submit/element.js"
import { makeForm } from "./submit/form.js"
import { phrase, speak } from "./submit/labels.js"

const SHOWN = 80 // characters of a key that is none

const load = async (address) => {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${response.status}`)
  return response.json()
}

const open = async (place) => {
  const page = location.href
  const address = (name, key = "") => new URL(place.dataset[name].replaceAll("{key}", key), page)
  const wanted = new URLSearchParams(location.search).get("paper")
  place.replaceChildren(element("p", { role: "status" }, place.dataset.loading))
  let found
  try {
    found = await Promise.all(["schema", "survey"].map((name) => load(address(name))))
  } catch {
    place.replaceChildren(element("p", { role: "alert" }, place.dataset.failed))
    return
  }
  const [schema, survey] = found
  speak(survey.labels)
  const given = { schema, survey, address, load }
  if (!wanted) return place.replaceChildren(makeForm({ ...given, original: null, ownKey: "" }))
  const isKey = new RegExp(schema.properties.key.pattern, "u").test(wanted)
  const original = isKey ? await load(address("paperData", wanted)).catch(() => null) : null
  if (original) return place.replaceChildren(makeForm({ ...given, original, ownKey: wanted }))
  place.replaceChildren(element("p", { role: "alert" }, ...phrase("page.paper_unknown", {
    key: wanted.slice(0, SHOWN), link: element("a", { href: location.pathname }, ...phrase("page.propose_instead")),
  })))
}

// With the theme's instant navigation pages are swapped without loading: the theme says when one is there.
const start = () => {
  const place = document.getElementById("survey-form")
  if (!place || place.dataset.started) return
  place.dataset.started = "yes"
  open(place)
}
if (window.document$) window.document$.subscribe(start)
else start()
