package pack

import "folje/internal/text"

// Content is what a municipality can take over from another one: its guide, what
// parents worry about, themes, what is open to everybody, and the bank. Texts
// name services by placeholders: {{.steget}} is the entry's name where the pack
// is used, {{.steget_place}} that of its place, {{.municipality}} the
// municipality's.
type Content struct {
	Guide      []GuideEntry
	Worries    []Worry
	Themes     []Theme
	Activities []Activity
	Questions  []Phrase
	Phrases    []Phrase
}

// GuideEntry is one file under guide/, whose name is its key. Name is what the
// service is called here, "" where it goes by its title. CheckedDays counts from
// the day the pack is put to use; nil says that nobody here has looked at it yet.
// Seeds are the numbers of the systems that it carries, in the description of the
// model that the pack was written from.
type GuideEntry struct {
	File        string      `json:"-"`
	Key         string      `json:"key"`
	Name        string      `json:"name"`
	Title       string      `json:"title"`
	Also        []string    `json:"also"`
	Type        string      `json:"type"`
	Audience    string      `json:"audience"`
	AgeFrom     int         `json:"ageFrom"`
	AgeTo       int         `json:"ageTo"`
	Parts       []GuidePart `json:"parts"`
	Staff       []GuideNote `json:"staff"`
	Contacts    []Reach     `json:"contacts"`
	Place       *Place      `json:"place,omitempty"`
	Related     []string    `json:"related"`
	Chain       []string    `json:"chain"`
	Sensitive   bool        `json:"sensitive"`
	Urgent      bool        `json:"urgent"`
	Ask         bool        `json:"ask"`
	CheckedDays *int        `json:"checkedDays,omitempty"`
	Order       int         `json:"order"`
	Seeds       []int       `json:"seeds,omitempty"`
}

// GuidePart is a piece of an entry's text for everybody: a paragraph or an item.
type GuidePart struct {
	Part      string    `json:"part"`
	Kind      text.Kind `json:"kind"`
	Sentences []string  `json:"sentences"`
}

// GuideNote is a piece of what only staff read. It is not translated.
type GuideNote struct {
	Part string `json:"part"`
	Text string `json:"text"`
}

// Reach is a way to reach a service: phone, sms, mail, web or visit.
type Reach struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
	Label string `json:"label,omitempty"`
}

// Place is where a service is.
type Place struct {
	Name    string `json:"name"`
	Address string `json:"address"`
}

// Worry is one of worries.json. Synonyms are words with commas between,
// translated as one text; Guide are keys of entries, the most helpful first.
type Worry struct {
	Key      string   `json:"key"`
	Title    string   `json:"title"`
	Synonyms string   `json:"synonyms"`
	Guide    []string `json:"guide"`
	Order    int      `json:"order"`
}

// Theme is one of themes.json. Each text of Information is a paragraph, or an
// item where it begins with "- "; each of Discussion and Think is one of the
// things to talk or think about.
type Theme struct {
	Key         string   `json:"key"`
	Title       string   `json:"title"`
	Also        []string `json:"also"`
	Information []string `json:"information"`
	Discussion  []string `json:"discussion"`
	Think       []string `json:"think"`
	Order       int      `json:"order"`
}

// Phrase is one of questions.json or phrases.json. Ages are children's, 0–0 for
// all.
type Phrase struct {
	Topic   string `json:"topic"`
	AgeFrom int    `json:"ageFrom"`
	AgeTo   int    `json:"ageTo"`
	Text    string `json:"text"`
}

// GuideEntry gives the entry of the key, nil for none.
func (p *Pack) GuideEntry(key string) *GuideEntry {
	for i := range p.Guide {
		if p.Guide[i].Key == key {
			return &p.Guide[i]
		}
	}
	return nil
}

// Open reports whether everybody may read the entry.
func (e *GuideEntry) Open() bool { return e.Audience == "everyone" }

// Texts are the entry's texts that are translated, as blocks, its title first.
func (e *GuideEntry) Texts() []text.Block {
	if !e.Open() {
		return nil
	}
	blocks := []text.Block{Whole(e.Title)}
	for _, p := range e.Parts {
		blocks = append(blocks, broken(p.Kind, Join(p.Sentences)))
	}
	return blocks
}

// Texts are what is translated of the worry.
func (w *Worry) Texts() []text.Block { return []text.Block{Whole(w.Title), Whole(w.Synonyms)} }

// Texts are what is translated of the theme.
func (t *Theme) Texts() []text.Block {
	blocks := []text.Block{Whole(t.Title)}
	for _, lines := range [][]string{t.Information, t.Discussion, t.Think} {
		for _, line := range lines {
			blocks = append(blocks, broken(text.Paragraph, bare(line)))
		}
	}
	return blocks
}

// Texts are what is translated of the phrase.
func (p *Phrase) Texts() []text.Block { return []text.Block{broken(text.Paragraph, p.Text)} }

// bare is a line without the mark of a list's item.
func bare(line string) string {
	if len(line) > 2 && line[:2] == "- " {
		return line[2:]
	}
	return line
}

// Whole is a block of one segment, however many sentences it has.
func Whole(s string) text.Block {
	b := text.Block{Kind: text.Title, Text: s}
	if s != "" {
		b.Segments = []text.Segment{{ID: text.SegmentID(Source, s), Text: s}}
	}
	return b
}

func broken(kind text.Kind, s string) text.Block {
	return text.Block{Kind: kind, Text: s}.Segmented(Source)
}

// Blocks are all texts of the content that are translated, in reading order.
func (c *Content) Blocks() (all []text.Block) {
	for i := range c.Guide {
		all = append(all, c.Guide[i].Texts()...)
	}
	for i := range c.Worries {
		all = append(all, c.Worries[i].Texts()...)
	}
	for i := range c.Themes {
		all = append(all, c.Themes[i].Texts()...)
	}
	for i := range c.Activities {
		all = append(all, c.Activities[i].Texts()...)
	}
	for _, bank := range [][]Phrase{c.Questions, c.Phrases} {
		for i := range bank {
			all = append(all, bank[i].Texts()...)
		}
	}
	return all
}
