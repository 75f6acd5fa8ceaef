package push

import (
	"encoding/binary"
	"io"
	"net"
	"testing"
)

// The types of HTTP/2's frames that matter here (RFC 9113, section 6), and how
// long the head of a frame is.
const (
	frameHeaders  = 1
	frameSettings = 4
	frameGoAway   = 7
	frameHead     = 9
	preface       = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
)

// A service that wants none of the requests on any connection is not asked
// again and again for as long as a message may take.
func TestGoAwayForEver(t *testing.T) {
	s := rawServiceOf(t, "h2", func(c net.Conn) {
		if _, err := io.ReadFull(c, make([]byte, len(preface))); err != nil {
			return
		}
		_, _ = c.Write([]byte{3: frameSettings, frameHead - 1: 0})
		for head := make([]byte, frameHead); ; {
			if _, err := io.ReadFull(c, head); err != nil {
				return
			}
			length := int64(binary.BigEndian.Uint32(head) >> 8)
			if _, err := io.CopyN(io.Discard, c, length); err != nil {
				return
			}
			if head[3] == frameHeaders { // none was looked at, and no error
				_, _ = c.Write([]byte{2: 8, frameGoAway, frameHead + 7: 0})
				return
			}
		}
	})
	fails(t, s, nil, errLost)
	if n := s.dialled.Load(); n < 2 || n > 2+2*mostRepeats {
		t.Errorf("%d connections for one message", n)
	}
}
