package push

import (
	"context"
	"crypto/ecdsa"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// SenderConfig is what the way out needs.
type SenderConfig struct {
	// VAPID has our keys. *VAPID is one.
	VAPID interface {
		Find(id string) (*ecdsa.PrivateKey, bool)
	}
	// Contact is whom services turn to, an https: or mailto: address. Without
	// one nothing is sent.
	Contact string
	// Services are asked once more when a message is sent: what they were when
	// the phone registered is not what they are now.
	Services interface {
		Check(endpoint string) (service string, err error)
	}
	Now func() time.Time
	// Timeout is the longest that one message may take; zero is 30 seconds.
	Timeout time.Duration
	// Dial makes connections instead of the guarded dialler, and Roots are the
	// authorities trusted instead of the system's: for tests.
	Dial  func(ctx context.Context, network, addr string) (net.Conn, error)
	Roots *x509.CertPool
}

// Sender hands messages to push services. Its connections are kept and shared:
// over HTTP/2 all messages to a service go over few of them at once. It follows
// no redirects, knows no proxy, and gives every step a deadline. Many
// goroutines may use it.
type Sender struct {
	cfg    SenderConfig
	tokens *tokens
	lanes  [lanes]lane
}

// sendTimeout is the longest that a message takes, unless it is said otherwise.
const sendTimeout = 30 * time.Second

var errContact = errors.New("there is no contact for push services")

// NewSender makes a sender. [Sender.Close] ends its connections.
func NewSender(cfg SenderConfig) *Sender {
	if cfg.Timeout <= 0 {
		cfg.Timeout = sendTimeout
	}
	dial := cfg.Dial
	if dial == nil {
		dial = guarded().DialContext
	}
	s := &Sender{cfg: cfg, tokens: &tokens{keys: cfg.VAPID, contact: cfg.Contact, now: cfg.Now}}
	for i := range s.lanes {
		s.lanes[i].Transport = newTransport(cfg, dial)
	}
	return s
}

// Close ends the connections that carry nothing.
func (s *Sender) Close() {
	for i := range s.lanes {
		s.lanes[i].CloseIdleConnections()
	}
}

// Send hands over one message and says what became of it. It never retries.
func (s *Sender) Send(ctx context.Context, to Subscription, m Message) Answer {
	request, body, failed := s.request(to, m)
	if failed != nil {
		return *failed
	}
	defer body.release()
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Timeout)
	defer cancel()
	way := s.enter()
	defer way.leave()
	// Not http.Client, which would follow redirects.
	response, err := way.RoundTrip(request.WithContext(body.traced(ctx)))
	if err != nil {
		return unanswered(err)
	}
	// A short answer is read to its end, so that an HTTP/1.1 connection serves
	// again. A longer one costs its connection or stream.
	_, _ = io.CopyN(io.Discard, response.Body, maxAnswer) // the status has said it all
	_ = response.Body.Close()
	return answered(response.StatusCode, response.Header, s.cfg.Now())
}

// request makes the message for the phone, or says why there can't be one. The
// body is to be released, and its memory is used again then.
func (s *Sender) request(to Subscription, m Message) (*http.Request, *sealed, *Answer) {
	if s.cfg.Contact == "" {
		return nil, nil, &Answer{Outcome: Failed, Err: errContact}
	}
	service, err := s.cfg.Services.Check(to.Endpoint)
	if err != nil {
		return nil, nil, &Answer{Outcome: Refused, Err: errService}
	}
	endpoint, err := url.Parse(to.Endpoint)
	if err != nil {
		return nil, nil, &Answer{Outcome: Refused, Err: errService}
	}
	authorization, err := s.tokens.Header(to.Key, service)
	if err != nil {
		return nil, nil, &Answer{Outcome: unmade(err), Err: err}
	}
	body := newSealed()
	if err := body.fill(to, m.Payload); err != nil {
		body.release()
		return nil, nil, &Answer{Outcome: unmade(err), Err: err}
	}
	return &http.Request{
		Method: http.MethodPost, URL: endpoint, Host: endpoint.Host,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: headers(m, authorization),
		Body:   body.reader(), ContentLength: Size,
		GetBody: body.again,
	}, body, nil
}

var errService = errors.New("the endpoint is of no service that we send to")

// unmade: a subscription without keys of its own or ours can never be sent
// anything, and the phone is told to make a new one when it comes back.
func unmade(err error) Outcome {
	switch {
	case errors.Is(err, errKey), errors.Is(err, errPhone):
		return Gone
	case errors.Is(err, errPayload):
		return TooLarge
	}
	return Failed
}
