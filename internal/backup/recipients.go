package backup

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"

	"filippo.io/age"
	"filippo.io/age/agessh"
)

// Recipients reads who may open archives: public keys of age (age1…) or of SSH
// (ssh-ed25519 …, ssh-rsa …), and those in the file, if its name is not empty,
// one a line, with # before comments. A secret key is refused, without being
// repeated in the error.
func Recipients(keys []string, file string) ([]age.Recipient, error) {
	if file != "" {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read the recipients: %w", err)
		}
		for lines := bufio.NewScanner(bytes.NewReader(raw)); lines.Scan(); {
			keys = append(keys, lines.Text())
		}
	}
	var recipients []age.Recipient
	for _, key := range keys {
		key = strings.TrimSpace(key)
		if key == "" || strings.HasPrefix(key, "#") {
			continue
		}
		r, err := recipient(key)
		if err != nil {
			return nil, fmt.Errorf("recipient %d: %w", len(recipients)+1, err)
		}
		recipients = append(recipients, r)
	}
	return recipients, nil
}

func recipient(key string) (age.Recipient, error) {
	switch {
	case strings.HasPrefix(strings.ToUpper(key), "AGE-SECRET-KEY-"):
		return nil, errors.New("this is a secret key: the server needs the public one (age-keygen -y)")
	case strings.HasPrefix(key, "ssh-"):
		if r, err := agessh.ParseRecipient(key); err == nil {
			return r, nil
		}
	default:
		if r, err := age.ParseRecipients(strings.NewReader(key)); err == nil {
			return r[0], nil
		}
	}
	return nil, errors.New("not a public key of age (age1…) or SSH (ssh-ed25519 …, ssh-rsa …)")
}

// Identities reads the secret keys in the file: age's, or one SSH key without
// a passphrase.
func Identities(file string) ([]age.Identity, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the identity: %w", err)
	}
	if bytes.Contains(raw, []byte("-----BEGIN")) {
		id, err := agessh.ParseIdentity(raw)
		if err != nil {
			return nil, fmt.Errorf("read the SSH key %s: %w", file, err)
		}
		return []age.Identity{id}, nil
	}
	ids, err := age.ParseIdentities(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("read the identity %s: %w", file, err)
	}
	return ids, nil
}
