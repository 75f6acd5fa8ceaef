package translation_test

import (
	"io"
	"net"
	"net/textproto"
	"strings"
	"sync"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/mailer"
)

// post is a mail server that keeps what it gets. Refuse is the reader it has
// never heard of; with silent it notes connections and says nothing.
type post struct {
	net.Listener
	refuse string
	silent chan struct{} // nil for one that talks
	mu     sync.Mutex
	got    []string // "to: message"
}

func openPost(t *testing.T, p *preschool, configure func(*post)) *post {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &post{Listener: l}
	if configure != nil {
		configure(s)
	}
	go s.serve()
	t.Cleanup(func() { _ = l.Close() })
	settings := p.app.Settings()
	settings.Meta.SenderName, settings.Meta.SenderAddress = "Följe", "folje@folje.example"
	settings.SMTP.Enabled, settings.SMTP.Host, settings.SMTP.Port = true, "127.0.0.1", l.Addr().(*net.TCPAddr).Port
	if err := p.app.Save(settings); err != nil {
		t.Fatal(err)
	}
	p.app.OnMailerSend().BindFunc(func(e *core.MailerEvent) error { // test apps keep messages to themselves
		e.Mailer = &mailer.SMTPClient{Host: p.app.Settings().SMTP.Host, Port: p.app.Settings().SMTP.Port}
		return e.Next()
	})
	return s
}

func (s *post) serve() {
	for {
		c, err := s.Accept()
		if err != nil {
			return
		}
		go s.talk(c)
	}
}

func (s *post) talk(c net.Conn) {
	defer c.Close()
	if s.silent != nil {
		s.silent <- struct{}{}
		_, _ = io.Copy(io.Discard, c)
		return
	}
	conn := textproto.NewConn(c)
	say := func(line string) { _ = conn.PrintfLine("%s", line) }
	say("220 post")
	var to string
	for {
		line, err := conn.ReadLine()
		if err != nil {
			return
		}
		switch verb := strings.ToUpper(strings.SplitN(line, " ", 2)[0]); {
		case verb == "EHLO" || verb == "HELO" || verb == "MAIL":
			say("250 ok")
		case verb == "RCPT" && s.refuse != "" && strings.Contains(line, s.refuse):
			say("550 5.1.1 <" + s.refuse + "> unknown")
		case verb == "RCPT":
			to = line[strings.Index(line, "<")+1 : strings.Index(line, ">")]
			say("250 ok")
		case verb == "DATA":
			say("354 go on")
			raw, err := conn.ReadDotBytes()
			if err != nil {
				return
			}
			s.mu.Lock()
			s.got = append(s.got, to+": "+string(raw))
			s.mu.Unlock()
			say("250 ok")
		default:
			say("221 bye")
			return
		}
	}
}

// sent are the readers of what was sent, in order.
func (s *post) sent() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var readers []string
	for _, m := range s.got {
		readers = append(readers, strings.SplitN(m, "@", 2)[0])
	}
	return strings.Join(readers, " ")
}
