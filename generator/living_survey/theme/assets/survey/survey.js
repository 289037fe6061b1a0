// Copy buttons. Without JavaScript the style sheet hides them, and the text beside them can be selected. What they say
// then stands in the page, on the button or around it, as all words of this script do.
for (const button of document.querySelectorAll("[data-survey-copy]")) {
  const words = button.closest("[data-survey-copied]")?.dataset ?? {}
  const source = document.getElementById(button.dataset.surveyCopy)
  const status = document.createElement("span")
  status.setAttribute("role", "status")
  status.className = "survey-status"
  button.after(status)
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent)
      status.textContent = words.surveyCopied
    } catch {
      // No clipboard (an insecure page, a refused permission): leave the text selected for Ctrl+C.
      getSelection().selectAllChildren(source)
      status.textContent = words.surveyCopyByHand
    }
    setTimeout(() => { status.textContent = "" }, 4000)
  })
}

// The address of the page, with the view that is open.
for (const button of document.querySelectorAll("[data-survey-link]")) {
  const status = document.createElement("span")
  status.setAttribute("role", "status")
  status.className = "survey-status"
  button.after(status)
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href)
      status.textContent = button.dataset.surveyCopied
    } catch {
      status.textContent = location.href
    }
    setTimeout(() => { status.textContent = "" }, 4000)
  })
}

// Which view of a page is open, for those who cannot see it; the address alone opens it.
for (const views of document.querySelectorAll(".survey-views")) {
  const say = () => {
    const links = [...views.querySelectorAll("a")]
    const target = document.getElementById(location.hash.slice(1))
    const open = target === views ? "all" : target?.closest(".survey-view")?.id
    const current = links.find((link) => link.hash === `#${open}`) ?? links[0]
    for (const link of links) link.setAttribute("aria-current", String(link === current))
  }
  addEventListener("hashchange", say)
  say()
}

// Ways to cite as tabs. Without JavaScript they stand one below the other, each under its heading.
for (const group of document.querySelectorAll("[data-survey-tabs]")) {
  const panels = [...group.querySelectorAll("section")]
  const list = document.createElement("div")
  list.setAttribute("role", "tablist")
  list.setAttribute("aria-label", group.dataset.surveyTabs)
  list.className = "survey-tabs"
  const tabs = panels.map((panel) => {
    const tab = document.createElement("button")
    tab.type = "button"
    tab.textContent = panel.getAttribute("aria-label")
    tab.setAttribute("role", "tab")
    tab.id = `${panel.id}-tab`
    tab.setAttribute("aria-controls", panel.id)
    panel.setAttribute("role", "tabpanel")
    panel.setAttribute("aria-labelledby", tab.id)
    panel.removeAttribute("aria-label")
    panel.querySelector("h3").hidden = true
    list.append(tab)
    return tab
  })
  const select = (chosen, focus) => {
    tabs.forEach((tab, index) => {
      tab.setAttribute("aria-selected", String(index === chosen))
      tab.tabIndex = index === chosen ? 0 : -1
      panels[index].hidden = index !== chosen
    })
    if (focus) tabs[chosen].focus()
  }
  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => select(index, false))
    tab.addEventListener("keydown", (event) => {
      const last = tabs.length - 1
      const target = { ArrowRight: index === last ? 0 : index + 1, ArrowLeft: index === 0 ? last : index - 1,
        Home: 0, End: last }[event.key]
      if (target === undefined) return
      event.preventDefault()
      select(target, true)
    })
  })
  group.prepend(list)
  const wanted = panels.findIndex((panel) => `#${panel.id}` === location.hash)
  select(wanted < 0 ? Math.max(0, panels.findIndex((panel) => panel.id === "cite-bibtex")) : wanted, false)
}

// Tables that sort by the column whose heading is pressed; numbers as numbers.
for (const table of document.querySelectorAll("table[data-survey-sort]")) {
  table.querySelectorAll("thead th").forEach((heading, column) => {
    const button = document.createElement("button")
    button.type = "button"
    button.textContent = heading.textContent
    button.className = "survey-sort"
    heading.replaceChildren(button)
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "ascending"
      for (const other of table.querySelectorAll("th")) other.removeAttribute("aria-sort")
      heading.setAttribute("aria-sort", down ? "descending" : "ascending")
      const value = (row) => row.cells[column].textContent.trim()
      const number = (text) => parseFloat(text.replaceAll(",", ""))
      const rows = [...table.tBodies[0].rows].sort((a, b) => {
        const [left, right] = [value(a), value(b)]
        if (!left || !right) return left ? -1 : right ? 1 : 0 // blanks stay last
        const order = isNaN(number(left)) || isNaN(number(right))
          ? left.localeCompare(right) : number(left) - number(right)
        return down ? -order : order
      })
      table.tBodies[0].append(...rows)
    })
  })
}

// Selecting papers: modules, which a script that is none can load as well.
import("./select/main.js")
