// The places where a paper is selected: a checkbox in each entry of a list, a button on a paper's page. They stand in the
// page or are put there by other scripts; style sheets hide them where there are no scripts.

import { selection } from "./selection.js"

const PICKS = ".survey-pick input, [data-survey-select]"
const keyOf = (node) => node.dataset.surveySelect ?? node.value

// Show what is selected in all such places below a node.
export const syncPicks = (below = document) => {
  for (const node of below.querySelectorAll(PICKS)) {
    if (node.type === "checkbox") node.checked = selection.has(keyOf(node))
    else node.setAttribute("aria-pressed", String(selection.has(keyOf(node))))
  }
}

export const startPicks = () => {
  document.addEventListener("change", ({ target }) => {
    if (target.matches?.(".survey-pick input") && target.checked !== selection.has(target.value)) selection.toggle(target.value)
  })
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-survey-select]")
    if (button) selection.toggle(keyOf(button))
  })
  selection.onChange(() => syncPicks())
  // Lists change under a reader's hands, and with instant navigation whole pages do.
  new MutationObserver((changes) => {
    const grown = changes.filter(({ addedNodes }) => [...addedNodes].some((node) => node.nodeType === Node.ELEMENT_NODE))
    for (const place of new Set(grown.map(({ target }) => target))) syncPicks(place)
  }).observe(document.body, { childList: true, subtree: true })
  // What a quick reader has ticked before this script was there.
  const ticked = [...document.querySelectorAll(".survey-pick input:checked")].map(keyOf)
  selection.add(ticked)
  syncPicks()
}

export const hasPicks = () => document.querySelector(PICKS) !== null
