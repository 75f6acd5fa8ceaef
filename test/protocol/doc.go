// Package protocol tests what a phone and the server promise each other: that
// nothing a parent writes is lost or doubled, and that every phone has what the
// server has, whatever dies on the way.
//
// The server is the real one, in this process or as a program; the phones are
// [Phone], which follows public/js/data step by step.
package protocol
