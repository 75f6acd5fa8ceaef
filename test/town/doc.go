// Package town gives the browser tests and the screenshots a municipality with
// people in it: a running demonstration, parents with phones of their own,
// colleagues who write and translate.
//
// People find their way by the words on the screen, taken from locales/ by
// their message id, so that a better wording breaks nothing.
package town
