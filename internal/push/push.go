// Package push reaches phones through their browsers' push services: it keeps
// the keys and the subscriptions, makes messages that only the phone can read
// (RFC 8291), and sends them with the server's name to it (RFC 8030, RFC 8292).
//
// What is to be sent, to whom and when is outbox's business.
package push

import "time"

// Subscription is where one phone can be reached.
type Subscription struct {
	ID       string
	Device   string
	Service  string // the endpoint's origin, such as "https://fcm.googleapis.com"
	Endpoint string
	P256dh   []byte // the phone's public key, an uncompressed point of P-256: 65 bytes
	Auth     []byte // the phone's secret for this subscription: 16 bytes
	Key      string // the id of the VAPID key it was made with
	Faults   int    // how often in a row its service refused it
	Parked   bool   // nothing is sent to it until the phone registers it again
}

// Message is what one phone gets.
type Message struct {
	ID      string        // what its sender knows it by; no service is told, but the payload may hold it
	Payload []byte        // at most [MaxPayload] bytes
	TTL     time.Duration // for how long its service keeps it for a phone that is off
	Topic   string        // at most 32 characters of base64url; a later message of the topic replaces one that waits
	Urgent  bool          // wakes a phone that saves its battery
}

// Size is the length of every message's body in bytes, whatever it says, and
// MaxPayload is what fits in: the rest is the header of RFC 8188 (16 salt, 4
// record size, 1 + 65 key), the padding's mark (1) and the seal (16). Firefox on
// Android refuses 4,096 bytes.
const (
	Size       = 2560
	MaxPayload = Size - 86 - 1 - 16
)

// Outcome is what an answer of a push service means.
type Outcome int

// The outcomes.
const (
	Delivered Outcome = iota // the service has it: any 2xx
	Gone                     // the subscription ended: 404, 410
	Refused                  // the service doesn't want us, or this subscription: 400, 401, 403, 3xx and other 4xx
	TooLarge                 // 413: our own fault, and no use to try again
	Later                    // 429, 503: the service says when
	Failed                   // 5xx, no connection, bad TLS, no answer in time: try again
)

// The outcomes of a message that somebody else was to hand over. No service is
// to blame for them.
const (
	Unsent  Outcome = iota + 100 // nothing was sent. Wait is how long nothing can be; 0 where that is this message's own
	Lost                         // it may have been sent: whoever had it did not say in time. Wait as for Unsent
	Kept                         // somebody has it still, and will say so to whoever asks next
	Expired                      // it made no sense any more when its turn came
)

// Answer is what became of one message. Err says why, never with the endpoint.
type Answer struct {
	Outcome Outcome
	Status  int           // 0 where no answer came
	Wait    time.Duration // of Retry-After, bounded; 0 where the service didn't say
	Err     error
}
