// Copy buttons. Without JavaScript they stay hidden, and the text beside them can be selected.
for (const button of document.querySelectorAll("[data-survey-copy]")) {
  const source = document.getElementById(button.dataset.surveyCopy).querySelector("code")
  const status = document.createElement("span")
  status.setAttribute("role", "status")
  status.className = "survey-status"
  button.after(status)
  button.hidden = false
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent)
      status.textContent = "Copied"
    } catch {
      // No clipboard (an insecure page, a refused permission): leave the text selected for Ctrl+C.
      getSelection().selectAllChildren(source)
      status.textContent = "Press Ctrl+C to copy"
    }
    setTimeout(() => { status.textContent = "" }, 4000)
  })
}
