package web

import (
	"net/http"
	"time"
)

// Timeouts bound how long one client may keep a connection busy.
type Timeouts struct {
	Header      time.Duration // from the first byte to the end of a request's header
	Read        time.Duration // from the first byte to the end of a request's body
	Write       time.Duration // from the end of the header to the end of the answer
	Idle        time.Duration // between two requests
	HeaderBytes int           // the largest header
}

// DefaultTimeouts let the slowest honest phone through (64 KiB up and a letter
// feed down at 2 KB/s) and nobody who only holds the line. Idle is longer than
// a reverse proxy's, so that the proxy is the one who closes.
var DefaultTimeouts = Timeouts{
	Header: 10 * time.Second, Read: time.Minute, Write: 2 * time.Minute,
	Idle: 2 * time.Minute, HeaderBytes: 32 << 10,
}

// adminTimeouts let a backup through, up or down.
var adminTimeouts = Timeouts{
	Header: 10 * time.Second, Read: 5 * time.Minute, Write: 5 * time.Minute,
	Idle: 2 * time.Minute, HeaderBytes: 32 << 10,
}

// Apply sets the timeouts on a server that does not serve yet.
func (t Timeouts) Apply(s *http.Server) {
	s.ReadHeaderTimeout = t.Header
	s.ReadTimeout = t.Read
	s.WriteTimeout = t.Write
	s.IdleTimeout = t.Idle
	s.MaxHeaderBytes = t.HeaderBytes
	s.DisableGeneralOptionsHandler = true // "OPTIONS *" meets the guard like everything else
}
