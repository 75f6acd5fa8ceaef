package theme_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

func (s *school) copyTo(who string, to int, apply bool) (status int, rows []map[string]any, made any, body string) {
	s.Helper()
	a := s.ask(who, "POST", "/api/folje/v1/staff/units/"+s.unit.Id+"/plan/copy", map[string]any{"from": 2026, "to": to, "apply": apply})
	all, _ := a.Get("rows").([]any)
	for _, r := range all {
		rows = append(rows, r.(map[string]any))
	}
	return a.Status, rows, a.Get("made"), string(a.Body)
}

func TestASchoolYearIsCopiedToTheNext(t *testing.T) {
	s := open(t)
	betyg, halsa := s.theme("Betyg och bedömning"), s.theme("Hälsa")
	autumn, spring := s.terms()
	s.row(autumn, betyg, 4, 6, "2026-10-22")
	s.row(autumn, halsa, 0, 3, "2026-10-22")
	s.row(spring, halsa, 7, 9, "")
	if status, _, _, body := s.copyTo(s.eva, 2027, false); status != http.StatusBadRequest {
		t.Fatalf("without terms: %d %s", status, body)
	}
	s.add(s.cora, "terms", map[string]any{"name": "Höstterminen 2027", "starts": "2027-08-17", "ends": "2027-12-17",
		"free": []map[string]string{{"from": "2027-10-28", "to": "2027-10-28", "name": "Studiedag"}}})
	s.add(s.cora, "terms", map[string]any{"name": "Vårterminen 2028", "starts": "2028-01-10", "ends": "2028-06-09"})
	_, rows, made, body := s.copyTo(s.eva, 2027, false)
	if len(rows) != 3 || made != 0.0 {
		t.Fatalf("the preview has %s", body)
	}
	for _, row := range rows[:2] {
		if row["day"] != "2027-11-04" || row["why"] != "free" || row["name"] != "Studiedag" || row["was"] != "2026-10-22" {
			t.Errorf("the row becomes %v", row)
		}
		if same := row["same"].([]any); len(same) != 1 || same[0].(map[string]any)["unit"] != "Bergskolan" {
			t.Errorf("the same evening: %v", same)
		}
	}
	if rows[2]["day"] != "" || rows[2]["why"] != "" {
		t.Errorf("without a day it becomes %v", rows[2])
	}
	if n, _ := s.app.CountRecords("term_plans"); n != 3 {
		t.Errorf("a preview leaves %d rows", n)
	}
	if _, _, made, body = s.copyTo(s.eva, 2027, true); made != 3.0 {
		t.Errorf("made %v: %s", made, body)
	}
	if _, rows, made, _ = s.copyTo(s.eva, 2027, true); made != 0.0 || rows[0]["there"] != true {
		t.Errorf("again it made %v: %v", made, rows)
	}
	found, _ := s.records("public", "plan")
	if len(found) != 6 {
		t.Errorf("phones have %d rows", len(found))
	}
	for _, to := range []int{2026, 2025, 2029} {
		if status, _, _, body := s.copyTo(s.eva, to, true); status != http.StatusBadRequest {
			t.Errorf("to %d: %d %s", to, status, body)
		}
	}
	for _, who := range []string{s.bo, s.cora} {
		if status, _, _, _ := s.copyTo(who, 2027, true); status != http.StatusNotFound {
			t.Errorf("somebody else copies: %d", status)
		}
	}
}

// make asks for the row's meetings.
func (s *school) make(who, row string, change map[string]any) (ids []string, status int, body string) {
	s.Helper()
	in := map[string]any{"from": "18:00", "to": "19:30", "place": "Aulan", "heldBy": "Rektor Kim Ek", "childcare": true,
		"groups": []string{s.three.Id, s.five.Id}}
	for name, value := range change {
		in[name] = value
	}
	a := s.ask(who, "POST", "/api/folje/v1/staff/plans/"+row+"/meetings", in)
	all, _ := a.Get("meetings").([]any)
	for _, id := range all {
		ids = append(ids, id.(string))
	}
	return ids, a.Status, string(a.Body)
}

func TestMeetingsAreMadeOfARow(t *testing.T) {
	s := open(t)
	betyg := s.theme("Betyg och bedömning")
	autumn, _ := s.terms()
	row := s.row(autumn, betyg, 3, 6, "2026-11-12")
	at := "/api/folje/v1/staff/plans/" + row + "/meetings"
	offered := s.ask(s.eva, "GET", at, nil)
	if classes := offered.Get("classes").([]any); len(classes) != 2 || offered.Get("usual", "from") != "18:00" {
		t.Fatalf("offered %s", offered.Body)
	}
	ids, status, body := s.make(s.eva, row, nil)
	if status != http.StatusOK || len(ids) != 2 {
		t.Fatalf("make: %d %s", status, body)
	}
	m, err := s.app.FindRecordById("meetings", ids[0])
	if err != nil {
		t.Fatal(err)
	}
	if m.GetString("title") != "Betyg och bedömning" || m.GetDateTime("published").Time().IsZero() == false || m.GetString("heldBy") != "Rektor Kim Ek" ||
		m.GetDateTime("starts").String() != "2026-11-12 17:00:00.000Z" || m.GetDateTime("answerBy").String() != "2026-11-09 22:59:00.000Z" {
		t.Errorf("the meeting is %v", m.PublicExport())
	}
	if again, _, _ := s.make(s.eva, row, nil); len(again) != 0 {
		t.Errorf("again it made %v", again)
	}
	if offered = s.ask(s.eva, "GET", at, nil); offered.Get("usual", "place") != "Aulan" || offered.Get("classes").([]any)[0].(map[string]any)["made"] != true {
		t.Errorf("then it offers %s", offered.Body)
	}
	// A row says of itself what meetings it has: nobody else does.
	a := s.ask(s.eva, "PATCH", "/api/collections/term_plans/records/"+row, map[string]any{"meetings": []string{}})
	if got, _ := a.Get("meetings").([]any); a.Status != http.StatusOK || len(got) != 2 {
		t.Errorf("its meetings: %d %s", a.Status, a.Body)
	}
	// The draft is published like any other, and phones get it with its theme.
	if a = s.ask(s.eva, "POST", "/api/folje/v1/staff/meetings/"+ids[0]+"/publish", map[string]any{"base": 1}); a.Status != http.StatusOK {
		t.Fatalf("publish: %d %s", a.Status, a.Body)
	}
	found, _ := s.records(s.three.Id, "meeting")
	if len(found) != 1 || found[0]["type"] != "thematic" || found[0]["theme"] != betyg || len(found[0]["title"].([]any)) != 1 || found[0]["heldBy"] != "Rektor Kim Ek" {
		t.Errorf("phones have %v", found)
	}
}

func TestMeetingsOfARowAreRefused(t *testing.T) {
	s := open(t)
	betyg := s.theme("Betyg och bedömning")
	autumn, _ := s.terms()
	row, dayless, past := s.row(autumn, betyg, 3, 3, "2026-11-12"), s.row(autumn, betyg, 4, 5, ""), s.row(autumn, betyg, 6, 6, "2026-08-20")
	for _, c := range []struct {
		name, row, field, code string
		change                 map[string]any
	}{
		{"no class", row, "groups", "error.meeting_needs_groups", map[string]any{"groups": []string{}}},
		{"a class of other years", row, "groups", "error.plan_other_years", nil},
		{"no clock", row, "from", "error.field_required", map[string]any{"from": ""}},
		{"no clock at all", row, "from", "error.field_invalid", map[string]any{"from": "6 pm"}},
		{"backwards", row, "to", "error.meeting_ends", map[string]any{"to": "17:00"}},
		{"a long place", row, "place", "error.block_too_long", map[string]any{"place": string(slices.Repeat([]rune("x"), 201))}},
		{"no day", dayless, "day", "error.plan_needs_day", nil},
		{"it has been", past, "day", "error.meeting_past", nil},
	} {
		_, status, body := s.make(s.eva, c.row, c.change)
		a := s.ask(s.eva, "POST", "/api/folje/v1/staff/plans/"+c.row+"/meetings", nil)
		if a.Status != http.StatusBadRequest {
			t.Errorf("%s, without a body: %d", c.name, a.Status)
		}
		if status != http.StatusBadRequest || !contains(body, `"`+c.field+`"`, c.code) {
			t.Errorf("%s: %d %s", c.name, status, body)
		}
	}
	for _, who := range []string{s.bo, s.cora} {
		if _, status, _ := s.make(who, row, nil); status != http.StatusNotFound {
			t.Errorf("somebody else makes meetings: %d", status)
		}
	}
	if _, status, _ := s.make("", row, nil); status != http.StatusUnauthorized {
		t.Errorf("nobody makes meetings: %d", status)
	}
}

func contains(s string, all ...string) bool {
	return !slices.ContainsFunc(all, func(part string) bool { return !strings.Contains(s, part) })
}
