package guide_test

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"folje/test/town"
)

// systems is how many systems the municipality's documents describe.
const systems = 22

// packed is an entry of the demonstration's pack. Seeds are the numbers of the
// systems that it stands for.
type packed struct {
	Key, Name, Title, Audience, Type string
	AgeFrom, AgeTo                   int
	Seeds                            []int
}

func (e packed) staffs() bool { return e.Audience == "staff" || e.Type == "history" }

// readPack reads the pack's entries, which worries lead to which, and what a
// text is in a locale.
func readPack(t *testing.T) (entries []packed, worries map[string][]string, say func(tag, text string) string) {
	t.Helper()
	const pack = "../../../packs/bjorkhult-demo"
	load := func(file string, into any) {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, into); err != nil {
			t.Fatalf("read %s: %v", file, err)
		}
	}
	files, _ := filepath.Glob(pack + "/guide/*.json")
	for _, file := range files {
		var e packed
		load(file, &e)
		entries = append(entries, e)
	}
	var listed struct {
		Worries []struct {
			Key   string
			Guide []string
		}
	}
	load(pack+"/worries.json", &listed)
	worries = map[string][]string{}
	for _, w := range listed.Worries {
		for _, key := range w.Guide {
			worries[key] = append(worries[key], w.Key)
		}
	}
	texts := map[string]map[string]string{}
	for _, tag := range []string{"ar", "so"} {
		var file struct{ Sentences map[string]string }
		load(pack+"/translations/"+tag+".json", &file)
		texts[tag] = file.Sentences
	}
	return entries, worries, func(tag, text string) string { return texts[tag][text] }
}

// Every system that the municipality's documents describe is found without a
// network: what is for parents by the child's age, by a worry and by its name,
// within three taps, in Swedish, Arabic and Somali; what is for staff by its
// name among staff's. Without -all a part of them is looked for in Arabic and
// another in Somali, all of them in Swedish.
func TestEverySystemIsFound(t *testing.T) {
	entries, worries, say := readPack(t)
	var parents, staff []packed
	for number := 1; number <= systems; number++ {
		rows := slices.DeleteFunc(slices.Clone(entries), func(e packed) bool { return !slices.Contains(e.Seeds, number) })
		if len(rows) == 0 {
			t.Errorf("nothing in the guide stands for system %d", number)
		}
		for _, e := range rows {
			if e.staffs() {
				staff = append(staff, e)
			} else {
				parents = append(parents, e)
			}
		}
	}
	for turn, tag := range []string{"sv", "ar", "so"} {
		t.Run(tag, func(t *testing.T) {
			parents := parents
			if tag != "sv" && !*all {
				parents = everyFourth(parents, turn)
			}
			w := shop.Beside(t)
			p := &finder{w.Parent(tag), t, 0}
			p.keepsTheGuide()
			town.WithoutNetwork(p.Page)
			for _, e := range parents {
				p.finds(e, worries[e.Key], say)
			}
			t.Logf("%d entries, each by age, by worry and by name", len(parents))
		})
	}
	t.Run("staff", func(t *testing.T) { findAsStaff(t, shop.Beside(t), staff) })
}

// all looks for everything in every language.
var all = flag.Bool("all", false, "look for every entry in every language")

// everyFourth is a quarter of the entries, from one of the first four on.
func everyFourth(entries []packed, from int) (some []packed) {
	for i := from; i < len(entries); i += 4 {
		some = append(some, entries[i])
	}
	return some
}

// finds goes to an entry by the child's age, by a worry, and by its name.
func (p *finder) finds(e packed, worries []string, say func(tag, text string) string) {
	p.t.Helper()
	begin := func() {
		if p.path() == "/guide" { // what has no address stands here
			p.Click("nav a |= " + p.Say("nav.letters"))
			p.WaitFor("h1 |= " + p.Say("letters.title"))
		}
		p.tapped = 0
		p.taps("nav a |= " + p.Say("nav.guide"))
		p.WaitFor("#guide-search")
	}
	begin()
	for _, from := range []int{0, 2, 6, 13, 16} { // the stages' youngest
		if from >= e.AgeFrom && from <= e.AgeTo || from == 13 && e.AgeFrom > 13 && e.AgeFrom < 16 {
			p.taps(fmt.Sprintf("a[data-age='%d']", from))
			break
		}
	}
	p.taps(fmt.Sprintf(".guide-rows [data-to=%s]", e.Key))
	p.arrives(e.Key)

	if len(worries) == 0 {
		p.t.Errorf("no worry leads to %s", e.Key)
	} else {
		begin()
		p.taps(fmt.Sprintf(".guide-worries [data-to=%s]", worries[0]))
		p.taps(fmt.Sprintf(".guide-rows [data-to=%s]", e.Key))
		p.arrives(e.Key)
	}

	for _, name := range p.namesOf(e, say) {
		begin()
		p.Fill("#guide-search", name)
		p.taps(fmt.Sprintf(".guide-rows [data-to=%s]", e.Key))
		p.arrives(e.Key)
	}
}

// namesOf are the name it has here, and what it is in her language.
func (p *finder) namesOf(e packed, say func(tag, text string) string) (names []string) {
	p.t.Helper()
	if e.Name != "" {
		names = append(names, e.Name)
	}
	title := e.Title
	if p.Tag != "sv" {
		title = say(p.Tag, e.Title)
	}
	if title == "" {
		p.t.Errorf("%s has no title in %s", e.Key, p.Tag)
		return names
	}
	return append(names, title)
}

// findAsStaff looks every entry up among staff's, without a network.
func findAsStaff(t *testing.T, w *town.Town, entries []packed) {
	t.Helper()
	c := w.Colleague(w.Staff("editor", ""))
	c.Click("a[data-way='/staff/guide']")
	c.WaitFor("[data-part=chain] .stage:nth-child(3)")
	c.KeepsAll()
	town.WithoutNetwork(c.Page)
	for _, e := range entries {
		c.Fill("#staff-guide-search", cmp.Or(e.Name, e.Title))
		c.Click(fmt.Sprintf("[data-entry=%s]", e.Key))
		c.WaitFor("main[data-view=staff-guide-entry] [data-part=staff] p")
		c.Click("a.up")
		c.WaitFor("#staff-guide-search")
	}
	t.Logf("%d entries of staff's", len(entries))
}
