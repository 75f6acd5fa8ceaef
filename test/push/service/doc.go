// Package service stands in for the push services of the browsers' makers, for
// tests of servers and of real browsers.
//
// Servers reach the services under their own names (fcm.googleapis.com,
// updates.push.services.mozilla.com, web.push.apple.com), over TLS with
// HTTP/2, when they dial through Services.Dial and trust Services.Roots. The
// services check what the real ones check, and keep every message they took.
//
// Chromium and Firefox, unmodified, subscribe and receive when they are started
// with Services.Chromium and Services.Firefox. A phone without a browser
// is a Phone: it can open what was sent to it.
package service
