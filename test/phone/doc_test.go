// Package phone_test drives the app's own data layer in a real browser against
// a server that misbehaves: what may a phone forget, and what never.
package phone_test
