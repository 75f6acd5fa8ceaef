package push

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"folje/internal/folder"
)

// The errors of a file of VAPID keys that can't be used. Each is wrapped in a
// sentence that says what to do.
var (
	ErrKeysExposed = errors.New("the keys of push can be read by others")
	ErrKeysDamaged = errors.New("the file of push's keys is damaged")
)

// maxFile is far more than a file of keys can need.
const maxFile = 64 << 10

// VAPIDFile is where the keys lie in a data folder.
func VAPIDFile(dataDir string) string { return filepath.Join(dataDir, "keys", "vapid.json") }

// OpenVAPID reads the keys of the data folder, and makes the first one where
// the file is missing. A file that others may read fails with
// [ErrKeysExposed], one that makes no sense with [ErrKeysDamaged].
func OpenVAPID(dataDir string) (*VAPID, error) {
	v, err := ReadVAPID(dataDir)
	if !errors.Is(err, fs.ErrNotExist) {
		return v, err
	}
	made, err := newPair()
	if err != nil {
		return nil, err
	}
	v = &VAPID{path: VAPIDFile(dataDir), keys: []pair{made}}
	if err := os.MkdirAll(filepath.Dir(v.path), 0o700); err != nil {
		return nil, fmt.Errorf("make the key folder: %w", err)
	}
	if err := writeVAPID(v.path, v.keys); err != nil {
		return nil, err
	}
	return v, nil
}

// ReadVAPID is [OpenVAPID] that fails with [fs.ErrNotExist] where there is no
// file.
func ReadVAPID(dataDir string) (*VAPID, error) {
	path := VAPIDFile(dataDir)
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("look at the keys of push: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return nil, fmt.Errorf("%w: %s has mode %04o; run chmod 600 on it, and where others may have read it, folje push rotate",
			ErrKeysExposed, path, mode)
	}
	if !info.Mode().IsRegular() || info.Size() > maxFile {
		return nil, damaged(path, errors.New("it is no file, or too large"))
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the keys of push: %w", err)
	}
	keys, err := parseVAPID(raw)
	if err != nil {
		return nil, damaged(path, err)
	}
	return &VAPID{path: path, keys: keys}, nil
}

func damaged(path string, why error) error {
	return fmt.Errorf("%w: %s: %w; put it back from a backup, or remove it: a new key is made then, and each phone "+
		"subscribes anew the next time its app is opened", ErrKeysDamaged, path, why)
}

// The file holds the current key first. Private is the key's number, 32 bytes
// in unpadded base64url.
type vapidFile struct {
	Keys []vapidKey `json:"keys"`
}

type vapidKey struct {
	ID       string `json:"id"`
	Private  string `json:"private"`
	Replaced string `json:"replaced,omitempty"`
}

func parseVAPID(raw []byte) ([]pair, error) {
	var file vapidFile
	if err := json.Unmarshal(raw, &file); err != nil {
		return nil, errors.New("it is not JSON") // the cause would quote from it
	}
	if len(file.Keys) == 0 {
		return nil, errors.New("it holds no key")
	}
	keys := make([]pair, len(file.Keys))
	for i, k := range file.Keys {
		var err error
		if keys[i], err = k.pair(); err != nil {
			return nil, fmt.Errorf("key %d: %w", i+1, err)
		}
		if current := k.Replaced == ""; current != (i == 0) {
			return nil, fmt.Errorf("key %d: the first key is the current one, and the others say when they were replaced", i+1)
		}
	}
	return keys, nil
}

func givenPair(number string) (pair, error) {
	raw, err := base64.RawURLEncoding.DecodeString(number)
	if err != nil {
		return pair{}, errors.New("it is not base64url")
	}
	private, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), raw)
	if err != nil {
		return pair{}, errors.New("it is no private key of P-256")
	}
	return pairOf(private)
}

func (k vapidKey) pair() (pair, error) {
	p, err := givenPair(k.Private)
	if err != nil {
		return pair{}, err
	}
	if p.ID != k.ID {
		return pair{}, errors.New("it has another key's id")
	}
	if _, err := time.Parse(time.DateOnly, k.Replaced); err != nil && k.Replaced != "" {
		return pair{}, errors.New("the day it was replaced is none")
	}
	p.Replaced = k.Replaced
	return p, nil
}

// writeVAPID replaces the file in one step, so that a crash, or a backup that
// is made meanwhile, has the old or the new one.
func writeVAPID(path string, keys []pair) error {
	file := vapidFile{Keys: make([]vapidKey, len(keys))}
	for i, k := range keys {
		private, err := k.private.Bytes()
		if err != nil {
			return fmt.Errorf("encode a VAPID key: %w", err)
		}
		file.Keys[i] = vapidKey{k.ID, base64.RawURLEncoding.EncodeToString(private), k.Replaced}
	}
	raw, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the keys of push: %w", err)
	}
	if err := folder.WriteFile(path, append(raw, '\n')); err != nil {
		return fmt.Errorf("write the keys of push: %w", err)
	}
	return nil
}
