/** @import {QR} from './types.js' */
import { html } from '../lib/html.js'

/**
 * A QR code as a picture, black on white in every colour scheme.
 * @param {QR} qr
 * @param {string} label says what it is, for those who can't see it
 */
export const qrCode = (qr, label) => html`
  <svg class="qr" viewBox="0 0 ${qr.size} ${qr.size}" role="img" aria-label=${label} shape-rendering="crispEdges">
    <path d=${qr.path}></path>
  </svg>`
