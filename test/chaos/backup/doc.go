// Package backup kills backups, restores and servers at random moments, as
// processes of the real program, under six writers:
//
//	go test ./test/chaos/backup -v -rounds 25
//
// In each round six phones register others as fast as they can, a backup is
// killed at a random moment, another one is made, the server is killed, a
// restore is killed at a random moment, and a second one ends it. What must
// hold: a killed backup leaves no archive; a killed restore leaves the old
// database or the new one, whole; the restored one has every phone that was
// acknowledged before the backup began; and it has a new epoch.
package backup
