package browser

import (
	"context"
	"time"
)

// Stored is what an origin keeps in a browser, by its names there: stores of
// databases (those of a database other than the app's with its name and a
// stroke), keys of localStorage and of sessionStorage, caches and cookies.
type Stored struct {
	Stores, Keys, Tab, Caches, Cookies []string
}

// storedScript gathers it. What can't be looked at, as on a blank page, isn't
// there.
const storedScript = `(async () => {
	const soon = (asked) => new Promise((resolve, reject) => {
		asked.onsuccess = () => resolve(asked.result)
		asked.onerror = asked.onblocked = reject
	})
	const found = { Stores: [], Keys: [], Tab: [], Caches: [], Cookies: [] }
	try {
		found.Keys = Object.keys(localStorage)
		found.Tab = Object.keys(sessionStorage)
		found.Cookies = document.cookie.split('; ').filter(Boolean)
		found.Caches = await caches.keys()
		for (const { name } of await indexedDB.databases()) {
			const db = await soon(indexedDB.open(name))
			found.Stores.push(...[...db.objectStoreNames].map((store) => (name === 'folje' ? store : name + '/' + store)))
			db.close()
		}
	} catch {}
	return found
})()`

// answering bounds how long a page at a test's end may take to answer.
const answering = 5 * time.Second

// Stored asks each page of the profile what its origin keeps. A page that is
// gone, busy or blank has nothing to say; it never fails the test.
func (p *Profile) Stored() []Stored {
	p.mu.Lock()
	var pages []string
	for session, kind := range p.sessions {
		if kind == "page" {
			pages = append(pages, session)
		}
	}
	p.mu.Unlock()
	var all []Stored
	for _, session := range pages {
		ctx, cancel := context.WithTimeout(context.Background(), answering)
		var answer struct {
			Result struct{ Value *Stored }
		}
		err := p.browser.conn.call(ctx, session, "Runtime.evaluate", map[string]any{
			"expression": storedScript, "awaitPromise": true, "returnByValue": true,
		}, &answer)
		cancel()
		if err == nil && answer.Result.Value != nil {
			all = append(all, *answer.Result.Value)
		}
	}
	return all
}
