// The page on which a reader holds a bibliography against the survey. The file is read in a worker and goes nowhere.

import { makeReport } from "./bibliography/report.js"
import { element } from "./submit/element.js"
import { makeWords } from "./select/words.js"

const said = (text, role = "status") => element("p", { role }, text)

const check = (files, place, words, propose) => {
  place.replaceChildren(said(words("starting")))
  const worker = new Worker(new URL("./bibliography/worker.js", import.meta.url), { type: "module" })
  const fail = () => {
    worker.terminate()
    place.replaceChildren(said(words("failed"), "alert"))
  }
  worker.onerror = fail
  worker.onmessage = ({ data }) => {
    if (data.error) return fail()
    if (!data.result) {
      place.firstChild.textContent = words("reading", data)
      return
    }
    worker.terminate()
    place.replaceChildren(...makeReport(data.result, words, propose))
  }
  worker.postMessage(files, files.map(({ bytes }) => bytes))
}

const build = (place) => {
  const words = makeWords(JSON.parse(place.dataset.words))
  const report = element("div")
  const run = async (files) => {
    if (!files.length) return
    const read = await Promise.all(files.map(async (file) => ({ name: file.name, bytes: await file.arrayBuffer() })))
    check(read, report, words, place.dataset.propose)
  }
  const input = element("input", { type: "file", multiple: true, accept: ".bib,.bibtex,.ris,.json,.tex", onchange: () => run([...input.files]) })
  const drop = element("label", { class: "survey-drop" }, element("span", {}, words("choose")), input)
  drop.addEventListener("dragover", (event) => {
    event.preventDefault()
    drop.classList.add("survey-drop--over")
  })
  drop.addEventListener("dragleave", () => drop.classList.remove("survey-drop--over"))
  drop.addEventListener("drop", (event) => {
    event.preventDefault()
    drop.classList.remove("survey-drop--over")
    run([...event.dataTransfer.files])
  })
  const pasted = element("textarea", { rows: 6, spellcheck: false })
  const paste = element("details", { class: "survey-paste" }, element("summary", {}, words("paste")),
    element("label", {}, words("paste"), pasted),
    element("button", { type: "button", class: "md-button", onclick: () => run([new File([pasted.value], words("paste"))]) }, words("check")))
  place.replaceChildren(drop, paste, report)
}

const start = () => {
  const place = document.getElementById("survey-bibliography")
  if (!place || place.dataset.started) return
  place.dataset.started = "yes"
  build(place)
}
if (window.document$) window.document$.subscribe(start)
else start()
