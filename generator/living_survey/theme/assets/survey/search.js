// The search boxes: `/` leads into one, and nothing of the search is fetched before a box has the focus.

const boxes = () => [...document.querySelectorAll("[data-survey-find]")]
const inputOf = (box) => box.querySelector("input")
const visible = (element) => element.getClientRects().length > 0

document.documentElement.classList.add("survey-finds")

const open = async (box) => {
  const { openBox } = await import("./search/box.js")
  openBox(box)
}

const reach = () => {
  const box = boxes().find((one) => visible(inputOf(one))) ?? boxes()[0]
  if (!box) return
  box.classList.add("survey-find--open") // on a narrow screen it is out of sight
  inputOf(box).focus()
  inputOf(box).select()
}

document.addEventListener("focusin", ({ target }) => {
  const box = target instanceof Element && target.closest("[data-survey-find]")
  if (box && target === inputOf(box)) open(box)
})

document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return
  if (target.closest("[data-survey-find-open]")) reach()
})

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  const { target } = event
  if (target instanceof Element && (target.closest("input, select, textarea") || target.isContentEditable)) return
  event.preventDefault()
  reach()
}, true)

if (boxes().some((box) => inputOf(box) === document.activeElement)) open(document.activeElement.closest("[data-survey-find]"))
