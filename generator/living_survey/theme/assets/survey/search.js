// The search boxes: `/` leads into one, and nothing of the search is fetched before a box has the focus.
//
// A box is an element with `data-survey-find` and class `survey-find` that holds a form with an input of type "search";
// what is found is put below the form. There may be several on a page.

const boxes = () => [...document.querySelectorAll("[data-survey-find]")]
const inputOf = (box) => box.querySelector("input")
const visible = (element) => element.getClientRects().length > 0

document.documentElement.classList.add("survey-finds")

const open = async (box) => {
  const { openBox } = await import("./search/box.js")
  openBox(box)
}

// Into the page's own field, if it has one, else into the header's box, which on a narrow screen is out of sight.
const reach = () => {
  const own = [...document.querySelectorAll("main input[type=search]")].find(visible)
  const [box] = boxes()
  const input = own ?? (box && inputOf(box))
  if (!own) box?.classList.add("survey-find--open")
  input?.focus()
  input?.select()
}

const reachBox = (box) => {
  box.classList.add("survey-find--open")
  inputOf(box).focus()
}

document.addEventListener("focusin", ({ target }) => {
  const box = target instanceof Element && target.closest("[data-survey-find]")
  if (box && target === inputOf(box)) open(box)
})

document.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element)) return
  if (target.closest("[data-survey-find-open]")) reachBox(boxes()[0])
})

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  const { target } = event
  if (target instanceof Element && (target.closest("input, select, textarea") || target.isContentEditable)) return
  event.preventDefault()
  reach()
}, true)

if (boxes().some((box) => inputOf(box) === document.activeElement)) open(document.activeElement.closest("[data-survey-find]"))
