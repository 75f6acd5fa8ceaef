package municipality

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"

	"folje/internal/problem"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Bounds of a sheet.
const (
	maxSheet = 512 << 10 // bytes
	maxRows  = 2000
)

// What a sheet as a whole is refused with.
var (
	errNoText  = problem.New(http.StatusBadRequest, "error.import_no_text")
	errEmpty   = problem.New(http.StatusBadRequest, "error.import_empty")
	errNoUnit  = problem.New(http.StatusBadRequest, "error.import_no_unit_column")
	errTooLong = problem.New(http.StatusBadRequest, "error.import_too_long")
)

// The columns of a sheet.
const (
	colUnit      = "unit"
	colKind      = "kind"
	colAuthority = "authority"
	colAddress   = "address"
	colGroup     = "group"
	colChildren  = "children"
	colYears     = "years"
	colName      = "name"
	colEmail     = "email"
	colRole      = "role"
	colLanguages = "languages"
)

// headings are what a column's first cell may say, in Swedish or English and in
// lower case.
var headings = map[string]string{
	"enhet": colUnit, "förskola": colUnit, "skola": colUnit, "unit": colUnit,
	"typ": colKind, "sort": colKind, "kind": colKind,
	"myndighet": colAuthority, "nämnd": colAuthority, "ansvarig nämnd": colAuthority, "authority": colAuthority,
	"adress": colAddress, "address": colAddress,
	"grupp": colGroup, "avdelning": colGroup, "klass": colGroup, "group": colGroup,
	"barn": colChildren, "antal barn": colChildren, "children": colChildren,
	"årskurs": colYears, "årskurser": colYears, "years": colYears,
	"namn": colName, "personal": colName, "name": colName,
	"e-post": colEmail, "epost": colEmail, "mejl": colEmail, "e-mail": colEmail, "email": colEmail,
	"roll": colRole, "roller": colRole, "role": colRole,
	"språk": colLanguages, "översätter till": colLanguages, "language": colLanguages, "languages": colLanguages,
}

// line is one row of a sheet: its number as a spreadsheet counts, and its cells
// by column, folded.
type line struct {
	number int
	cells  map[string]string
}

// sheet is what a file holds.
type sheet struct {
	encoding string   // "utf-8", "windows-1252" or "utf-16"
	ignored  []string // headings that nothing is known of
	lines    []line   // those that are not empty
}

// readSheet reads a file of comma-, semicolon- or tab-separated values, in
// UTF-8, UTF-16 or Windows-1252, whose first row says what the columns are.
func readSheet(raw []byte) (sheet, error) {
	name, text, err := decode(raw)
	if err != nil {
		return sheet{}, err
	}
	s := sheet{encoding: name}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = separator(text), true, -1
	head, err := r.Read()
	if errors.Is(err, io.EOF) {
		return sheet{}, errEmpty
	}
	if err != nil {
		return sheet{}, errNoText.Because(err)
	}
	columns := s.columns(head)
	if !has(columns, colUnit) {
		return sheet{}, errNoUnit
	}
	for {
		cells, err := r.Read()
		switch {
		case errors.Is(err, io.EOF) && len(s.lines) == 0:
			return sheet{}, errEmpty
		case errors.Is(err, io.EOF):
			return s, nil
		case err != nil:
			return sheet{}, errNoText.Because(err)
		case len(s.lines) == maxRows:
			return sheet{}, errTooLong
		}
		number, _ := r.FieldPos(0)
		s.add(number, columns, cells)
	}
}

// decode gives the file's text and what it was written in. What is no text, such
// as a spreadsheet program's own file, fails with [errNoText].
func decode(raw []byte) (name, text string, err error) {
	var from encoding.Encoding
	switch {
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}), bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		name, from = "utf-16", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case utf8.Valid(raw):
		name, from = "utf-8", unicode.UTF8BOM
	default:
		name, from = "windows-1252", charmap.Windows1252
	}
	plain, err := from.NewDecoder().Bytes(raw)
	if err != nil {
		return "", "", errNoText.Because(err)
	}
	if bytes.ContainsRune(plain, 0) {
		return "", "", errNoText
	}
	return name, string(plain), nil
}

// separator is what stands most often in the first row.
func separator(text string) rune {
	head, _, _ := strings.Cut(text, "\n")
	best, most := ';', 0
	for _, r := range []rune{';', '\t', ','} {
		if n := strings.Count(head, string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}

// columns says which column each cell of a row belongs to, "" for none.
func (s *sheet) columns(head []string) []string {
	columns, taken := make([]string, len(head)), map[string]bool{}
	for i, cell := range head {
		name := folded(cell)
		known := headings[strings.ToLower(name)]
		if known == "" || taken[known] {
			if name != "" {
				s.ignored = append(s.ignored, name)
			}
			continue
		}
		columns[i], taken[known] = known, true
	}
	return columns
}

func (s *sheet) add(number int, columns, cells []string) {
	l := line{number, map[string]string{}}
	for i, cell := range cells {
		if i < len(columns) && columns[i] != "" && folded(cell) != "" {
			l.cells[columns[i]] = folded(cell)
		}
	}
	if len(l.cells) > 0 {
		s.lines = append(s.lines, l)
	}
}

func has(columns []string, wanted string) bool {
	for _, c := range columns {
		if c == wanted {
			return true
		}
	}
	return false
}
