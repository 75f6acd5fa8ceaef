//go:build !linux

package folder

// exchange is a call of Linux.
func exchange(_, _ string) error { return errNoExchange }
