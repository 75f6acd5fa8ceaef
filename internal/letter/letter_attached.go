package letter

import (
	"fmt"

	"folje/internal/problem"
	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// maxAttachmentID is how long the id of an attachment may be.
const maxAttachmentID = 40

// Carried is what a letter says of its attachments: Groups have the letter,
// none where it isn't out, and Published is what they have; Drafted are those
// of what is being written and of what waits to go out.
type Carried struct {
	Unit               string
	Groups             []string
	Published, Drafted []string
}

// Carries gives the ids of the attachments that the letter stands for;
// sql.ErrNoRows where there is no such letter.
func Carries(app core.App, id string) (Carried, error) {
	l, err := Find(app, id)
	if err != nil {
		return Carried{}, err
	}
	body, err := l.Body()
	if err != nil {
		return Carried{}, err
	}
	c := Carried{Unit: l.Unit(), Drafted: attachedIn(body)}
	if l.Waits() {
		_, waiting, err := carriedBy(Next(app, l))
		if err != nil {
			return c, err
		}
		c.Drafted = append(c.Drafted, waiting...)
	}
	if l.Live() {
		if c.Groups, c.Published, err = carriedBy(Latest(app, l)); err != nil {
			return c, err
		}
	}
	return c, nil
}

func carriedBy(r Revision, err error) (groups, ids []string, _ error) {
	if err != nil {
		return nil, nil, fmt.Errorf("find revision: %w", err)
	}
	content, err := r.Content()
	return r.Groups(), attachedIn(content), err
}

func attachedIn(blocks []text.Block) (ids []string) {
	for _, b := range blocks {
		if b.Attachment != "" {
			ids = append(ids, b.Attachment)
		}
	}
	return ids
}

// wireAttachment is an attachment as phones get it: the size of a picture, so
// that its place is kept while it loads, and of everything in bytes.
type wireAttachment struct {
	ID     string `json:"id"`
	Type   string `json:"type"`
	Bytes  int    `json:"bytes"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// attachments are the letter's own, by id.
func attachments(app core.App, letter string) (map[string]*core.Record, error) {
	records, err := app.FindAllRecords("attachments", dbx.HashExp{"letter": letter})
	if err != nil {
		return nil, fmt.Errorf("list the letter's attachments: %w", err)
	}
	all := make(map[string]*core.Record, len(records))
	for _, r := range records {
		all[r.Id] = r
	}
	return all, nil
}

// carry says what the blocks of the body stand for; content is theirs, with
// title and question, which stand for nothing.
func (w *wireLetter) carry(content []text.Block, attached map[string]*core.Record) {
	at := 0
	for _, b := range content {
		if b.Kind == text.Title || b.Kind == text.Question {
			continue
		}
		if r := attached[b.Attachment]; r != nil {
			w.Blocks[at].Attachment = &wireAttachment{
				r.Id, r.GetString("type"), r.GetInt("bytes"), r.GetInt("width"), r.GetInt("height"),
			}
		}
		at++
	}
}

// needed is what is said where a block lacks its attachment, or the words.
var needed = map[text.Kind]struct{ attachment, words string }{
	text.Picture: {"error.picture_missing", "error.picture_needs_text"},
	text.File:    {"error.file_missing", "error.file_needs_text"},
}

// unattached says which blocks lack what they stand for, or the words for those
// who don't see it. A letter can't stand for what belongs to another one.
func unattached(app core.App, l Letter, fields map[string]problem.Field) error {
	body, err := l.Body()
	if err != nil {
		return err
	}
	attached, err := attachments(app, l.Id)
	if err != nil {
		return err
	}
	for _, b := range body {
		if !b.Kind.Attached() {
			continue
		}
		if r := attached[b.Attachment]; r == nil || r.GetString("kind") != string(b.Kind) {
			fields[fieldOf(b.ID)] = problem.Field{Code: needed[b.Kind].attachment}
		} else if len(b.Segmented(sourceLocale).Segments) == 0 {
			fields[fieldOf(b.ID)] = problem.Field{Code: needed[b.Kind].words}
		}
	}
	return nil
}
