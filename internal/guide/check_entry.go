package guide

import (
	"slices"
	"strconv"

	"folje/internal/text"

	"github.com/pocketbase/pocketbase/core"
)

// PartNames are what the parts of an entry are about, in the order in which they
// are read; NoteNames those of what only staff read.
var (
	PartNames = []string{"summary", "who", "happens", "cost", "consent", "behind", "hours", "more"}
	NoteNames = []string{"cooperate", "requires", "signs", "consult", "follows", "steering", "history"}
)

func checkEntry(app core.App, r, stored *core.Record, fields faults) error {
	c := &checker{app: app, r: r, faults: fields}
	if err := c.key(stored); err != nil {
		return err
	}
	c.line("title", text.MaxTitle, true)
	c.line("name", maxName, false)
	c.kinds()
	c.ages()
	c.number("order", 1_000_000)
	c.also()
	c.notes()
	c.place()
	c.chain()
	if err := c.contacts(); err != nil {
		return err
	}
	if err := c.parts(); err != nil {
		return err
	}
	if err := c.names("title", r.GetString("title")); err != nil {
		return err
	}
	if err := c.owner(); err != nil {
		return err
	}
	return c.related()
}

// kinds checks what the entry is and whom it is for; history is for staff.
func (c *checker) kinds() {
	kind, audience := c.r.GetString("type"), c.r.GetString("audience")
	if !slices.Contains([]string{Service, Knowledge, History}, kind) {
		c.faults.add("type", choice(kind), nil)
	}
	if !slices.Contains([]string{Everyone, StaffOnly}, audience) {
		c.faults.add("audience", choice(audience), nil)
	}
	if kind == History && audience == Everyone {
		c.faults.add("audience", "error.guide_history", nil)
	}
}

func choice(value string) string {
	if value == "" {
		return "error.field_required"
	}
	return "error.field_invalid"
}

// parts checks the text for everybody, and gives each part an id.
func (c *checker) parts() error {
	parts := decode[Part](c, "parts", text.MaxBlocks)
	if parts == nil {
		return nil
	}
	for i := range parts {
		if parts[i].ID == "" {
			parts[i].ID = freeID(parts)
		}
		if parts[i].Kind == "" {
			parts[i].Kind = string(text.Paragraph)
		}
	}
	blocks := make([]text.Block, len(parts))
	for i, p := range parts {
		at := "part." + p.ID
		if !slices.Contains(PartNames, p.Part) {
			c.faults.add(at, "error.field_invalid", nil)
		}
		if p.Kind != string(text.Paragraph) && p.Kind != string(text.Item) {
			c.faults.add(at, text.CodeBlockKind, map[string]any{"Kind": p.Kind})
		}
		c.markup(at, p.Text)
		if err := c.names(at, p.Text); err != nil {
			return err
		}
		blocks[i] = text.Block{ID: p.ID, Kind: text.Kind(p.Kind), Text: p.Text}.Segmented(sourceLocale)
	}
	for _, f := range text.Validate(blocks) {
		at := "parts"
		if f.Block != "" {
			at = "part." + f.Block
		}
		c.faults.add(at, f.Code, f.Params)
	}
	if f := text.TooManySegments(blocks); f != nil {
		c.faults.add("parts", "error.guide_too_many_sentences", f.Params)
	}
	c.r.Set("parts", parts)
	return nil
}

func freeID(parts []Part) string {
	for n := 1; ; n++ {
		id := "p" + strconv.Itoa(n)
		if !slices.ContainsFunc(parts, func(p Part) bool { return p.ID == id }) {
			return id
		}
	}
}

func (c *checker) notes() {
	notes := decode[Note](c, "staff", maxNotes)
	if notes == nil {
		return
	}
	for i, n := range notes {
		notes[i].Text = lines(n.Text)
		if !slices.Contains(NoteNames, n.Part) {
			c.faults.add("staff", "error.field_invalid", nil)
		}
		if notes[i].Text == "" {
			c.faults.add("staff", "error.field_required", nil)
		}
		c.length("staff", notes[i].Text, maxNote)
		c.markup("staff", n.Text)
	}
	c.r.Set("staff", notes)
}

func (c *checker) also() {
	also := decode[string](c, "also", maxAlso)
	if also == nil {
		return
	}
	folded := []string{}
	for _, name := range also {
		name = text.Fold(name)
		c.length("also", name, maxName)
		c.markup("also", name)
		if name != "" && !slices.Contains(folded, name) {
			folded = append(folded, name)
		}
	}
	c.r.Set("also", folded)
}

func (c *checker) place() {
	p, err := Entry{c.r}.Place()
	if err != nil {
		c.faults.add("place", "error.field_invalid", nil)
		return
	}
	p.Name, p.Address = text.Fold(p.Name), text.Fold(p.Address)
	c.length("place", p.Name, maxName)
	c.length("place", p.Address, maxAddress)
	c.markup("place", p.Name+" "+p.Address)
	c.r.Set("place", p)
}

// chain checks where in the chain of help the entry stands.
func (c *checker) chain() {
	stages := []string{"preschool", "school", "youth"}
	chain := decode[string](c, "chain", len(stages))
	if chain == nil {
		return
	}
	for _, stage := range chain {
		if !slices.Contains(stages, stage) {
			c.faults.add("chain", "error.field_invalid", nil)
		}
	}
	c.r.Set("chain", chain)
}

func (c *checker) related() error {
	related := decode[string](c, "related", maxRelated)
	if related == nil {
		return nil
	}
	found, err := withKeys(c.app, related)
	if err != nil {
		return err
	}
	for _, key := range related {
		known := slices.ContainsFunc(found, func(e Entry) bool { return e.Key() == key })
		if !known || key == c.r.GetString("key") {
			c.faults.add("related", "error.guide_name_unknown", map[string]any{"Name": key})
		}
	}
	c.r.Set("related", related)
	return nil
}

func (c *checker) owner() error {
	id := c.r.GetString("owner")
	if id == "" {
		return nil
	}
	r, err := find(c.app, "staff", id)
	if err == nil && r == nil {
		c.faults.add("owner", "error.field_invalid", nil)
	}
	return err
}
