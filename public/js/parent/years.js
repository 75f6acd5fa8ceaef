/** Years of school in words: the preschool class is 0, then 1–9. */
import { t } from '../i18n/messages.js'

/** @param {[number, number]} years */
export function yearsWords([from, to]) {
  if (from === to) return from === 0 ? t('plan.preschool_class') : t('plan.year', { Year: from })
  return from === 0 ? t('plan.from_preschool_class', { To: to }) : t('plan.years', { From: from, To: to })
}
