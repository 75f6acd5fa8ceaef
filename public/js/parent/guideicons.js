/** The signs of worries and ages, for those who read little. */

/** By the worry's key. @type {Record<string, string>} */
const WORRIES = {
  unsure: 'compass', parenthood: 'house', sleep: 'moon', food: 'utensils', speech: 'message-circle', tantrums: 'cloud-lightning',
  acting_out: 'flag', siblings: 'users', separation: 'split', baby: 'baby', absence: 'calendar-x', bullying: 'shield', reading: 'book-open',
  grades: 'graduation-cap', friends: 'hand-helping', screens: 'smartphone', gaming: 'gamepad-2', anxiety: 'cloud-rain',
  self_harm: 'heart-handshake', eating: 'apple', body: 'user-round', alcohol_at_home: 'wine', parents_illness: 'stethoscope', drugs: 'pill',
  crime: 'scale', violence_at_home: 'triangle-alert', honour: 'key-round', new_in_sweden: 'footprints', language: 'languages',
  money: 'wallet', grief: 'flower', disability: 'accessibility',
}

/** Of a worry that this version does not know a sign for, one for all. @param {string} key */
export const worryIcon = (key) => WORRIES[key] ?? 'circle-help'

/** The ages that help is made for, each with its sign. @type {{from: number, to: number, icon: string, label: string}[]} */
export const STAGES = [
  { from: 0, to: 1, icon: 'baby', label: 'guide.stage.baby' },
  { from: 2, to: 5, icon: 'toy-brick', label: 'guide.stage.preschool' },
  { from: 6, to: 12, icon: 'backpack', label: 'guide.stage.school' },
  { from: 13, to: 15, icon: 'school', label: 'guide.stage.teen' },
  { from: 16, to: 20, icon: 'graduation-cap', label: 'guide.stage.youth' },
]
