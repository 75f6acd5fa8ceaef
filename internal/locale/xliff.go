package locale

import (
	"encoding/xml"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// A locale travels to translators' programs as XLIFF 1.2, with messages that
// count as groups of plurals in the way of the "XLIFF 1.2 Representation Guide
// for Gettext PO", which Weblate reads and writes. State and comments come along:
// what no person has looked at needs translation, what is reviewed is approved.
type xliff struct {
	XMLName xml.Name  `xml:"urn:oasis:names:tc:xliff:document:1.2 xliff"`
	Version string    `xml:"version,attr"`
	File    xliffFile `xml:"file"`
}

type xliffFile struct {
	Original string    `xml:"original,attr"`
	Source   string    `xml:"source-language,attr"`
	Target   string    `xml:"target-language,attr"`
	Datatype string    `xml:"datatype,attr"`
	Body     xliffBody `xml:"body"`
}

type xliffBody struct {
	Items []xliffItem `xml:",any"`
}

// xliffItem is a trans-unit, or a group of them.
type xliffItem struct {
	XMLName  xml.Name
	ID       string       `xml:"id,attr"`
	Space    string       `xml:"http://www.w3.org/XML/1998/namespace space,attr,omitempty"`
	Approved string       `xml:"approved,attr,omitempty"`
	Restype  string       `xml:"restype,attr,omitempty"`
	Source   *string      `xml:"source"`
	Target   *xliffTarget `xml:"target"`
	Units    []xliffItem  `xml:"trans-unit"`
	Notes    []xliffNote  `xml:"note"`
}

type xliffTarget struct {
	State string `xml:"state,attr,omitempty"`
	Text  string `xml:",chardata"`
}

type xliffNote struct {
	From string `xml:"from,attr"`
	Text string `xml:",chardata"`
}

// Who a note is from: the source's description, the translator's comment, and
// the hash of what was translated.
const (
	fromDeveloper  = "developer"
	fromTranslator = "translator"
	fromHash       = "source-hash"
	plurals        = "x-gettext-plurals"
	needsWork      = "needs-translation"
)

// Export writes a locale for translators' programs, in the source's order of
// messages; one that the locale lacks has no target.
func Export(source, target *Catalog) ([]byte, error) {
	doc := xliff{Version: "1.2", File: xliffFile{
		Original: "locales/" + target.Tag + ".json", Source: Source, Target: target.Tag, Datatype: "plaintext"}}
	for _, id := range slices.Sorted(maps.Keys(source.Messages)) {
		item, err := exportMessage(source.Messages[id], target)
		if err != nil {
			return nil, err
		}
		doc.File.Body.Items = append(doc.File.Body.Items, item)
	}
	raw, err := xml.MarshalIndent(doc, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write XLIFF: %w", err)
	}
	return append([]byte(xml.Header), append(raw, '\n')...), nil
}

func exportMessage(source Message, target *Catalog) (xliffItem, error) {
	m, translated := target.Messages[source.ID]
	notes := []xliffNote{{fromDeveloper, source.Comment}}
	for _, n := range []xliffNote{{fromTranslator, m.Comment}, {fromHash, m.Hash}} {
		if n.Text != "" {
			notes = append(notes, n)
		}
	}
	if !source.Counts() && !m.Counts() {
		unit := exportUnit(source.ID, source.Forms["other"], m.Forms["other"], translated, m)
		unit.Notes = notes
		return unit, nil
	}
	forms, err := Forms(target.Tag)
	if err != nil {
		return xliffItem{}, err
	}
	group := xliffItem{XMLName: xml.Name{Local: "group"}, ID: source.ID, Restype: plurals, Notes: notes}
	for i, form := range forms {
		from := source.Forms["other"]
		if i == 0 && source.Forms["one"] != "" {
			from = source.Forms["one"] // gettext's singular
		}
		group.Units = append(group.Units, exportUnit(source.ID+"["+strconv.Itoa(i)+"]", from, m.Forms[form], translated, m))
	}
	return group, nil
}

func exportUnit(id, source, text string, translated bool, m Message) xliffItem {
	unit := xliffItem{XMLName: xml.Name{Local: "trans-unit"}, ID: id, Space: "preserve", Source: &source}
	if !translated {
		return unit
	}
	unit.Target = &xliffTarget{Text: text}
	switch {
	case AboutItself(m.ID):
	case m.State == Reviewed:
		unit.Approved = "yes"
	default:
		unit.Target.State = needsWork
	}
	return unit
}

// Import reads what [Export] wrote and a translator's program changed, and gives
// the locale with it. Before is the locale as it was, nil for a new one: a text
// that isn't its any more was translated from the source beside it, not from
// what the hash says, and one that the file lacks stays as it was. A text whose
// state needs no work counts as reviewed. It fails, naming the message, where
// something isn't as Export writes it.
func Import(raw []byte, source, before *Catalog) (*Catalog, error) {
	doc, err := readXLIFF(raw)
	if err != nil {
		return nil, err
	}
	forms, err := Forms(doc.File.Target)
	if err != nil {
		return nil, fmt.Errorf("read XLIFF: %w", err)
	}
	c := before.rest(doc, source)
	for _, item := range doc.File.Body.Items {
		m, from, err := item.message(forms)
		if err != nil {
			return nil, fmt.Errorf("read XLIFF: message %q: %w", item.ID, err)
		}
		if len(m.Forms) == 0 {
			continue // not translated yet
		}
		if was, ok := before.find(m.ID); ok && !maps.Equal(was.Forms, m.Forms) || m.Hash == "" && !AboutItself(m.ID) {
			m.Hash = hashOf(from, source.Messages[m.ID])
		}
		if AboutItself(m.ID) {
			m.State, m.Hash, m.Comment = "", "", ""
		}
		c.Messages[m.ID] = m
	}
	return c, nil
}

// rest is what the locale has of the source's messages without those of the file.
func (c *Catalog) rest(doc *xliff, source *Catalog) *Catalog {
	left := &Catalog{Tag: doc.File.Target, Messages: map[string]Message{}}
	for id := range source.Messages {
		if m, ok := c.find(id); ok {
			left.Messages[id] = m
		}
	}
	for _, item := range doc.File.Body.Items {
		delete(left.Messages, item.ID)
	}
	return left
}

// ImportedTag tells which locale a file is of, which it calls as we do.
func ImportedTag(raw []byte) (string, error) {
	doc, err := readXLIFF(raw)
	if err != nil {
		return "", err
	}
	tag, err := language.Parse(doc.File.Target)
	if err != nil {
		return "", fmt.Errorf("read XLIFF: target language %q: %w", doc.File.Target, err)
	}
	if tag.String() != doc.File.Target {
		return "", fmt.Errorf("read XLIFF: target language %q is written %q", doc.File.Target, tag)
	}
	return doc.File.Target, nil
}

func readXLIFF(raw []byte) (*xliff, error) {
	var doc xliff
	if err := xml.Unmarshal(raw, &doc); err != nil {
		return nil, fmt.Errorf("read XLIFF: %w", err)
	}
	if doc.File.Source != Source || doc.File.Target == "" || doc.File.Target == Source {
		return nil, fmt.Errorf("read XLIFF: it is from %q to %q, not from %s to another", doc.File.Source, doc.File.Target, Source)
	}
	return &doc, nil
}

// hashOf is the hash of the source that a translator saw: of the present one
// where that is it, whose forms can't all be told from the file.
func hashOf(seen map[string]string, source Message) string {
	one, other := source.Forms["one"], source.Forms["other"]
	if seen["other"] == other && (seen["one"] == "" || seen["one"] == one || one == "" && seen["one"] == other) {
		return SourceHash(source.Forms)
	}
	return SourceHash(seen)
}

func (c *Catalog) find(id string) (Message, bool) {
	if c == nil {
		return Message{}, false
	}
	m, ok := c.Messages[id]
	return m, ok
}

// message reads a unit or a group; from are the source's forms as far as they
// can be told from it.
func (x xliffItem) message(forms []string) (m Message, from map[string]string, err error) {
	m = Message{ID: x.ID, Forms: map[string]string{}, State: Reviewed}
	for _, n := range x.Notes {
		switch n.From {
		case fromTranslator:
			m.Comment = strings.TrimSpace(n.Text)
		case fromHash:
			m.Hash = strings.TrimSpace(n.Text)
		}
	}
	switch {
	case x.XMLName.Local == "trans-unit" && x.Source != nil:
		m.take("other", x)
		return m, map[string]string{"other": *x.Source}, nil
	case x.XMLName.Local == "group" && x.Restype == plurals && len(x.Units) > 0 && len(x.Units) <= len(forms):
	default:
		return m, nil, fmt.Errorf("it is no trans-unit with a source and no group of up to %d plurals", len(forms))
	}
	from = map[string]string{}
	for i, unit := range x.Units {
		if unit.Source == nil {
			return m, nil, fmt.Errorf("plural %d has no source", i)
		}
		form := forms[i]
		if i == len(x.Units)-1 {
			form = "other" // programs that know whole numbers only have fewer forms than CLDR
			if i < len(forms)-1 {
				m.take(forms[i], unit)
			}
		}
		m.take(form, unit)
		if i == 0 {
			from["one"] = *unit.Source
		}
		from["other"] = *unit.Source
	}
	return m, from, nil
}

// take reads one form's target.
func (m *Message) take(form string, unit xliffItem) {
	if unit.Target == nil || unit.Target.Text == "" {
		return
	}
	m.Forms[form] = unit.Target.Text
	if strings.HasPrefix(unit.Target.State, "needs-") || unit.Target.State == "new" {
		m.State = Machine
	}
}
