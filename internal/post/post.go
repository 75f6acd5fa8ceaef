// Package post hands e-mail to the municipality's mail server, one message after
// another, and waits for each for a while only.
package post

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/textproto"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/mailer"
)

// Patience is how long the mail server may take for a message.
const Patience = 30 * time.Second

// How a message failed. The mail server's own words may name its reader, and
// are not kept.
var (
	ErrSlow    = errors.New("the mail server doesn't answer")
	ErrBusy    = errors.New("the mail server still has the message before")
	ErrRefused = errors.New("the mail server refused the message for good")
	ErrFailed  = errors.New("the mail server took no message")
)

// Office sends messages for one goroutine. The zero value is ready.
type Office struct {
	stuck chan error // the end of a sending that took too long; nil where none does
}

// Open reports whether the server has been told of a mail server.
func Open(app core.App) bool { return app.Settings().SMTP.Enabled }

// Message is a text from the municipality to one reader. Programs that answer
// for people who are away don't answer it.
func Message(app core.App, to, subject, body string) *mailer.Message {
	meta := app.Settings().Meta
	return &mailer.Message{
		From: mail.Address{Name: meta.SenderName, Address: meta.SenderAddress},
		To:   []mail.Address{{Address: to}}, Subject: subject, Text: body,
		Headers: map[string]string{"Auto-Submitted": "auto-generated"},
	}
}

// Send hands the message over, and waits for that only for a while: PocketBase's
// client would wait for ever. While a message is stuck no other is sent. It
// fails with [ErrSlow] where the message may arrive yet, with [ErrRefused] where
// it never will, and with [ErrBusy] or [ErrFailed] where it was not sent.
func (o *Office) Send(ctx context.Context, app core.App, m *mailer.Message) error {
	if o.stuck != nil {
		select {
		case <-o.stuck:
			o.stuck = nil
		default:
			return ErrBusy
		}
	}
	sent, client := make(chan error, 1), app.NewMailClient()
	go func() { sent <- client.Send(m) }()
	timer := time.NewTimer(Patience)
	defer timer.Stop()
	select {
	case err := <-sent:
		return fault(err)
	case <-timer.C:
	case <-ctx.Done():
	}
	o.stuck = sent
	return ErrSlow
}

// fault is what an error of the mail client means.
func fault(err error) error {
	var answer *textproto.Error
	var unreachable net.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &answer) && answer.Code >= 500:
		return ErrRefused
	case errors.As(err, &answer):
		return fmt.Errorf("%w: %d", ErrFailed, answer.Code)
	case errors.As(err, &unreachable):
		return fmt.Errorf("%w: %w", ErrFailed, unreachable)
	}
	return ErrFailed
}
