package demo_test

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/demo"
	"folje/internal/glossary"
	"folje/internal/letter"
	"folje/internal/meeting"
	"folje/internal/pack"
	"folje/internal/sync"
	"folje/internal/translation"
	"folje/packs"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

var today = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)

func fill(t *testing.T) (core.App, *demo.Demo) {
	t.Helper()
	files, err := fs.Sub(packs.Demo, packs.DemoDir)
	if err != nil {
		t.Fatal(err)
	}
	p, err := pack.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	app := apptest.New(t)
	d, err := demo.Fill(app, p, apptest.Locales(t), "http://127.0.0.1:8090", today)
	if err != nil {
		t.Fatal(err)
	}
	return app, d
}

func TestFilledDemoHasWhatItIsFor(t *testing.T) {
	app, d := fill(t)
	records, err := app.FindAllRecords("letters")
	if err != nil {
		t.Fatal(err)
	}
	published, corrected, drafts := 0, 0, 0
	for _, r := range records {
		l := letter.Letter{Record: r}
		switch {
		case l.Number() == 0:
			drafts++
		default:
			published++
		}
		if l.Number() > 1 {
			corrected++
		}
		if at := r.GetDateTime("published").Time(); at.After(today) {
			t.Errorf("%s is published in the future, %v", r.GetString("title"), at)
		}
	}
	if published < 7 || corrected < 1 || drafts < 1 {
		t.Errorf("%d published, %d corrected, %d drafts", published, corrected, drafts)
	}
	for _, role := range []string{"editor", "translator", "admin"} {
		if !hasRole(d, role) {
			t.Errorf("nobody signs in as %s", role)
		}
	}
	if groups, _ := app.CountRecords("groups"); int(groups) != len(d.Invitations) {
		t.Errorf("%d invitations for %d groups", len(d.Invitations), groups)
	}
}

// Parents have been invited, some have answered, and there is something for
// staff to do about it.
func TestFilledDemoHasInvitations(t *testing.T) {
	app, _ := fill(t)
	records, err := app.FindAllRecords("meetings")
	if err != nil {
		t.Fatal(err)
	}
	ahead, thematic, asked, booked, families := 0, 0, 0, 0, 0
	for _, r := range records {
		m := meeting.Meeting{Record: r}
		if !m.Published() || !m.Starts().After(m.GetDateTime("published").Time()) || m.GetDateTime("published").Time().After(today) {
			t.Errorf("the meeting of %v was published %v", m.Starts(), m.GetDateTime("published"))
		}
		if !m.Starts().After(today) {
			continue
		}
		if m.Thematic() {
			thematic++
			if m.GetString("title") == "" || len(m.Groups()) == 0 {
				t.Errorf("the thematic meeting of %v is about nothing, or for nobody", m.Starts())
			}
			continue
		}
		ahead++
		if !m.AnswerBy().After(today) || !m.GetBool("childcare") || m.GetString("question") == "" {
			t.Errorf("the meeting of %v is not one to answer: by %v", m.Starts(), m.AnswerBy())
		}
		s, err := meeting.Summarise(app, m)
		if err != nil {
			t.Fatal(err)
		}
		families += s.Accepted.Answers + s.Tentative.Answers + s.Declined.Answers
		for _, i := range s.Interpreters {
			asked += i.Families
			if i.State == meeting.Booked {
				booked++
			}
		}
		for _, tag := range []string{"ar", "en", "sv-simple"} {
			if n, err := translation.Ready(app, m.Id, tag, translation.Places(m.Content())); err != nil || n.Missing > 0 {
				t.Errorf("the meeting of %v in %s: %+v %v", m.Starts(), tag, n, err)
			}
		}
	}
	if thematic != 1 {
		t.Errorf("%d thematic meetings ahead", thematic)
	}
	if ahead != 2 || families < 8 || asked < 4 || booked != 1 {
		t.Errorf("%d meetings ahead, %d answers, %d ask for interpreters, %d booked", ahead, families, asked, booked)
	}
	if late, err := app.CountRecords("rsvps", dbx.HashExp{"late": true}); err != nil || late == 0 {
		t.Errorf("%d answers are late, %v", late, err)
	}
	if wishes, err := app.CountRecords("wishes"); err != nil || wishes < 4 {
		t.Errorf("%d wishes, %v", wishes, err)
	}
}

func hasRole(d *demo.Demo, role string) bool {
	for _, s := range d.Staff {
		for _, r := range s.Roles {
			if r == role {
				return true
			}
		}
	}
	return false
}

// Most letters are translated in full, one half, and one changed afterwards.
func TestDemoShowsEveryStateOfTranslation(t *testing.T) {
	app, _ := fill(t)
	records, err := app.FindAllRecords("letters")
	if err != nil {
		t.Fatal(err)
	}
	whole, some := 0, 0
	for _, r := range records {
		content, err := (letter.Letter{Record: r}).Content()
		if err != nil {
			t.Fatal(err)
		}
		n, err := translation.Ready(app, r.Id, "ar", translation.Places(content))
		if err != nil {
			t.Fatal(err)
		}
		if n.Reviewed+n.Reused+n.Draft > 0 {
			t.Errorf("%s claims a human's work: %+v", r.GetString("title"), n)
		}
		if n.Missing == 0 {
			whole++
		} else if n.Machine > 0 {
			some++
		}
	}
	if whole < 5 || some < 2 {
		t.Errorf("%d letters are whole in Arabic, %d in part", whole, some)
	}
}

// School words are everybody's, in every language of the pack.
func TestFilledDemoExplainsSchoolWords(t *testing.T) {
	app, _ := fill(t)
	records, err := app.FindAllRecords("glossary")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		for _, tag := range []string{"sv-simple", "en", "ar", "fa-AF", "ti", "uk"} {
			n, err := translation.Ready(app, r.Id, tag, translation.Places(glossary.Word{Record: r}.Content()))
			if err != nil || n.Total != 2 || n.Machine != 2 {
				t.Errorf("%s in %s: %+v %v", r.GetString("term"), tag, n, err)
			}
		}
	}
	if len(records) < 40 {
		t.Errorf("%d words", len(records))
	}
}

// The guide, themes, the plan and what is open reach every phone; the bank does
// not.
func TestFilledDemoIsOnTheWayToEveryPhone(t *testing.T) {
	app, _ := fill(t)
	want := map[string]string{"glossary": "true", "guide_entries": "audience = 'everyone'", "worries": "true", "support_groups": "true",
		"themes": "true", "term_plans": "true", "activities": "true"}
	for collection, open := range want {
		has, err := app.CountRecords(collection, dbx.NewExp(open))
		if err != nil {
			t.Fatal(err)
		}
		known, err := app.CountRecords("changes", dbx.HashExp{"scope": sync.Public, "stream": sync.Records, "gone": false},
			dbx.NewExp("instr(item, {:of}) = 1", dbx.Params{"of": sync.Item(collection, "")}))
		if err != nil || has == 0 || known < has {
			t.Errorf("%s: %d for everybody, %d on the way to phones, %v", collection, has, known, err)
		}
	}
	if n, err := app.CountRecords("phrases"); err != nil || n != 90 {
		t.Errorf("%d phrases in the bank, %v", n, err)
	}
	if n, err := app.CountRecords("activities", dbx.NewExp("exceptions LIKE '%cancelled%'")); err != nil || n != 1 {
		t.Errorf("%d activities with a cancelled day, %v", n, err)
	}
}

func TestCheckKeepsOutOfOtherFolders(t *testing.T) {
	dir := t.TempDir()
	if d, err := demo.Check(dir); d != nil || err != nil {
		t.Errorf("empty folder: %v %v", d, err)
	}
	if err := demo.Begin(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Check(dir); !errors.Is(err, demo.ErrUnfinished) {
		t.Errorf("unfinished: %v", err)
	}
	want := &demo.Demo{URL: "http://127.0.0.1:1", Staff: []demo.Staff{{Email: "a@b.example"}},
		Invitations: []demo.Invitation{{Group: "Tallen", Code: "AAAAA-BBBBB"}}}
	if err := want.Write(dir); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(demo.File(dir))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("demo.json: %v %v", info.Mode(), err)
	}
	got, err := demo.Check(dir)
	if err != nil || got.At("http://127.0.0.1:2").Invitations[0].URL != "http://127.0.0.1:2/join#AAAAA-BBBBB" {
		t.Errorf("%+v %v", got, err)
	}
	other := t.TempDir()
	if err := os.WriteFile(filepath.Join(other, "data.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Check(other); !errors.Is(err, demo.ErrNotDemo) {
		t.Errorf("somebody's data: %v", err)
	}
}

func TestDemosStaffCanSignIn(t *testing.T) {
	app, d := fill(t)
	h := apptest.Handler(t, app)
	for _, s := range d.Staff {
		a := apptest.Ask(t, h, "", http.MethodPost, "/api/collections/staff/auth-with-password",
			map[string]string{"identity": s.Email, "password": s.Password})
		if a.Status != http.StatusOK {
			t.Errorf("%s: %d %s", s.Email, a.Status, a.Body)
		}
	}
}
