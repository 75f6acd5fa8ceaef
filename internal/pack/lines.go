package pack

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// lines says in which line of a JSON file a field stands, by its path, such as
// "letter.blocks[2].sentences[0]"; the whole file is "".
type lines map[string]int

// of is the line of the field, or of the nearest one around it: what is missing
// stands nowhere.
func (l lines) of(field string) int {
	for {
		if line, ok := l[field]; ok {
			return line
		}
		at := strings.LastIndexAny(field, ".[")
		if at < 0 {
			return l[""]
		}
		field = field[:at]
	}
}

// lineAt is the line of the byte, counted from 1.
func lineAt(raw []byte, offset int64) int {
	return 1 + bytes.Count(raw[:min(int(offset), len(raw))], []byte("\n"))
}

// survey finds the line of every field of the JSON value in raw, and the fields
// that an object has twice, of which a decoder would keep the last one unseen.
// What is no JSON has the lines up to there.
func survey(raw []byte) (found lines, twice []string) {
	s := surveyor{raw: raw, decoder: json.NewDecoder(bytes.NewReader(raw)), lines: lines{}}
	_ = s.value("") // what is wrong is said by who decodes it
	return s.lines, s.twice
}

type surveyor struct {
	raw     []byte
	decoder *json.Decoder
	lines   lines
	twice   []string
}

func (s *surveyor) value(field string) error {
	token, err := s.decoder.Token()
	if err != nil {
		return err
	}
	if _, ok := s.lines[field]; !ok {
		s.lines[field] = lineAt(s.raw, s.decoder.InputOffset())
	}
	delim, nested := token.(json.Delim)
	if !nested {
		return nil
	}
	for i := 0; s.decoder.More(); i++ {
		inner := field + "[" + strconv.Itoa(i) + "]"
		if delim == '{' {
			if inner, err = s.name(field); err != nil {
				return err
			}
		}
		if err := s.value(inner); err != nil {
			return err
		}
	}
	_, err = s.decoder.Token() // the closing delimiter
	return err
}

// name reads a field's name and gives its path.
func (s *surveyor) name(of string) (string, error) {
	token, err := s.decoder.Token()
	if err != nil {
		return "", err
	}
	name, _ := token.(string)
	field := strings.TrimPrefix(of+"."+name, ".")
	if _, ok := s.lines[field]; ok {
		s.twice = append(s.twice, field)
	}
	s.lines[field] = lineAt(s.raw, s.decoder.InputOffset())
	return field, nil
}
