/**
 * The question of a new school year, above the letters: stay, go on, or leave.
 *
 * @import {Asked} from '../data/schoolyear.js'
 */
import { Refused } from '../data/net.js'
import { answeredNow, asked, goOn } from '../data/schoolyear.js'
import { leaveGroup } from '../data/own.js'
import { SOURCE, loadMore, locale, t } from '../i18n/messages.js'
import { html, nothing } from '../lib/html.js'
import { icon } from '../lib/icon.js'

/** What is being sent, what went wrong, and whether leaving was asked for, by group. @type {Map<string, {busy?: boolean, error?: string, leaving?: boolean}>} */
const doing = new Map()

/**
 * The questions that this phone is asked today, or nothing.
 * @param {() => Promise<void>} redraw
 */
export async function schoolYear(redraw) {
  const open = await asked()
  if (open.length === 0) return nothing
  await loadMore('later')
  return open.map((group) => card(group, redraw))
}

/** @param {Asked} group @param {() => Promise<void>} redraw */
function card(group, redraw) {
  const { busy = false, error = '', leaving = false } = doing.get(group.id) ?? {}
  /** @param {{busy?: boolean, error?: string, leaving?: boolean}} now */
  const say = async (now) => {
    doing.set(group.id, now)
    await redraw()
  }
  /** @param {string} to */
  const choose = async (to) => {
    if (busy) return
    await say({ busy: true })
    try {
      await goOn(group, to, locale())
      doing.delete(group.id)
      await redraw()
    } catch (problem) {
      await say({ error: problem instanceof Refused && problem.message ? problem.message : t('town.year.offline') })
    }
  }
  const leave = async () => {
    await answeredNow(group)
    await leaveGroup(group.id)
    doing.delete(group.id)
    await redraw()
  }
  return html`<section class="card stack" aria-labelledby=${`year-${group.id}`} data-year=${group.id}>
    <h2 id=${`year-${group.id}`} class="label">${t('town.year')}</h2>
    <p><strong>${t('town.year.ask', { Name: group.name })}</strong> ${t('town.year.stays')}</p>
    ${leaving ? html`<p role="alert">${t('groups.leave_sure', { Name: group.name })}</p><div class="row">
      <button class="button danger" data-action="leave-yes" @click=${leave}>${t('groups.leave_yes')}</button><button class="button" @click=${() => say({})}>${t('groups.leave_no')}</button></div>`
    : html`<button class="button choice" data-to=${group.id} aria-disabled=${busy} @click=${() => choose(group.id)}>${icon('check')}<span>${t('town.year.stay')} <bdi lang=${SOURCE}>${group.name}</bdi></span></button>
      ${group.moves.to.map((to) => html`<button class="button choice" data-to=${to.id} aria-disabled=${busy} @click=${() => choose(to.id)}>${icon('arrow-right')}<span class="stack tight"><span>${t('town.year.go')} <bdi lang=${SOURCE}>${to.name}</bdi></span><small class="quiet"><bdi lang=${SOURCE}>${to.unit}</bdi></small></span></button>`)}
      <button class="button choice" data-action="leave" aria-disabled=${busy} @click=${() => say({ leaving: true })}>${icon('log-out')}<span>${t('groups.leave')}</span></button>`}
    ${error ? html`<p class="error" role="alert">${icon('triangle-alert')}<span>${error}</span></p>` : nothing}
  </section>`
}
