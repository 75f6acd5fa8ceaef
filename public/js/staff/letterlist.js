/**
 * A group's letters: what goes out in a moment and can be undone, then drafts,
 * since they wait for her, then what parents read, then what was taken back.
 *
 * @import {Letter} from './types.js'
 */
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { formatDate, t } from '../i18n/messages.js'
import { isPublic } from './steps.js'

/** @param {Letter[]} letters latest first */
export function letterLists(letters) {
  const going = letters.filter((l) => l.release)
  const still = letters.filter((l) => !l.release)
  const drafts = still.filter((l) => l.number === 0)
  const published = still.filter(isPublic)
  const withdrawn = still.filter((l) => l.number > 0 && l.withdrawn)
  return [
    part('going', going, () => t('staff.letters.goes')),
    part('drafts', drafts, (l) => t('staff.letters.changed', { Date: formatDate(l.updated, 'heard') })),
    part('published', published, (l) => l.corrected
      ? t('staff.letters.corrected', { Date: formatDate(l.corrected, 'day') })
      : t('staff.letters.sent', { Date: formatDate(l.published, 'day') })),
    part('withdrawn', withdrawn, (l) => t('staff.letters.taken_back', { Date: formatDate(l.withdrawn, 'day') })),
  ]
}

/** @type {Record<string, string>} */
const ICONS = { going: 'hourglass', drafts: 'pencil', published: 'circle-check', withdrawn: 'undo-2' }

/**
 * @param {'going'|'drafts'|'published'|'withdrawn'} name
 * @param {Letter[]} letters
 * @param {(letter: Letter) => string} under
 */
const part = (name, letters, under) => letters.length === 0 ? nothing : html`
  <div class="stack tight" data-part=${name}>
    <h3 class="label">${t(`staff.letters.${name}`)}</h3>
    <ul class="rows card">
      ${letters.map((l) => html`<li><a class="rowlink" href="/staff/letters/${l.id}${name === 'published' || name === 'going' ? '/preview' : ''}" data-letter=${l.id}>
        ${icon(ICONS[name])}
        <span class="grow"><span lang="sv" dir="auto">${l.title || t('staff.letter.untitled')}</span><small class="quiet">${under(l)}</small></span>
        ${icon('chevron-right')}</a></li>`)}
    </ul>
  </div>`
