package problem

import (
	"errors"
	"syscall"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/router"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// unwritable reports whether a write failed because the disk took no more. A
// failed read is another fault: waiting does not mend it.
func unwritable(err error) bool {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return true
	}
	return among(err, func(err error) bool {
		switch code := resultCode(err); code {
		case sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ:
			return false
		default:
			return code&0xff == sqlite3.SQLITE_FULL || code&0xff == sqlite3.SQLITE_IOERR
		}
	})
}

// locked reports whether others kept the database too long.
func locked(err error) bool {
	return among(err, func(err error) bool {
		code := resultCode(err) & 0xff
		return code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED
	})
}

// resultCode is SQLite's extended result code, 0 where err has none.
func resultCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// among reports whether such an error is in err, also where errors.As can't
// look: dbx joins a failed roll-back to its cause, and PocketBase's record API
// blames the caller for whatever happened and keeps the cause beside.
func among(err error, such func(error) bool) bool {
	if such(err) {
		return true
	}
	var joined dbx.Errors
	if errors.As(err, &joined) {
		for _, e := range joined {
			if among(e, such) {
				return true
			}
		}
	}
	var api *router.ApiError
	if errors.As(err, &api) {
		cause, ok := api.RawData().(error)
		return ok && among(cause, such)
	}
	return false
}
