/**
 * For a field that its reader changes: what is to be drawn is compared with
 * what stands in the field, and not with what was drawn there last. It is not
 * among html.js's, because nothing that leads to a first letter needs it.
 */
export { live } from '../../vendor/lit-html/directives/live.js'
