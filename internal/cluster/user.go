package cluster

import (
	"errors"
	"fmt"
	"os"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"
)

// ErrSeed says that a file holds no seed of a NATS user.
var ErrSeed = errors.New("no seed of a NATS user")

// SignIn is how the user with the key signs in, and where its answers go.
func SignIn(pair nkeys.KeyPair) ([]nats.Option, error) {
	public, err := pair.PublicKey()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSeed, err)
	}
	return []nats.Option{nats.Nkey(public, pair.Sign), nats.CustomInboxPrefix(Inbox(public))}, nil
}

// Inbox is the prefix of the subjects that the answers to the user come to.
func Inbox(public string) string { return "_INBOX." + public }

func readSeed(path string) (nkeys.KeyPair, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	defer clear(text)
	pair, err := nkeys.ParseDecoratedUserNKey(text)
	if err != nil {
		return nil, fmt.Errorf("%w in %s", ErrSeed, path)
	}
	return pair, nil
}
