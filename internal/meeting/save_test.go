package meeting_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// Place and contact go to phones as they stand, so what turns text round or
// can't be seen is taken out before.
func TestLinesAreStoredAsTheyAreSeen(t *testing.T) {
	p := open(t)
	dirty := "Stora\x00 salen,\u202e \n vån 2\u2066"
	a := p.ask(p.anna, http.MethodPost, recordsPath, p.plan(map[string]any{"place": dirty, "contact": dirty}))
	if a.Status != http.StatusOK || a.JSON["place"] != "Stora salen, vån 2" || a.JSON["contact"] != "Stora salen, vån 2" {
		t.Fatalf("create: %d %s", a.Status, a.Body)
	}
	a = p.save(a.JSON["id"].(string), map[string]any{"place": "\u202eGården "})
	if a.Status != http.StatusOK || a.JSON["place"] != "Gården" || a.JSON["contact"] != "Stora salen, vån 2" {
		t.Errorf("change: %d %s", a.Status, a.Body)
	}
}

func TestOnlyTheServerSaysWhatWasPublished(t *testing.T) {
	p := open(t)
	forged := map[string]any{"published": stamp(p.now), "cancelled": stamp(p.now), "sequence": 7, "author": p.tara.Id}
	a := p.ask(p.anna, http.MethodPost, recordsPath, p.plan(forged))
	check := func(step string) {
		t.Helper()
		if a.Status != http.StatusOK || a.JSON["published"] != "" || a.JSON["cancelled"] != "" || a.JSON["sequence"] != 0.0 || a.JSON["author"] != p.anna.Id {
			t.Fatalf("%s: %d %s", step, a.Status, a.Body)
		}
	}
	check("create")
	a = p.save(a.JSON["id"].(string), forged)
	check("change")
}

func TestASaveFromAnOldPlanIsAConflict(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	if a := p.save(id, map[string]any{"place": "Gården", "base": base}); a.Status != http.StatusOK || number(a.JSON["base"]) != base+1 {
		t.Fatalf("save: %d %s", a.Status, a.Body)
	}
	a := p.save(id, map[string]any{"place": "Torget", "base": base})
	if a.Status != http.StatusConflict || a.Get("data", "current", "place") != "Gården" {
		t.Errorf("old base: %d %s", a.Status, a.Body)
	}
	// The same save once more, because its answer was lost.
	a = p.save(id, map[string]any{"place": "Gården", "base": base})
	if a.Status != http.StatusOK || number(a.JSON["base"]) != base+1 {
		t.Errorf("repeated: %d %s", a.Status, a.Body)
	}
	for _, future := range []int{base + 5, -1} {
		if a := p.save(id, map[string]any{"place": "Torget", "base": future}); a.Status != http.StatusConflict {
			t.Errorf("base %d: %d %s", future, a.Status, a.Body)
		}
	}
}

// Pages from before meetings had a base send none. They write what they send
// and nothing else, and the next save from a base is told.
func TestASaveWithoutABaseChangesWhatItNames(t *testing.T) {
	p := open(t)
	id, base := p.publish(nil)
	a := p.save(id, map[string]any{"place": "Gården"})
	if a.Status != http.StatusOK || a.JSON["place"] != "Gården" || a.JSON["contact"] != "Anna, 040-628 04 12" || a.JSON["published"] == "" {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	if a = p.save(id, map[string]any{"place": "Torget", "base": base}); a.Status != http.StatusConflict {
		t.Errorf("the save that knew nothing of it: %d %s", a.Status, a.Body)
	}
}

func TestASaveDuringPublishingIsToldSo(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	p.act(p.anna, id, "publish", base)
	a := p.save(id, map[string]any{"information": "Ta med stövlar.", "base": base})
	if a.Status != http.StatusConflict || a.Get("data", "current", "published") == "" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestASavedMeetingIsToldToPhonesAtOnce(t *testing.T) {
	p := open(t)
	id, base := p.publish(nil)
	sequence := 0
	for _, c := range []struct {
		fields map[string]any
		raises bool
	}{
		{map[string]any{"place": "Gården"}, true},
		{map[string]any{"starts": stamp(p.starts.Add(15 * time.Minute))}, true},
		{map[string]any{"ends": stamp(p.starts.Add(2 * time.Hour))}, true},
		{map[string]any{"information": "Ta med stövlar."}, false},
		{map[string]any{"question": "Vad leker barnen?"}, false},
		{map[string]any{"answerBy": stamp(p.starts.AddDate(0, 0, -1))}, false},
		{map[string]any{"childcare": false, "contact": ""}, false},
	} {
		cursor := p.cursor(p.blue.Id)
		c.fields["base"] = base
		a := p.save(id, c.fields)
		if a.Status != http.StatusOK {
			t.Fatalf("%v: %d %s", c.fields, a.Status, a.Body)
		}
		base = number(a.JSON["base"])
		if c.raises {
			sequence++
		}
		got := meetings(p.feed(p.blue.Id, cursor))
		if len(got) != 1 || number(got[0]["sequence"]) != sequence {
			t.Errorf("after %v phones were told %v, want sequence %d", c.fields, got, sequence)
		}
	}
}

func TestAGroupThatIsNoLongerInvitedForgetsTheMeeting(t *testing.T) {
	p := open(t)
	id, base := p.publish(map[string]any{"groups": []string{p.blue.Id, p.pine.Id}})
	blue, pine := p.cursor(p.blue.Id), p.cursor(p.pine.Id)
	if a := p.save(id, map[string]any{"groups": []string{p.pine.Id}, "base": base}); a.Status != http.StatusOK {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	if gone := p.feed(p.blue.Id, blue).JSON["gone"].([]any); len(gone) != 1 || gone[0] != id {
		t.Errorf("the group that is left out was told %v", gone)
	}
	if got := meetings(p.feed(p.pine.Id, pine)); len(got) != 1 {
		t.Errorf("the group that stays was told %v", got)
	}
	if err := p.app.Delete(p.pine); err != nil {
		t.Fatal(err)
	}
	if got := meetings(p.feed(p.pine.Id, "")); len(got) != 0 {
		t.Errorf("a group that is gone has %v", got)
	}
}

func TestWhatNoPlanMayBe(t *testing.T) {
	p := open(t)
	after := stamp(p.starts.Add(time.Minute))
	for name, c := range map[string]struct {
		change      map[string]any
		field, code string
	}{
		"no start":         {map[string]any{"starts": "", "answerBy": ""}, "starts", "error.field_required"},
		"ends first":       {map[string]any{"ends": stamp(p.starts)}, "ends", "error.meeting_ends"},
		"answer after it":  {map[string]any{"answerBy": after}, "answerBy", "error.meeting_deadline"},
		"book after it":    {map[string]any{"bookBy": after}, "bookBy", "error.meeting_deadline"},
		"cancel after it":  {map[string]any{"cancelBy": after}, "cancelBy", "error.meeting_deadline"},
		"no groups":        {map[string]any{"groups": []string{}}, "groups", "error.meeting_needs_groups"},
		"long question":    {map[string]any{"question": strings.Repeat("å", 301)}, "question", "error.block_too_long"},
		"endless sentence": {map[string]any{"information": strings.Repeat("A!\n", 600)}, "information", "error.meeting_too_many_sentences"},
	} {
		t.Run(name, func(t *testing.T) {
			a := p.ask(p.anna, http.MethodPost, recordsPath, p.plan(c.change))
			if a.Status != http.StatusBadRequest || a.Get("data", c.field, "code") != c.code {
				t.Errorf("%d %s", a.Status, a.Body)
			}
		})
	}
	other := p.elsewhere.GetStringSlice("units")[0]
	id, base := p.write(nil)
	a := p.ask(p.root, http.MethodPatch, recordsPath+"/"+id, map[string]any{"unit": other, "base": base})
	if a.Status != http.StatusBadRequest || a.Get("data", "unit", "code") != "error.unit_fixed" {
		t.Errorf("another unit: %d %s", a.Status, a.Body)
	}
}

// A meeting of last year is not part of a whole feed, and stays on phones that
// have it.
func TestOldMeetingsAreLeftOutOfWholeFeeds(t *testing.T) {
	p := open(t)
	p.publish(nil)
	p.now = p.starts.AddDate(0, 13, 0)
	if got := meetings(p.feed(p.blue.Id, "")); len(got) != 1 {
		t.Errorf("after 13 months: %v", got)
	}
	p.now = p.starts.AddDate(0, 13, 1)
	if got := meetings(p.feed(p.blue.Id, "")); len(got) != 0 {
		t.Errorf("a day later: %v", got)
	}
}

func TestALettersMeetingIsNamed(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	a := p.ask(p.anna, http.MethodPost, "/api/collections/letters/records", map[string]any{
		"unit": p.unit.Id, "meeting": id, "groups": []string{p.blue.Id}, "title": "Om sömn", "question": "Hur sover vi?",
		"blocks": []map[string]any{{"id": "a", "kind": "paragraph", "text": "Tack för i kväll."}}, "base": 0})
	if a.Status != http.StatusOK {
		t.Fatalf("write: %d %s", a.Status, a.Body)
	}
	a = p.ask(p.anna, http.MethodPost, "/api/folje/v1/staff/letters/"+a.JSON["id"].(string)+"/publish", map[string]any{"base": 1})
	if a.Status != http.StatusOK {
		t.Fatalf("publish: %d %s", a.Status, a.Body)
	}
	for _, r := range p.feed(p.blue.Id, "").JSON["records"].([]any) {
		if m := r.(map[string]any); m["kind"] == "letter" {
			if got := m["meeting"].(map[string]any); got["id"] != id || got["starts"] != "2026-11-12T17:00:00Z" {
				t.Errorf("the letter's meeting is %v", got)
			}
			return
		}
	}
	t.Error("the letter is not in the feed")
}
