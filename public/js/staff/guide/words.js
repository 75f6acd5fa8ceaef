/** Small words that several of the guide's staff pages say. */
import { formatDate, t } from '../../i18n/messages.js'

/** @param {{ageFrom: number, ageTo: number}} of */
export const ages = ({ ageFrom, ageTo }) => (ageFrom === 0 && ageTo === 20 ? t('guide.ages_all')
  : ageFrom === ageTo ? t('guide.age', { Age: ageFrom }) : t('guide.ages', { From: ageFrom, To: ageTo }))

/** When an entry was last found to be right. @param {string} checked */
export const checkedOn = (checked) => (checked ? t('guide.checked', { Date: formatDate(checked, 'date') }) : t('staff.guide.never_checked'))
