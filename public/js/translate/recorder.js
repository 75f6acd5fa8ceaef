/**
 * Records a text read aloud, sentence by sentence: one recording, with the
 * moment at which each sentence begins. It holds the microphone only while it
 * records.
 *
 * @typedef {'idle' | 'asking' | 'denied' | 'unable' | 'recording' | 'paused' | 'done'} RecorderState
 *
 * @typedef {object} Take what was recorded
 * @property {Blob} sound
 * @property {number[]} marks at which millisecond each sentence begins
 * @property {number} milliseconds how long all of it is
 */

/** What is recorded, best first: every phone plays AAC, all but old iPhones Opus. */
const KINDS = ['audio/mp4;codecs=mp4a.40.2', 'audio/webm;codecs=opus', 'audio/ogg;codecs=opus']

/** Bits a second: speech is clear at this, and a minute takes a quarter of a megabyte. */
const RATE = 32_000

export class Recorder {
  /** @type {RecorderState} */ state = 'idle'
  /** The sentence that is being read. */ at = 0
  /** @type {Take | null} */ take = null
  /** @type {number[]} */ #marks = []
  /** @type {MediaRecorder | null} */ #recorder = null
  /** @type {Blob[]} */ #parts = []
  #bytes = 0
  #before = 0
  #since = 0
  /** Set while it was stopped because it had become too long. */ full = false

  /**
   * @param {number} sentences how many there are
   * @param {{milliseconds: number, bytes: number}} most
   * @param {() => void} changed is told of every change
   */
  constructor(sentences, most, changed) {
    this.sentences = sentences
    this.most = most
    this.changed = changed
  }

  /** How long it is by now, in milliseconds. */
  get elapsed() {
    return Math.round(this.#before + (this.state === 'recording' && this.#since ? performance.now() - this.#since : 0))
  }

  get isLast() {
    return this.at === this.sentences - 1
  }

  /** Begins, after the browser has asked for the microphone where it does. */
  async start() {
    this.#become('asking')
    const kind = globalThis.MediaRecorder && KINDS.find((k) => MediaRecorder.isTypeSupported(k))
    if (!kind || !navigator.mediaDevices) return this.#become('unable')
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } })
      this.#record(stream, kind)
    } catch (error) {
      const name = /** @type {any} */ (error)?.name
      if (name !== 'NotAllowedError' && name !== 'NotFoundError' && name !== 'NotReadableError') throw error
      this.#become(name === 'NotAllowedError' ? 'denied' : 'unable')
    }
  }

  /** The next sentence begins; after the last one it is done. */
  next() {
    if (this.state !== 'recording') return
    if (this.isLast) return this.stop()
    this.#marks.push(Math.max(this.elapsed, this.#marks[this.at] + 1))
    this.at++
    this.changed()
  }

  pause() {
    if (this.state !== 'recording') return
    this.#before = this.elapsed
    this.#since = 0
    this.#recorder?.pause()
    this.#become('paused')
  }

  resume() {
    if (this.state !== 'paused') return
    this.#since = performance.now()
    this.#recorder?.resume()
    this.#become('recording')
  }

  stop() {
    if (this.#recorder?.state !== 'inactive') this.#recorder?.stop()
  }

  /** Ends it without keeping anything. */
  drop() {
    const recorder = this.#recorder
    this.#recorder = null
    if (recorder && recorder.state !== 'inactive') recorder.stop()
    for (const track of recorder?.stream.getTracks() ?? []) track.stop()
  }

  /** @param {MediaStream} stream @param {string} kind */
  #record(stream, kind) {
    const recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: RATE })
    this.#recorder = recorder
    recorder.onstart = () => {
      this.#marks = [0]
      this.#since = performance.now()
      this.#become('recording')
    }
    recorder.ondataavailable = ({ data }) => this.#add(data)
    recorder.onstop = () => this.#finish(recorder)
    recorder.start(1000)
  }

  /** @param {Blob} data */
  #add(data) {
    this.#parts.push(data)
    this.#bytes += data.size
    const spare = 2000
    if (this.state !== 'recording' || (this.elapsed < this.most.milliseconds - spare && this.#bytes < this.most.bytes * 0.98)) return this.changed()
    this.full = true
    this.stop()
  }

  /** @param {MediaRecorder} recorder */
  #finish(recorder) {
    for (const track of recorder.stream.getTracks()) track.stop()
    if (this.#recorder !== recorder) return
    const milliseconds = Math.max(this.elapsed, this.#marks[this.at] + 1)
    this.#before = milliseconds
    this.#since = 0
    if (!this.full && this.isLast) {
      this.take = { sound: new Blob(this.#parts, { type: recorder.mimeType.split(';')[0] }), marks: this.#marks, milliseconds }
    }
    this.#become('done')
  }

  /** @param {RecorderState} state */
  #become(state) {
    this.state = state
    this.changed()
  }
}
