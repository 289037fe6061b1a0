// Selecting papers, on every page. What is shown of a selection is loaded once there is one.

import { hasPicks, startPicks } from "./picks.js"
import { ROOT } from "./root.js"
import { selection, validKeys } from "./selection.js"

let opening = null
const openTray = () => {
  opening ??= import("./tray.js")
  return opening
}

const show = async () => {
  if (!selection.size && !opening) return
  const tray = await openTray()
  await tray.show({ open: hasPicks() })
}

// An address of papers that somebody has shared: /papers/?keys=a,b,c
const offer = async () => {
  const keys = new URLSearchParams(location.search).get("keys")
  if (!keys || location.pathname !== new URL("papers/", ROOT).pathname) return
  const tray = await openTray()
  await tray.offer(validKeys(keys.split(",").map((key) => key.trim())))
}

startPicks()
selection.onChange(show)
show()
if (location.search.includes("keys=")) offer()
