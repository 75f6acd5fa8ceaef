/**
 * The template functions that every view uses. Text put into a template is
 * always drawn as text; nothing in this app makes HTML out of a string.
 */
export { html, svg, render, nothing } from '../../vendor/lit-html/lit-html.js'
export { repeat } from '../../vendor/lit-html/directives/repeat.js'

/** @typedef {import('../../vendor/lit-html/lit-html.js').TemplateResult} Template */
