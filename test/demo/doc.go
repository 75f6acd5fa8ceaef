// Package demo builds Följe and runs its demonstration as users do, in a
// process of its own: for the end-to-end tests, the screenshots and the
// measurements.
//
// A Template is an already filled data folder; every Server runs on a copy of
// it, so that filling one is paid for once and nobody sees another's writes.
// The program is built, and the template filled, once for all packages of a
// `go test`, in the user's cache folder.
package demo
