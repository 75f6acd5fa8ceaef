/**
 * Everything that the app keeps in a browser: each store of the database, each
 * key, each cache, with what it is for. The page about the app shows it, and a
 * test finds what is stored and is not here. Cookies there are none.
 *
 * One row a line, as it stands: the test reads it too.
 *
 * @typedef {object} Kept
 * @property {'store' | 'key' | 'tab' | 'cache'} kind a store of the database `folje`, a key of localStorage, one of
 *   sessionStorage, which ends with the tab, or a cache; * stands for whatever follows
 * @property {string} name
 * @property {string} why message id of what it is for
 * @property {'all' | 'staff'} who on whose phones and computers it is
 */

/** @type {Kept[]} */
export const INVENTORY = [
  { kind: 'store', name: 'meta', why: 'about.kept.meta', who: 'all' },
  { kind: 'store', name: 'groups', why: 'about.kept.groups', who: 'all' },
  { kind: 'store', name: 'records', why: 'about.kept.records', who: 'all' },
  { kind: 'store', name: 'texts', why: 'about.kept.texts', who: 'all' },
  { kind: 'store', name: 'feeds', why: 'about.kept.feeds', who: 'all' },
  { kind: 'store', name: 'opened', why: 'about.kept.opened', who: 'all' },
  { kind: 'store', name: 'answers', why: 'about.kept.answers', who: 'all' },
  { kind: 'store', name: 'outbox', why: 'about.kept.outbox', who: 'all' },
  { kind: 'store', name: 'sent', why: 'about.kept.sent', who: 'all' },
  { kind: 'store', name: 'sealed', why: 'about.kept.sealed', who: 'all' },
  { kind: 'store', name: 'drafts', why: 'about.kept.drafts', who: 'staff' },
  { kind: 'key', name: 'folje.locale', why: 'about.kept.locale', who: 'all' },
  { kind: 'key', name: 'folje.phone', why: 'about.kept.phone', who: 'all' },
  { kind: 'key', name: 'folje.translate.locale', why: 'about.kept.desk', who: 'staff' },
  { kind: 'key', name: 'pocketbase_auth', why: 'about.kept.session', who: 'staff' },
  { kind: 'key', name: 'folje.tablet', why: 'about.kept.tablet', who: 'staff' },
  { kind: 'tab', name: 'pocketbase_auth', why: 'about.kept.session', who: 'staff' },
  { kind: 'tab', name: 'folje.provider', why: 'about.kept.provider', who: 'staff' },
  { kind: 'tab', name: 'folje.code', why: 'about.kept.code', who: 'all' },
  { kind: 'cache', name: 'folje-shell-*', why: 'about.kept.shell', who: 'all' },
  { kind: 'cache', name: 'folje-recordings', why: 'about.kept.recordings', who: 'all' },
]
