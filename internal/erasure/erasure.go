// Package erasure keeps the journal of what people had erased, so that a
// restored backup, which is older, can be made to forget it too.
//
// The journal is a file outside the databases: one JSON object a line,
// {"kind","mark","day"}, appended and on the disk before the transaction that
// erases commits. So an erasure that was acknowledged is always in it. One
// that then failed may be in it as well: it was asked for, and is asked for
// again. A mark is a keyed hash of what was erased; the file names nobody.
package erasure

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"folje/internal/folder"
)

// Device is the kind of a parent's phone; its mark is made of the device's id,
// or of its secret's hash where a server that was restored to an earlier time
// didn't know the device.
const Device = "device"

// Entry is one erasure. Day is the calendar day in UTC, as 2006-01-02.
type Entry struct {
	Kind string `json:"kind"`
	Mark string `json:"mark"`
	Day  string `json:"day"`
}

// ErrDamaged says that a line before the last one can't be read, so that
// erasures may be missing.
var ErrDamaged = errors.New("the journal of erasures is damaged")

// File is where the journal lies in a data folder.
func File(dataDir string) string { return filepath.Join(dataDir, "erasures.log") }

// Journal is an open journal. Its methods may be used from several goroutines;
// one process at a time may have a journal open.
type Journal struct {
	mu    sync.Mutex
	file  *os.File
	size  int64 // bytes of whole lines
	known map[key]bool
	err   error // what stopped the journal for good
}

type key struct{ kind, mark string }

// Open opens the journal at path, for its owner only, and makes it where there
// is none. A torn last line, which a crash left before its erasure was
// acknowledged, is cut off. It fails with [ErrDamaged].
func Open(path string) (*Journal, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the journal of erasures: %w", err)
	}
	j := &Journal{file: file, known: map[key]bool{}}
	if err := errors.Join(j.load(path), folder.Sync(filepath.Dir(path))); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return j, nil
}

func (j *Journal) load(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read the journal of erasures: %w", err)
	}
	entries, whole, err := parse(raw)
	if err != nil {
		return err
	}
	for _, e := range entries {
		j.known[key{e.Kind, e.Mark}] = true
	}
	j.size = int64(whole)
	if whole < len(raw) {
		return j.cut()
	}
	return nil
}

// Append notes an erasure. When it returns nil the note is on the disk; when
// it fails nothing must be erased. What the journal has already isn't noted
// twice.
func (j *Journal) Append(kind, mark string, at time.Time) error {
	line, err := json.Marshal(Entry{kind, mark, at.UTC().Format(time.DateOnly)})
	if err != nil {
		return fmt.Errorf("write an erasure: %w", err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err != nil {
		return j.err
	}
	if j.known[key{kind, mark}] {
		return nil
	}
	line = append(line, '\n')
	if err := j.write(line); err != nil {
		return fmt.Errorf("write to the journal of erasures: %w", err)
	}
	j.size += int64(len(line))
	j.known[key{kind, mark}] = true
	return nil
}

// write puts the line at the end, or leaves nothing of it. Where even that
// fails the journal is stopped, because the next line would join the torn one.
func (j *Journal) write(line []byte) error {
	_, err := j.file.WriteAt(line, j.size)
	if err == nil {
		err = j.file.Sync()
	}
	if err == nil {
		return nil
	}
	if torn := j.cut(); torn != nil {
		j.err = fmt.Errorf("the journal of erasures can't be written any more: %w", torn)
	}
	return err
}

func (j *Journal) cut() error {
	if err := errors.Join(j.file.Truncate(j.size), j.file.Sync()); err != nil {
		return fmt.Errorf("cut a torn line off the journal of erasures: %w", err)
	}
	return nil
}

// Has reports whether the erasure is in the journal.
func (j *Journal) Has(kind, mark string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.known[key{kind, mark}]
}

// Close closes the file. Append then fails.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.err = os.ErrClosed
	return j.file.Close()
}

// Read gives the entries of the journal at path, oldest first; none where there
// is no file. A torn last line is left out. It fails with [ErrDamaged].
func Read(path string) ([]Entry, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the journal of erasures: %w", err)
	}
	entries, _, err := parse(raw)
	return entries, err
}

// parse reads the whole lines of raw and says how many bytes they are.
func parse(raw []byte) (entries []Entry, whole int, err error) {
	for number := 1; ; number++ {
		line, _, ended := bytes.Cut(raw[whole:], []byte("\n"))
		if !ended {
			return entries, whole, nil
		}
		var e Entry
		if err := json.Unmarshal(line, &e); err != nil || e.Kind == "" || e.Mark == "" {
			return nil, 0, fmt.Errorf("%w: line %d", ErrDamaged, number)
		}
		entries = append(entries, e)
		whole += len(line) + 1
	}
}
