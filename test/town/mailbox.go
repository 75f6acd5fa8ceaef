package town

import (
	"net"
	"net/textproto"
	"strings"
	"time"

	"folje/test/browser"
)

// mailPatience is how long a message may take until it has come.
const mailPatience = 30 * time.Second

// Mailbox is a mail server that takes every message and gives it to whoever
// waits for it.
type Mailbox struct {
	r    browser.Reporter
	host string
	port int
	came chan mail
}

type mail struct{ to, text string }

// NewMailbox listens on the loopback until the test ends.
func NewMailbox(r browser.Reporter) *Mailbox {
	r.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		r.Fatalf("open a mail server: %v", err)
	}
	r.Cleanup(func() { _ = l.Close() })
	at := l.Addr().(*net.TCPAddr)
	m := &Mailbox{r: r, host: at.IP.String(), port: at.Port, came: make(chan mail, 100)}
	go m.serve(l)
	return m
}

// For waits for the next message and answers its text; it must be for the
// address.
func (m *Mailbox) For(address string) string {
	m.r.Helper()
	select {
	case got := <-m.came:
		if got.to != address {
			m.r.Fatalf("a message for %s came, not for %s", got.to, address)
		}
		return got.text
	case <-time.After(mailPatience):
		m.r.Fatalf("no message came for %s", address)
	}
	return ""
}

func (m *Mailbox) serve(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go m.talk(textproto.NewConn(c))
	}
}

// talk is one conversation of SMTP (RFC 5321), with as much of it as a client
// needs that has one reader for each message.
func (m *Mailbox) talk(c *textproto.Conn) {
	defer func() { _ = c.Close() }()
	to, answer := "", "220 mailbox"
	for c.PrintfLine("%s", answer) == nil {
		line, err := c.ReadLine()
		if err != nil {
			return
		}
		switch verb, _, _ := strings.Cut(strings.ToUpper(line), " "); verb {
		case "RCPT":
			_, rest, _ := strings.Cut(line, "<")
			to, _, _ = strings.Cut(rest, ">")
			answer = "250 ok"
		case "DATA":
			if c.PrintfLine("354 go on") != nil {
				return
			}
			text, err := c.ReadDotBytes()
			if err != nil {
				return
			}
			m.came <- mail{to, string(text)}
			answer = "250 ok"
		case "QUIT":
			_ = c.PrintfLine("221 bye")
			return
		default:
			answer = "250 ok"
		}
	}
}
