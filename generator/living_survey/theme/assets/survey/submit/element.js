// Elements of the page. Text from anywhere is put in as text, never as HTML.

// An element with properties, attributes (names with a hyphen, role, for) and children; strings become text.
export const element = (tag, properties = {}, ...children) => {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") node.className = value
    else if (name.includes("-") || ["role", "for", "list"].includes(name)) node.setAttribute(name, value)
    else node[name] = value
  }
  node.append(...children)
  return node
}

export const paragraph = (...children) => element("p", {}, ...children)

// Text with `code` in it.
export const withCode = (text) =>
  text.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part))

// Put nodes into a place, unless it says the same already: somebody may be pressing one of its buttons.
export const renew = (place, nodes) => {
  const said = nodes.map((node) => node.textContent).join("\n")
  if (place.dataset.said === said) return
  place.dataset.said = said
  place.replaceChildren(...nodes)
}
