package recording

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"folje/internal/translation"
)

// Mark says at which millisecond of a recording a sentence begins. Its JSON is
// an array of two: the segment and the milliseconds.
type Mark struct {
	Segment string
	At      int
}

// MarshalJSON writes the mark as an array.
func (m Mark) MarshalJSON() ([]byte, error) { return json.Marshal([]any{m.Segment, m.At}) }

// UnmarshalJSON reads an array of a string and a whole number.
func (m *Mark) UnmarshalJSON(raw []byte) error {
	var parts []json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil {
		return err
	}
	if len(parts) != 2 {
		return fmt.Errorf("a mark has 2 parts, not %d", len(parts))
	}
	return errors.Join(json.Unmarshal(parts[0], &m.Segment), json.Unmarshal(parts[1], &m.At))
}

// fit reports whether the marks are those of a recording of the sentences: one
// for each in their order, each that is read later than the one before, all
// within the length. One that is empty on purpose has the mark of the next.
func fit(marks []Mark, sentences []Sentence, length time.Duration) bool {
	if len(marks) != len(sentences) {
		return false
	}
	spoken, last := -1, 0
	for i, m := range marks {
		at := m.At
		if m.Segment != sentences[i].Segment || at < last || int64(at) >= length.Milliseconds() {
			return false
		}
		if last = at; sentences[i].Text == "" {
			continue
		}
		if at <= spoken {
			return false
		}
		spoken = at
	}
	return true
}

// of reports whether the marks are of these places, whatever was read there.
func areOf(marks []Mark, places []translation.Place) bool {
	return slices.EqualFunc(marks, places, func(m Mark, p translation.Place) bool { return m.Segment == p.Segment.ID })
}
