package letter_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestDraftIsSegmentedAndCounted(t *testing.T) {
	p := open(t)
	a := p.ask(p.anna, http.MethodPost, recordsPath, p.draft(nil))
	if a.Status != http.StatusOK || a.JSON["base"] != 1.0 || a.JSON["author"] != p.anna.Id {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	first := a.JSON["blocks"].([]any)[0].(map[string]any)
	if n := len(first["segments"].([]any)); n != 2 {
		t.Errorf("%d segments in the first paragraph, want 2: %v", n, first)
	}
	if feed := p.feed(p.blue.Id, ""); len(letters(feed)) != 0 {
		t.Error("a draft reached the feed")
	}
}

func TestServersOwnFieldsCannotBeWritten(t *testing.T) {
	p := open(t)
	id, _ := p.write(func(b map[string]any) {
		b["number"], b["published"], b["author"] = 7, "2026-01-01 10:00:00Z", p.tara.Id
	})
	l, err := p.app.FindRecordById("letters", id)
	if err != nil {
		t.Fatal(err)
	}
	if l.GetInt("number") != 0 || !l.GetDateTime("published").IsZero() || l.GetString("author") != p.anna.Id {
		t.Errorf("number %d, published %v, author %s", l.GetInt("number"), l.GetDateTime("published"), l.GetString("author"))
	}
}

func TestPublishedLetterReachesItsGroupsOnly(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	if a := p.publish(id, base); a.Status != http.StatusOK || a.JSON["number"] != 1.0 {
		t.Fatalf("publish: %d %s", a.Status, a.Body)
	}
	feed := p.feed(p.blue.Id, "")
	got := letters(feed)
	if len(got) != 1 || got[0]["id"] != id || got[0]["published"] != "2026-11-12T18:00:00Z" {
		t.Fatalf("feed: %s", feed.Body)
	}
	if place := feed.JSON["records"].([]any); len(place) != 2 { // the group itself and the letter
		t.Errorf("%d records", len(place))
	}
	title := got[0]["title"].([]any)[0].(float64)
	if text := feed.Get("texts", itoa(title)); text != "Föräldramöte om sömn" {
		t.Errorf("title %v is %v", title, text)
	}
	if other := p.feed(p.pine.Id, ""); len(letters(other)) != 0 {
		t.Error("another group got the letter")
	}
	if again := p.publish(id, base); again.JSON["number"] != 1.0 {
		t.Errorf("the repeated request made a revision: %s", again.Body)
	}
}

func TestCorrectionArrivesAsADelta(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	p.publish(id, base)
	cursor := p.feed(p.blue.Id, "").JSON["cursor"].(string)
	if delta := p.feed(p.blue.Id, cursor); len(letters(delta)) != 0 || delta.JSON["full"] != false {
		t.Fatalf("nothing changed, yet: %s", delta.Body)
	}
	saved := p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, p.draft(func(b map[string]any) {
		b["base"], b["groups"] = base, []string{p.pine.Id}
	}))
	if saved.Status != http.StatusOK {
		t.Fatalf("save: %d %s", saved.Status, saved.Body)
	}
	if delta := p.feed(p.blue.Id, cursor); len(letters(delta)) != 0 {
		t.Error("a draft's change reached phones")
	}
	p.publish(id, base+1)
	if delta := p.feed(p.blue.Id, cursor); len(letters(delta)) != 0 || len(delta.JSON["gone"].([]any)) != 1 {
		t.Errorf("the group that lost the letter: %s", delta.Body)
	}
	if now := letters(p.feed(p.pine.Id, "")); len(now) != 1 || now[0]["number"] != 2.0 || now[0]["corrected"] == "" {
		t.Errorf("the group that got it: %v", now)
	}
}

func TestWithdrawnLetterLeavesATombstone(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	p.publish(id, base)
	p.translate(id, "en", "En lugn stund före läggdags.", "A calm moment before bedtime.", nil)
	cursor := p.feed(p.blue.Id, "").JSON["cursor"].(string)
	if a := p.ask(p.anna, http.MethodPost, staffPath+id+"/withdraw", nil); a.Status != http.StatusOK || a.JSON["withdrawn"] == "" {
		t.Fatalf("withdraw: %d %s", a.Status, a.Body)
	}
	delta := p.feed(p.blue.Id, cursor)
	if gone := delta.JSON["gone"].([]any); len(gone) != 1 || gone[0] != id {
		t.Errorf("delta: %s", delta.Body)
	}
	for number, text := range p.texts(p.blue.Id, "en", cursor).JSON["texts"].(map[string]any) {
		if text != nil {
			t.Errorf("text %s outlived the letter: %v", number, text)
		}
	}
	if full := p.feed(p.blue.Id, ""); len(letters(full)) != 0 || strings.Contains(string(full.Body), "läggdags") {
		t.Errorf("whole feed: %s", full.Body)
	}
}

func TestIncompleteLetterIsToldAtItsFields(t *testing.T) {
	p := open(t)
	id, base := p.write(func(b map[string]any) {
		b["title"], b["question"], b["groups"], b["blocks"] = "  ", "", []string{}, []any{}
	})
	a := p.publish(id, base)
	if a.Status != http.StatusBadRequest || a.JSON["code"] != "error.letter_incomplete" {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	for _, field := range []string{"title", "question", "groups", "blocks"} {
		if a.Get("fields", field, "code") != "error.letter_needs_"+field || a.Get("fields", field, "message") == "" {
			t.Errorf("%s: %v", field, a.Get("fields", field))
		}
	}
}

func TestBlockOverTheLimitIsToldAtTheBlock(t *testing.T) {
	p := open(t)
	a := p.ask(p.anna, http.MethodPost, recordsPath, p.draft(func(b map[string]any) {
		b["blocks"] = []map[string]any{{"id": "long", "kind": "paragraph", "text": strings.Repeat("å", 2001)}}
	}))
	if a.Status != http.StatusBadRequest || a.Get("data", "block.long", "code") != "error.block_too_long" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestSecondSaveOfTwoIsTold(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	first := p.draft(func(b map[string]any) { b["base"], b["title"] = base, "Annas rubrik" })
	if a := p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, first); a.Status != http.StatusOK || a.JSON["base"] != 2.0 {
		t.Fatalf("first: %d %s", a.Status, a.Body)
	}
	if a := p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, first); a.Status != http.StatusOK || a.JSON["base"] != 2.0 {
		t.Errorf("repeated after a lost answer: %d %s", a.Status, a.Body)
	}
	second := p.draft(func(b map[string]any) { b["base"], b["title"] = base, "En annan rubrik" })
	a := p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, second)
	if a.Status != http.StatusConflict || a.Get("data", "current", "title") != "Annas rubrik" {
		t.Errorf("second: %d %s", a.Status, a.Body)
	}
	delete(second, "base")
	if a := p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, second); a.Status != http.StatusBadRequest {
		t.Errorf("without a base: %d %s", a.Status, a.Body)
	}
	if a := p.publish(id, base); a.Status != http.StatusConflict {
		t.Errorf("publishing what she didn't see: %d %s", a.Status, a.Body)
	}
}

func TestForeignGroupsAndStaffAreRefused(t *testing.T) {
	p := open(t)
	foreign := p.elsewhere.GetStringSlice("units")[0]
	group, err := p.app.FindCollectionByNameOrId("groups")
	if err != nil || group == nil {
		t.Fatal(err)
	}
	id, base := p.write(nil)
	for name, a := range map[string]int{
		"another unit's editor reads":      p.ask(p.elsewhere, http.MethodGet, recordsPath+"/"+id, nil).Status,
		"another unit's editor writes":     p.ask(p.elsewhere, http.MethodPatch, recordsPath+"/"+id, p.draft(func(b map[string]any) { b["base"] = base })).Status,
		"another unit's editor publishes":  p.ask(p.elsewhere, http.MethodPost, staffPath+id+"/publish", map[string]any{"base": base}).Status,
		"another unit's translator reads":  p.ask(p.elsewhere, http.MethodGet, staffPath+id+"/places/ar", nil).Status,
		"the translator reads the draft":   p.ask(p.tara, http.MethodGet, recordsPath+"/"+id, nil).Status,
		"the translator publishes":         p.ask(p.tara, http.MethodPost, staffPath+id+"/publish", map[string]any{"base": base}).Status,
		"nobody withdraws a draft unknown": p.ask(p.anna, http.MethodPost, staffPath+"nothing/withdraw", nil).Status,
	} {
		if a != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", name, a)
		}
	}
	a := p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, p.draft(func(b map[string]any) { b["base"], b["unit"] = base, foreign }))
	if a.Status < 400 || a.Status >= 500 {
		t.Errorf("moved to another unit: %d %s", a.Status, a.Body)
	}
	if a := p.ask(nil, http.MethodPost, staffPath+id+"/publish", map[string]any{"base": base}); a.Status != http.StatusUnauthorized {
		t.Errorf("guest: %d %s", a.Status, a.Body)
	}
}

func TestDeletedDraftsTranslationsStayInTheMemory(t *testing.T) {
	p := open(t)
	before := p.count("segments")
	id, _ := p.write(nil)
	p.translate(id, "en", sentence, "A calm moment before bedtime.", nil)
	p.ask(p.anna, http.MethodDelete, recordsPath+"/"+id, nil)
	if n := p.count("segments") - before; n != 1 {
		t.Errorf("%d segments are kept, want the translated one", n)
	}
}

func TestDeletedDraftLeavesNoSegments(t *testing.T) {
	p := open(t)
	collections := []string{"segments", "segment_uses"}
	before := map[string]int64{}
	for _, c := range collections {
		before[c] = p.count(c) // the meeting's
	}
	id, _ := p.write(nil)
	if a := p.ask(p.anna, http.MethodDelete, recordsPath+"/"+id, nil); a.Status != http.StatusNoContent {
		t.Fatalf("delete: %d %s", a.Status, a.Body)
	}
	for _, c := range collections {
		if n := p.count(c) - before[c]; n != 0 {
			t.Errorf("%d %s left", n, c)
		}
	}
	published, base := p.write(nil)
	p.publish(published, base)
	if a := p.ask(p.anna, http.MethodDelete, recordsPath+"/"+published, nil); a.Status != http.StatusNotFound {
		t.Errorf("delete a published letter: %d", a.Status)
	}
}

func TestMeetingAndSensitivityGoOutWithTheRevision(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	p.publish(id, base)
	cursor := p.feed(p.blue.Id, "").JSON["cursor"].(string)
	p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, p.draft(func(b map[string]any) {
		b["base"], b["meeting"], b["sensitive"] = base, "", true
	}))
	if now := letters(p.feed(p.blue.Id, ""))[0]; now["meeting"] == nil || now["sensitive"] != false {
		t.Errorf("the draft's own leaked: %v", now)
	}
	if a := p.publish(id, base+1); a.JSON["number"] != 2.0 {
		t.Fatalf("nothing was published: %s", a.Body)
	}
	if delta := letters(p.feed(p.blue.Id, cursor)); len(delta) != 1 || delta[0]["meeting"] != nil || delta[0]["sensitive"] != true {
		t.Errorf("the correction: %v", delta)
	}
}

func TestPhonesHearOfTheMeetingsNewPlaceAndEnd(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	p.publish(id, base)
	cursor := p.feed(p.blue.Id, "").JSON["cursor"].(string)
	path := "/api/collections/meetings/records/" + p.meeting.Id
	if a := p.ask(p.anna, http.MethodPatch, path, map[string]any{"place": "Matsalen"}); a.Status != http.StatusOK {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	moved := p.feed(p.blue.Id, cursor)
	if got := letters(moved); len(got) != 1 || got[0]["meeting"].(map[string]any)["place"] != "Matsalen" {
		t.Errorf("moved: %s", moved.Body)
	}
	if a := p.ask(p.anna, http.MethodDelete, path, nil); a.Status != http.StatusNoContent {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	if got := letters(p.feed(p.blue.Id, moved.JSON["cursor"].(string))); len(got) != 1 || got[0]["meeting"] != nil {
		t.Errorf("deleted: %v", got)
	}
}
