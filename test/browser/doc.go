// Package browser drives Chromium for the tests, over the DevTools pipe and
// without any dependency.
//
// A Browser is one Chromium process, a Profile is one person's browser in it
// (own storage, own service worker, own cookies), a Page is one tab. Nothing
// in a page is waited for by the clock: every wait is a promise inside the
// page that is woken by mutations and animation frames, and is bounded by the
// page's patience.
//
// A profile writes down what a person would not see but a developer must:
// errors on the console, uncaught exceptions, violations of the content
// security policy, requests that failed. They fail the test at its end unless
// the test said that it expects them (Profile.Allow).
//
// # Selectors
//
// Every method that takes a selector understands a CSS selector, and after
// " | " words that the element's visible text or accessible label must
// contain, or after " |= " words that it must equal, white space folded:
//
//	page.Click("button | Publicera")
//	page.Fill("label |= Rubrik", "Föräldramöte om sömn")
//
// Of several matches the first visible one is meant. Filling a label fills the
// field it names.
package browser
