// Adding many papers at once: all that are listed, all that a bibliography lacks.

import { selection } from "./selection.js"

// Add papers to the selection, and say how many are new, with the way back.
export const addAll = async (keys) => {
  const count = selection.add(keys)
  const { sayAdded } = await import("./tray.js")
  await sayAdded(count)
}
