package recording_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/apptest"
	"folje/internal/letter"
	"folje/internal/recording"
	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// school is two units with a group each, their staff, and phones.
type school struct {
	*testing.T
	app                         core.App
	h                           http.Handler
	now                         time.Time
	blue, oak                   *core.Record // groups
	anna, tara, bo, urszula, ad *core.Record // editor, translator, both elsewhere, translator into Polish, administrator
	letter                      string
	base                        int
}

const v1 = "/api/folje/v1/"

func open(t *testing.T) *school {
	t.Helper()
	app, bundle := apptest.New(t), apptest.Locales(t)
	s := &school{T: t, app: app, now: time.Date(2026, 11, 12, 18, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return s.now }
	index := access.Register(app, access.Config{Locales: bundle, Now: clock})
	source := letter.Register(app, letter.Config{Locales: bundle, Now: clock,
		Recordings: func(app core.App, id string, places []translation.Place) (any, error) {
			all, err := recording.Published(app, id, places)
			if len(all) == 0 {
				return nil, err
			}
			return all, err
		}})
	translation.RegisterDesk(app, translation.DeskConfig{Locales: bundle, Now: clock, Works: []translation.Work{letter.Work()}})
	recording.Register(app, recording.Config{Locales: bundle, Letters: letter.Work(), Authenticate: index.Authenticate, Now: clock})
	sync.Register(app, sync.Config{
		Locales: bundle, Sources: map[string]sync.Source{"letters": source}, Texts: translation.Texts,
		Authorize: func(*http.Request, string) error { return nil }, Now: clock,
	})
	unit, other := apptest.MustUnit(t, app, "Granen"), apptest.MustUnit(t, app, "Linden")
	s.blue, s.oak = apptest.MustGroup(t, app, unit, "Blåsippan"), apptest.MustGroup(t, app, other, "Eken")
	s.anna = apptest.MustStaff(t, app, "anna@example.org", []string{"editor"}, unit)
	s.tara = apptest.MustStaff(t, app, "tara@example.org", []string{"translator"}, unit)
	s.bo = apptest.MustStaff(t, app, "bo@example.org", []string{"editor", "translator"}, other)
	s.urszula = apptest.MustStaff(t, app, "urszula@example.org", []string{"translator"}, unit)
	s.ad = apptest.MustStaff(t, app, "ad@example.org", []string{"admin"})
	s.urszula.Set("locales", []string{"pl"})
	if err := app.Save(s.urszula); err != nil {
		t.Fatal(err)
	}
	s.h = apptest.Handler(t, app)
	s.write()
	return s
}

func (s *school) token(who *core.Record) string {
	s.Helper()
	if who == nil {
		return ""
	}
	return apptest.MustToken(s, who)
}

func (s *school) ask(who *core.Record, method, path string, body any) apptest.Answer {
	s.Helper()
	return apptest.Ask(s, s.h, s.token(who), method, path, body)
}

func (s *school) want(a apptest.Answer, status int) apptest.Answer {
	s.Helper()
	if a.Status != status {
		s.Fatalf("answered %d, want %d: %.400s", a.Status, status, a.Body)
	}
	return a
}

// write saves a draft of three sentences.
func (s *school) write() {
	s.Helper()
	a := s.want(s.ask(s.anna, "POST", "/api/collections/letters/records", s.draft(0, "Vi ses på måndag.")), 200)
	s.letter, s.base = a.JSON["id"].(string), int(a.JSON["base"].(float64))
}

func (s *school) draft(base int, last string) map[string]any {
	return map[string]any{
		"unit": s.blue.GetString("unit"), "groups": []string{s.blue.Id}, "title": "Lek", "question": "Vad leker ni?",
		"blocks": []map[string]any{{"id": "a", "kind": "paragraph", "text": last}}, "base": base,
	}
}

func (s *school) correct(last string) {
	s.Helper()
	a := s.want(s.ask(s.anna, "PATCH", "/api/collections/letters/records/"+s.letter, s.draft(s.base, last)), 200)
	s.base = int(a.JSON["base"].(float64))
}

func (s *school) publish() {
	s.Helper()
	a := s.want(s.ask(s.anna, "POST", v1+"staff/letters/"+s.letter+"/publish", map[string]any{"base": s.base}), 200)
	s.base = int(a.JSON["base"].(float64))
}

func (s *school) withdraw() {
	s.Helper()
	s.want(s.ask(s.anna, "POST", v1+"staff/letters/"+s.letter+"/withdraw", nil), 200)
}

// translate gives every sentence of the letter a text in Arabic.
func (s *school) translate() {
	s.Helper()
	for _, p := range s.want(s.ask(s.tara, "GET", v1+"staff/letters/"+s.letter+"/places/ar", nil), 200).JSON["places"].([]any) {
		place := p.(map[string]any)
		s.say(place, arabic[place["source"].(string)])
	}
}

// arabic is what the letter's sentences say.
var arabic = map[string]string{
	"Lek": "لعب", "Vad leker ni?": "ماذا تلعبون؟",
	"Vi ses på måndag.": "نراكم يوم الاثنين.", "Vi ses på tisdag.": "نراكم يوم الثلاثاء.",
}

func (s *school) say(place map[string]any, text string) {
	s.Helper()
	s.want(s.ask(s.tara, "PUT", v1+"staff/letters/"+s.letter+"/places/ar/"+place["segment"].(string),
		map[string]any{"text": text, "base": place["version"]}), 200)
}

func (s *school) at(tag string) string {
	return v1 + "staff/letters/" + s.letter + "/recordings/" + tag
}

// phone registers one that follows the group; nil follows none.
func (s *school) phone(number string, group *core.Record) (secret string) {
	s.Helper()
	id, secret := "3f0e9a52-6a0e-4c6f-9d3e-0a1b2c3d4e5"+number, strings.Repeat(number, 42)+"A"
	s.want(apptest.Ask(s, s.h, "", "PUT", v1+"devices/"+id, map[string]string{"secret": secret, "locale": "ar"}), 200)
	if group != nil {
		apptest.MustRecord(s, s.app, "memberships", map[string]any{"device": id, "group": group.Id, "ends": s.now.AddDate(1, 0, 0)})
	}
	return secret
}

// The beginnings of recordings as browsers make them.
var (
	webm = "\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm\x42\x87\x81\x04\x42\x85\x81\x02" +
		"\x18\x53\x80\x67\x01\xff\xff\xff\xff\xff\xff\xff\x16\x54\xae\x6b\xae\x86\x86A_OPUS" + strings.Repeat("sound", 100)
	ogg = "OggS\x00\x02" + strings.Repeat("\x00", 20) + "\x01\x13OpusHead\x01\x01" + strings.Repeat("sound", 100)
	mp4 = "\x00\x00\x00\x1cftypiso5\x00\x00\x02\x00iso5iso6mp41\x00\x00\x02\x00moov....soun....mp4a" + strings.Repeat("sound", 100)
)

// form is what a recorder sends.
type form struct {
	audio, milliseconds, marks, version string
}

// script is what there is to read in the locale, and the form of a good
// recording of it, a second a sentence.
func (s *school) script(who *core.Record, tag string) form {
	s.Helper()
	a := s.want(s.ask(who, "GET", s.at(tag), nil), 200)
	marks := [][]any{}
	for i, v := range a.JSON["sentences"].([]any) {
		marks = append(marks, []any{v.(map[string]any)["segment"], i * 1000})
	}
	raw, err := json.Marshal(marks)
	if err != nil {
		s.Fatal(err)
	}
	return form{audio: webm, milliseconds: "4000", marks: string(raw), version: a.JSON["version"].(string)}
}

func (s *school) send(who *core.Record, tag string, f form) apptest.Answer {
	s.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("audio", "../../<b>.html")
	if err != nil {
		s.Fatal(err)
	}
	if _, err := io.WriteString(part, f.audio); err != nil {
		s.Fatal(err)
	}
	for name, value := range map[string]string{"milliseconds": f.milliseconds, "marks": f.marks, "version": f.version} {
		if err := w.WriteField(name, value); err != nil {
			s.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		s.Fatal(err)
	}
	return s.raw(who, "PUT", s.at(tag), w.FormDataContentType(), body.String())
}

func (s *school) raw(who *core.Record, method, path, kind, body string) apptest.Answer {
	s.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Authorization", s.token(who))
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r)
	a := apptest.Answer{Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
	_ = json.Unmarshal(a.Body, &a.JSON) // a refusal is always an object; audio never
	return a
}

// record makes a recording and gives its id.
func (s *school) record(who *core.Record, tag string) string {
	s.Helper()
	return s.want(s.send(who, tag, s.script(who, tag)), 200).JSON["id"].(string)
}

// hear asks for a recording as a phone.
func (s *school) hear(secret, id string, more ...string) apptest.Answer {
	s.Helper()
	h := http.Header{}
	if secret != "" {
		h.Set("Authorization", "Bearer "+secret)
	}
	for i := 0; i < len(more); i += 2 {
		h.Set(more[i], more[i+1])
	}
	return apptest.AskWith(s, s.h, h, "GET", v1+"recordings/"+id, nil)
}

// heard is what the feed says of the letter's recordings, and its cursor.
func (s *school) heard(after string) (recordings map[string]any, told bool, cursor string) {
	s.Helper()
	a := s.want(s.ask(nil, "GET", v1+"feeds/"+s.blue.Id+"?after="+after, nil), 200)
	for _, r := range a.JSON["records"].([]any) {
		if m := r.(map[string]any); m["kind"] == "letter" {
			recordings, _ = m["recordings"].(map[string]any)
			told = true
		}
	}
	return recordings, told, a.JSON["cursor"].(string)
}

// voices are the files that recordings have on the disk.
func (s *school) voices() (found []string) {
	s.Helper()
	c, err := s.app.FindCollectionByNameOrId("recordings")
	if err != nil {
		s.Fatal(err)
	}
	found, err = filepath.Glob(filepath.Join(s.app.DataDir(), "storage", c.Id, "*", "audio"))
	if err != nil {
		s.Fatal(err)
	}
	return found
}

func (s *school) count(collection string) int64 {
	s.Helper()
	n, err := s.app.CountRecords(collection)
	if err != nil {
		s.Fatal(err)
	}
	return n
}

func read(tb testing.TB, file string) string {
	tb.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	return string(raw)
}
