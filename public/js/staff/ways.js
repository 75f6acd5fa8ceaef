/**
 * Where staff go from their first page besides their groups: one row each.
 *
 * @import {Person} from './types.js'
 */
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'
import { t } from '../i18n/messages.js'
import { administers, coordinates, onTablet, writes } from './session.js'

/** @typedef {{href: string, icon: string, label: string, may: (person: Person) => boolean, tablet?: true}} Way label: a message id; tablet: also on a unit's shared tablet */

const everybody = () => true

/** @type {Way[]} */
const WAYS = [
  { href: '/staff/search', icon: 'search', label: 'staff.search.title', may: writes, tablet: true },
  { href: '/staff/bank', icon: 'lightbulb', label: 'staff.bank.title', may: everybody, tablet: true },
  { href: '/staff/question', icon: 'circle-help', label: 'staff.rules.title', may: coordinates },
  { href: '/staff/plan', icon: 'calendar', label: 'staff.plan.title', may: everybody },
  { href: '/staff/activities', icon: 'users', label: 'staff.activity.list', may: writes },
  { href: '/staff/guide', icon: 'compass', label: 'staff.guide.title', may: everybody },
  { href: '/staff/channels', icon: 'message-circle', label: 'staff.channel.title', may: everybody },
  { href: '/staff/people', icon: 'user-plus', label: 'staff.people.title', may: administers },
  { href: '/staff/admin', icon: 'sliders-horizontal', label: 'staff.admin.title', may: administers },
]

/** @param {Person} person */
export function ways(person) {
  const open = WAYS.filter((way) => way.may(person) && (way.tablet || !onTablet()))
  return open.length === 0 ? nothing : html`
    <nav class="stack" data-part="ways" aria-label=${t('staff.ways.label')}>
      <ul class="rows card">${open.map((way) => html`<li><a class="rowlink" href=${way.href} data-way=${way.href}>
        ${icon(way.icon)}<span class="grow">${t(way.label)}</span>${icon('chevron-right')}</a></li>`)}</ul>
    </nav>`
}
