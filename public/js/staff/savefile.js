/**
 * Puts a file among the downloads of the one who works here.
 * @param {Blob} file
 * @param {string} name
 */
export function saveFile(file, name) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // The browser has opened the file by the time the page is idle again.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
