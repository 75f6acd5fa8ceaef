// Package access decides who gets in: staff by their roles, phones by the
// invites of a group.
//
// A phone is a device: an id and a secret made on the phone, no name, no
// e-mail, no password. An invite is a short code on a poster that makes the
// device a member of a group for a year; a handover is a code that one device
// gives to another, once. The package owns the collections devices,
// memberships, invites and audit_log, which no record rule opens.
//
// Codes and secrets are never logged and never stored as they are: a secret
// only as its hash, a code as a keyed hash (to find it) and sealed (to print
// it again), under a key that lies outside the database ([Keys]).
package access
