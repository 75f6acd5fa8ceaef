package phone_test

import (
	"testing"

	"folje/test/browser"
)

// A phone whose database was cleared is the same phone again, fetches its
// groups, letters and answers by itself, says so, and its next answer counts.
func TestAClearedPhone(t *testing.T) {
	p, c := invited(t)
	for range 3 {
		p.accepts("m1", 1)
	}
	identity := inDB[string](p, `return JSON.stringify(await db.get('meta', 'device'))`)
	p.s.says("GET devices/me/answers", object{"answers": []any{object{"meeting": "m1", "seq": 3, "status": "accepted", "count": 1, "childcare": 0,
		"interpreter": nil, "note": "", "late": false}}})
	clearDB(p)
	p.Navigate(p.s.URL + "/letters")
	p.WaitFor("[data-line=refilled]")
	p.WaitUntil("document.documentElement.dataset.synced")
	p.syncs()
	expect(t, "the phone", inDB[string](p, `return JSON.stringify(await db.get('meta', 'device'))`), identity)
	expect(t, "its group", inDB[string](p, `return (await db.getAll('groups')).map((g) => g.id + ' ' + g.name + ' ' + g.code).join()`), "a Group a 0123456789")
	expect(t, "its answer", p.answered("m1"), "accepted 1 applied")
	p.accepts("m1", 2)
	if last := c.came[len(c.came)-1]; last.Seq <= 3 {
		t.Errorf("the answer after that has number %d, and the server one of number 3", last.Seq)
	}

	clearDB(p)
	browser.Eval[any](p.Page, "localStorage.clear()")
	p.Navigate(p.s.URL + "/")
	p.WaitFor("main[data-view=language]")
}

// clearDB does what a browser does to an app that was not opened for long.
func clearDB(p *phone) {
	p.Profile().Allow(browser.Request, "ERR_")
	p.Profile().Allow(browser.Request, "/favicon.ico") // of a page without our head
	p.Navigate(p.s.URL + "/vendor/lit-html/LICENSE")
	browser.Eval[any](p.Page, `navigator.locks.request('folje:sync', () => new Promise((resolve, reject) => {
		const gone = indexedDB.deleteDatabase('folje')
		gone.onsuccess = () => resolve(null)
		gone.onerror = () => reject(gone.error)
	}))`)
}

// A phone of the first version of the app keeps its letters, and fetches what
// that version left out.
func TestADatabaseOfTheFirstVersion(t *testing.T) {
	s := newServer(t, "a")
	s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2), meeting("m1")}, nil, object{"1": "Rubrik", "2": "Text."}))
	p := s.phone(t, "sv")
	clearDB(p)
	browser.Eval[any](p.Page, `new Promise((resolve, reject) => {
		const open = indexedDB.open('folje', 1)
		open.onupgradeneeded = () => {
			const db = open.result
			for (const [name, key] of [['meta'], ['groups', 'id'], ['records', 'id'], ['texts'], ['feeds'], ['opened'], ['drafts']]) db.createObjectStore(name, key ? { keyPath: key } : {})
			const put = (store, row, key) => open.transaction.objectStore(store).put(row, key)
			put('meta', { id: '3f0c2a52-52d4-4bb0-8f0e-6e1e54a3a0a1', secret: 's', registered: true, locale: 'sv' }, 'device')
			put('groups', { id: 'a', name: 'A', unit: { id: 'u', name: 'U' }, code: '0123456789', ended: false })
			put('feeds', { epoch: 'e1', cursor: 'c1', etag: '"t"' }, 'a')
			put('opened', 1, 'l1')
		}
		open.onsuccess = () => { open.result.close(); resolve(null) }
		open.onerror = () => reject(open.error)
	})`)
	browser.Eval[any](p.Page, "void localStorage.removeItem('folje.phone')")
	p.Navigate(s.URL + "/letters")
	p.WaitFor("[data-letter=l1]")
	expect(t, "records", inDB[string](p, `return (await db.getAllKeys('records')).join() + ' ' + db.version + ' ' + (await db.get('opened', 'l1'))`), "l1,m1 3 1")
	if s.count("GET feeds/a?after=&") == 0 && s.count("GET feeds/a?after=") == 0 {
		t.Error("the feed was not fetched anew")
	}
}

// A phone of the second version keeps what it has; the third only adds where
// confidential requests wait.
func TestADatabaseOfTheSecondVersion(t *testing.T) {
	s := newServer(t, "a")
	p := s.phone(t, "sv")
	clearDB(p)
	browser.Eval[any](p.Page, `new Promise((resolve, reject) => {
		const open = indexedDB.open('folje', 2)
		open.onupgradeneeded = () => {
			const db = open.result
			for (const [name, key] of [['meta'], ['groups', 'id'], ['records', 'id'], ['texts'], ['feeds'], ['opened'], ['drafts'],
				['outbox', 'op'], ['sent', 'op'], ['answers', 'meeting']]) db.createObjectStore(name, key ? { keyPath: key } : {})
			const put = (store, row, key) => open.transaction.objectStore(store).put(row, key)
			put('meta', { id: '3f0c2a52-52d4-4bb0-8f0e-6e1e54a3a0a1', secret: 's', registered: true, locale: 'sv' }, 'device')
			put('groups', { id: 'a', name: 'A', unit: { id: 'u', name: 'U' }, code: '0123456789', ended: false })
			put('feeds', { epoch: 'e1', cursor: 'c1', etag: '"t"' }, 'a')
			put('drafts', { text: 'hej' }, 'kept/x')
		}
		open.onsuccess = () => { open.result.close(); resolve(null) }
		open.onerror = () => reject(open.error)
	})`)
	browser.Eval[any](p.Page, "void localStorage.removeItem('folje.phone')")
	p.Navigate(s.URL + "/letters")
	p.WaitFor("main[data-view=letters]")
	expect(t, "database", inDB[string](p, `return [db.version, await db.count('sealed'), (await db.get('feeds', 'a')).cursor, (await db.get('drafts', 'kept/x')).text].join()`), "3,0,c1,hej")
}
