/**
 * A picture on its way into a letter: drawn anew, no larger than a phone's
 * screen shows and as JPEG, so that nothing of the camera's notes is left, not
 * where it was taken either.
 */

/** The longer side at most, in pixels; the server takes no more. */
const SIDE = 1600

/** What the picture should weigh at most, in bytes, where quality can give it. */
const LIGHT = 500_000

/** Tried one after another, until the picture is light. */
const QUALITIES = [0.82, 0.7, 0.55]

/**
 * @param {Blob} file
 * @returns {Promise<Blob|null>} null where this browser can't read it
 */
export async function shrink(file) {
  const url = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    return await asJPEG(drawn(image))
  } catch {
    return null
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** As the picture is held, whatever the camera's sensor: browsers turn it themselves. @param {HTMLImageElement} image */
function drawn(image) {
  const { naturalWidth: width, naturalHeight: height } = image
  const scale = Math.min(1, SIDE / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const paper = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
  paper.fillStyle = '#fff' // JPEG has nothing to see through
  paper.fillRect(0, 0, canvas.width, canvas.height)
  paper.imageSmoothingQuality = 'high'
  paper.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob|null>} */
async function asJPEG(canvas) {
  /** @type {Blob|null} */
  let blob = null
  for (const quality of QUALITIES) {
    blob = await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
    if (!blob || blob.size <= LIGHT) break
  }
  return blob
}
