package push

import (
	"errors"
	"fmt"
	"strings"
)

// ErrKeysGiven says that what was given as keys of push are none. It never
// quotes them.
var ErrKeysGiven = errors.New("no keys of push")

// ParseVAPID reads keys that were given to a program without a data folder:
// what keys/vapid.json holds, or the private numbers only, in unpadded
// base64url with spaces or commas between, the current one first. They can't be
// rotated. It fails with [ErrKeysGiven].
func ParseVAPID(text string) (*VAPID, error) {
	if text = strings.TrimSpace(text); strings.HasPrefix(text, "{") {
		keys, err := parseVAPID([]byte(text))
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrKeysGiven, err)
		}
		return &VAPID{keys: keys}, nil
	}
	v := &VAPID{}
	for i, one := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(", \t\r\n", c) }) {
		made, err := givenPair(one)
		if err != nil {
			return nil, fmt.Errorf("%w: key %d: %w", ErrKeysGiven, i+1, err)
		}
		v.keys = append(v.keys, made)
	}
	if len(v.keys) == 0 {
		return nil, fmt.Errorf("%w: there is none", ErrKeysGiven)
	}
	return v, nil
}
