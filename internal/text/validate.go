package text

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits, in runes of the text as typed, and in blocks per record.
const (
	MaxBlock    = 2000
	MaxFile     = 6000 // what a file says, beside it
	MaxBlocks   = 60
	MaxSegments = 500 // per record; a letter of two pages has about 60
	MaxTitle    = 120
	MaxQuestion = 300
)

// Codes of faults. They are message ids.
const (
	CodeTooManyBlocks = "error.too_many_blocks" // params Max, Count; no block
	CodeBlockID       = "error.block_id"        // missing, malformed or used twice
	CodeBlockKind     = "error.block_kind"      // params Kind
	CodeBlockEmpty    = "error.block_empty"
	CodeBlockTooLong  = "error.block_too_long" // params Max, Count

	CodeTooManySegments = "error.too_many_sentences" // params Max, Count; no block
)

const maxBlockID = 40

// Fault is one thing wrong with a record's blocks. Block is the id of the block
// it stands at, empty when it concerns them all; Code is a message id and
// Params are that message's placeholders.
type Fault struct {
	Block  string
	Code   string
	Params map[string]any
}

// Validate returns what is wrong with blocks, in reading order and at most one
// fault a block; nil when nothing is. A draft may well hold a block not yet
// written, so whoever saves one passes over CodeBlockEmpty.
//
// Title and Question are held to their own limits. Whether they may be among
// blocks is for the caller to say (Kind.Body).
func Validate(blocks []Block) []Fault {
	if len(blocks) > MaxBlocks {
		return []Fault{{Code: CodeTooManyBlocks, Params: map[string]any{"Max": MaxBlocks, "Count": len(blocks)}}}
	}
	var faults []Fault
	seen := map[string]bool{}
	for _, b := range blocks {
		if f, ok := b.fault(seen[b.ID]); ok {
			faults = append(faults, f)
		}
		seen[b.ID] = true
	}
	return faults
}

func (b Block) fault(repeated bool) (Fault, bool) {
	limit, count := b.Kind.limit(), length(b.Text)
	switch {
	case repeated || !validBlockID(b.ID):
		return Fault{Block: b.ID, Code: CodeBlockID}, true
	case !b.Kind.known():
		return Fault{Block: b.ID, Code: CodeBlockKind, Params: map[string]any{"Kind": string(b.Kind)}}, true
	case count > limit:
		return Fault{Block: b.ID, Code: CodeBlockTooLong, Params: map[string]any{"Max": limit, "Count": count}}, true
	case Blank(Fold(b.Text)):
		return Fault{Block: b.ID, Code: CodeBlockEmpty}, true
	}
	return Fault{}, false
}

// length counts the runes as they are typed or as they are stored, whichever
// is more: a few characters fall apart when they are normalised.
func length(s string) int {
	return max(utf8.RuneCountInString(s), utf8.RuneCountInString(norm.NFC.String(s)))
}

// TooManySegments is the fault of a record that has more sentences than
// MaxSegments, nil for any other. Call it on segmented blocks.
func TooManySegments(blocks []Block) *Fault {
	count := 0
	for _, b := range blocks {
		count += len(b.Segments)
	}
	if count <= MaxSegments {
		return nil
	}
	return &Fault{Code: CodeTooManySegments, Params: map[string]any{"Max": MaxSegments, "Count": count}}
}

func (k Kind) limit() int {
	switch k {
	case Title:
		return MaxTitle
	case Question:
		return MaxQuestion
	case File:
		return MaxFile
	}
	return MaxBlock
}

// validBlockID accepts what an editor makes: 1–40 of A–Z a–z 0–9 _ -.
func validBlockID(id string) bool {
	if id == "" || len(id) > maxBlockID {
		return false
	}
	for _, r := range id {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (r < '0' || r > '9') && r != '_' && r != '-' {
			return false
		}
	}
	return true
}
