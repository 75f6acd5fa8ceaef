package machine

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"runtime"
	"strings"
)

// Errors of what an operator said about the engine. Each is wrapped in a
// sentence that says what to do.
var (
	ErrSetting = errors.New("the engine is said as NAME=URL or NAME=URL,KEYFILE, with libretranslate or apertium as name")
	ErrExposed = errors.New("the engine's key can be read by others")
)

// mostKey bounds a key, in bytes.
const mostKey = 1000

// Open gives the engine of a setting such as
// "libretranslate=http://127.0.0.1:5000,/etc/folje/engine.key". It asks the
// engine nothing. An engine with a public address is refused with [ErrPublic]
// unless public says that texts may go there, by https then. A key stands in a
// file that nobody else may read, and nowhere else.
func Open(setting string, public bool) (Engine, error) {
	name, rest, ok := strings.Cut(setting, "=")
	if !ok {
		return nil, ErrSetting
	}
	address, file, withKey := strings.Cut(rest, ",")
	base, err := readBase(address, public)
	if err != nil {
		return nil, err
	}
	key := ""
	if withKey {
		if key, err = readKey(file); err != nil {
			return nil, err
		}
	}
	c := newClient(base, public)
	switch name {
	case "libretranslate":
		return libre{c, key}, nil
	case "apertium":
		return apertium{c, key}, nil
	}
	return nil, fmt.Errorf("%w, not %q", ErrSetting, name)
}

func readBase(address string, public bool) (*url.URL, error) {
	base, err := url.Parse(address)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return nil, fmt.Errorf("%w: the address begins with http:// or https://", ErrSetting)
	}
	if base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return nil, fmt.Errorf("%w: the address has neither a password nor a question: a key stands in a file", ErrSetting)
	}
	at, err := netip.ParseAddr(base.Hostname())
	if err != nil || inHouse(at) {
		return base, nil // a name is looked up, and held to the rule, whenever it is connected to
	}
	if !public {
		return nil, ErrPublic
	}
	if base.Scheme != "https" {
		return nil, fmt.Errorf("%w: out of the house texts go by https only", ErrSetting)
	}
	return base, nil
}

func readKey(file string) (string, error) {
	info, err := os.Stat(file)
	if err != nil {
		return "", fmt.Errorf("look at the engine's key: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return "", fmt.Errorf("%w: %s has mode %04o; run chmod 600 on it", ErrExposed, file, mode)
	}
	if !info.Mode().IsRegular() || info.Size() > mostKey {
		return "", fmt.Errorf("%w: %s must be a file of at most %d bytes", ErrSetting, file, mostKey)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("read the engine's key: %w", err)
	}
	key := strings.TrimSpace(string(raw))
	if key == "" || strings.ContainsAny(key, "\r\n\x00") {
		return "", fmt.Errorf("%w: %s must hold one line", ErrSetting, file)
	}
	return key, nil
}
