// Package pack reads a content pack: the guide, worries, themes, activities, the
// bank of questions and sentences and the school words of one municipality, with
// their translations, as files that another municipality can take over and adapt.
// A demo's pack has units, staff, meetings, letters and a school year besides.
// packs/bjorkhult-demo/README.md describes the format by example.
//
// Days are written relative to the day the pack is put to use, so that a pack
// never grows old: see Meeting.Times and Pack.On. The package reads; it stores
// nothing.
package pack

import (
	"strconv"
	"strings"

	"folje/internal/text"
)

// Source is the locale every sentence is written in first.
const Source = "sv"

// Pack is the content of one municipality. Entries and Locales are in the order
// of their file names.
type Pack struct {
	Name         string       `json:"name"`
	Licence      string       `json:"licence"` // an SPDX identifier
	Note         string       `json:"note"`    // what whoever finds the pack must know first
	Municipality Municipality `json:"municipality"`
	Units        []Unit       `json:"units"`
	Staff        []Staff      `json:"staff"`
	Entries      []Entry      `json:"-"`
	Words        []Word       `json:"-"`
	Locales      []Locale     `json:"-"`

	Content       `json:"-"`
	School        Year           `json:"-"`
	SupportGroups []SupportGroup `json:"-"`
}

// Municipality is who runs the app, with its postal address.
type Municipality struct {
	Name    string `json:"name"`
	Address string `json:"address"`
}

// Unit is a preschool, a school or a family centre. Key is its name in this
// pack's files; Authority is the board that owns its records.
type Unit struct {
	Key       string  `json:"key"`
	Name      string  `json:"name"`
	Kind      string  `json:"kind"` // preschool, school or family_centre
	Authority string  `json:"authority"`
	Address   string  `json:"address"`
	Groups    []Group `json:"groups"`
}

// Group is a department or a class. Key is unique in its unit. Wishes are what
// its parents want to talk about.
type Group struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Wishes []Wish `json:"wishes"`
}

// Staff is one member of staff, known by e-mail address. Units are keys;
// Locales are those a translator works in.
type Staff struct {
	Name    string   `json:"name"`
	Email   string   `json:"email"`
	Roles   []string `json:"roles"`
	Units   []string `json:"units"`
	Locales []string `json:"locales"`
}

// Entry is one file under letters/: a meeting and, when there is one, its
// letter. Author is the e-mail address of an editor of the unit.
type Entry struct {
	File    string  `json:"-"`
	Author  string  `json:"author"`
	Meeting Meeting `json:"meeting"`
	Letter  *Letter `json:"letter"`
}

// Word is a school word of glossary.json. Its explanation is translated as one
// text. Forms are in lower case, the term need not be among them.
type Word struct {
	Term        string   `json:"term"`
	Explanation string   `json:"explanation"`
	Forms       []string `json:"forms"`
}

// Meeting is a QPM meeting. Day counts from the day the pack is put to use and
// is moved to a Tuesday, Wednesday or Thursday (Times). A missing Invitation means
// that parents haven't heard of it.
type Meeting struct {
	Unit        string      `json:"unit"`
	Groups      []string    `json:"groups"`
	Day         int         `json:"day"`
	Start       Clock       `json:"start"`
	End         Clock       `json:"end"`
	Place       string      `json:"place"`
	Information []string    `json:"information"`
	Question    []string    `json:"question"`
	Invitation  *Invitation `json:"invitation"`
}

// Letter is the summary letter of a meeting, which also gives it its groups and
// its question. Published is nil for a draft nobody but staff has seen.
// Correction, if any, is its second revision.
type Letter struct {
	Published  *Moment     `json:"published"`
	Title      []string    `json:"title"`
	Blocks     []Block     `json:"blocks"`
	Correction *Correction `json:"correction"`
}

// Correction is a published letter's next revision: all its blocks anew. A
// sentence that was there before is still translated.
type Correction struct {
	Moment
	Blocks []Block `json:"blocks"`
}

// Block is a block of a letter's body, sentence by sentence.
type Block struct {
	Kind      text.Kind `json:"kind"`
	Sentences []string  `json:"sentences"`
}

// Join returns the sentences as staff would have typed them, which text.Break
// divides into these sentences again.
func Join(sentences []string) string { return strings.Join(sentences, " ") }

// TextBlocks returns blocks as a letter holds them, with the ids b1, b2 … by
// position, and without segments.
func TextBlocks(blocks []Block) []text.Block {
	var out []text.Block
	for i, b := range blocks {
		out = append(out, text.Block{ID: "b" + strconv.Itoa(i+1), Kind: b.Kind, Text: Join(b.Sentences)})
	}
	return out
}

// sentences returns every list of sentences of e, named by its field.
func (e *Entry) sentences() []list {
	lists := []list{{"meeting.information", e.Meeting.Information}, {"meeting.question", e.Meeting.Question}}
	if e.Letter == nil {
		return lists
	}
	lists = append(lists, list{"letter.title", e.Letter.Title})
	lists = append(lists, listsOf("letter.blocks", e.Letter.Blocks)...)
	if c := e.Letter.Correction; c != nil {
		lists = append(lists, listsOf("letter.correction.blocks", c.Blocks)...)
	}
	return lists
}

// list is some sentences that stand together, and the field they stand in.
type list struct {
	field     string
	sentences []string
}

func listsOf(field string, blocks []Block) []list {
	var out []list
	for i, b := range blocks {
		out = append(out, list{index(field, i) + ".sentences", b.Sentences})
	}
	return out
}

func index(field string, i int) string { return field + "[" + strconv.Itoa(i) + "]" }
