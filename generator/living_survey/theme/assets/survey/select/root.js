// Where the site begins, as seen from this script.
export const ROOT = new URL("../../../", import.meta.url)
