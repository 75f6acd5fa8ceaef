// Package e2e_test goes Följe's ways from end to end: the real program in a
// process of its own, filled with the demonstration, and real browsers on it.
//
// Screens are found by what a person finds them by: the words on them, taken
// from locales/ by their message id, so that a better wording breaks no test.
package e2e_test
