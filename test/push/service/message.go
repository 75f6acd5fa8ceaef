package service

import (
	"fmt"
	"time"
)

// Message is one that a service took.
type Message struct {
	Endpoint string
	Topic    string
	TTL      time.Duration
	Urgency  string
	Contact  string // who the sender says it is
	Key      string // the VAPID key it was signed with, as in its header
	Token    string // the VAPID token
	HTTP     string // the protocol it came over, such as "HTTP/2.0"
	Body     []byte
}

// Refusal is why a service didn't take a message.
type Refusal struct {
	Status int
	Why    string
}

func (r *Refusal) Error() string { return fmt.Sprintf("%d: %s", r.Status, r.Why) }

func refuse(status int, format string, args ...any) *Refusal {
	return &Refusal{status, fmt.Sprintf(format, args...)}
}
