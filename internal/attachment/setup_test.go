package attachment_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/apptest"
	"folje/internal/attachment"
	"folje/internal/letter"
	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

const v1 = "/api/folje/v1/"

// Ids as an editor makes them.
const (
	snow = "snowsnowsnow111"
	menu = "menumenumenu222"
)

// school is two units with a group each, their staff, phones, and a letter with
// a picture and a file.
type school struct {
	*testing.T
	app                   core.App
	h                     http.Handler
	now                   time.Time
	blue, oak             *core.Record // groups
	anna, tara, bo, admin *core.Record // editor, translator, both elsewhere, administrator
	letter                string
	base                  int
}

func open(t *testing.T) *school {
	t.Helper()
	app, bundle := apptest.New(t), apptest.Locales(t)
	s := &school{T: t, app: app, now: time.Now()}
	clock := func() time.Time { return s.now }
	index := access.Register(app, access.Config{Locales: bundle, Now: clock})
	source := letter.Register(app, letter.Config{Locales: bundle, Now: clock})
	translation.RegisterDesk(app, translation.DeskConfig{Locales: bundle, Now: clock, Works: []translation.Work{letter.Work()}})
	attachment.Register(app, attachment.Config{Locales: bundle, Authenticate: index.Authenticate, Now: clock,
		Letter: func(app core.App, id string) (attachment.Use, error) {
			c, err := letter.Carries(app, id)
			return attachment.Use(c), err
		}})
	sync.Register(app, sync.Config{
		Locales: bundle, Sources: map[string]sync.Source{"letters": source}, Texts: translation.Texts,
		Authorize: func(*http.Request, string) error { return nil }, Now: clock,
	})
	unit, other := apptest.MustUnit(t, app, "Granen"), apptest.MustUnit(t, app, "Linden")
	s.blue, s.oak = apptest.MustGroup(t, app, unit, "Blåsippan"), apptest.MustGroup(t, app, other, "Eken")
	s.anna = apptest.MustStaff(t, app, "anna@example.org", []string{"editor"}, unit)
	s.tara = apptest.MustStaff(t, app, "tara@example.org", []string{"translator"}, unit)
	s.bo = apptest.MustStaff(t, app, "bo@example.org", []string{"editor", "translator"}, other)
	s.admin = apptest.MustStaff(t, app, "admin@example.org", []string{"admin"})
	s.h = apptest.Handler(t, app)
	s.letter, s.base = s.write(s.blocks("Barn i snö.", "Matsedel. Måndag: soppa."))
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

type blocks = []map[string]any

// blocks are a paragraph, a picture with what it shows, and a file with what it
// says.
func (s *school) blocks(shows, says string) blocks {
	return blocks{
		{"id": "a", "kind": "paragraph", "text": "Hej!"},
		{"id": "b", "kind": "picture", "text": shows, "attachment": snow},
		{"id": "c", "kind": "file", "text": says, "attachment": menu},
	}
}

func (s *school) draft(b blocks, base int) map[string]any {
	return map[string]any{
		"unit": s.blue.GetString("unit"), "groups": []string{s.blue.Id}, "title": "Vinter", "question": "Vad leker ni?",
		"blocks": b, "base": base,
	}
}

func (s *school) write(b blocks) (id string, base int) {
	s.Helper()
	a := s.want(s.ask(s.anna, "POST", "/api/collections/letters/records", s.draft(b, 0)), 200)
	return a.JSON["id"].(string), int(a.JSON["base"].(float64))
}

func (s *school) rewrite(b blocks) {
	s.Helper()
	a := s.want(s.ask(s.anna, "PATCH", "/api/collections/letters/records/"+s.letter, s.draft(b, s.base)), 200)
	s.base = int(a.JSON["base"].(float64))
}

func (s *school) publish() apptest.Answer {
	s.Helper()
	a := s.ask(s.anna, "POST", v1+"staff/letters/"+s.letter+"/publish", map[string]any{"base": s.base})
	if a.Status == 200 {
		s.base = int(a.JSON["base"].(float64))
	}
	return a
}

// send puts an attachment into the letter as an editor's browser does.
func (s *school) send(who *core.Record, id string, content []byte) apptest.Answer {
	s.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", "../../<b>.html")
	if err != nil {
		s.Fatal(err)
	}
	_, _ = part.Write(content) // to memory
	if err := w.Close(); err != nil {
		s.Fatal(err)
	}
	r := httptest.NewRequest("PUT", v1+"staff/letters/"+s.letter+"/attachments/"+id, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Authorization", s.token(who))
	answer := httptest.NewRecorder()
	s.h.ServeHTTP(answer, r)
	a := apptest.Answer{Status: answer.Code, Header: answer.Header(), Body: answer.Body.Bytes()}
	_ = json.Unmarshal(a.Body, &a.JSON)
	return a
}

// both sends the picture and the file that the letter stands for.
func (s *school) both() {
	s.Helper()
	s.want(s.send(s.anna, snow, picture(s, 40, 30)), 200)
	s.want(s.send(s.anna, menu, []byte(pdf)), 200)
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

// fetch asks for an attachment as a phone.
func (s *school) fetch(secret, id string) apptest.Answer {
	s.Helper()
	h := http.Header{}
	if secret != "" {
		h.Set("Authorization", "Bearer "+secret)
	}
	return apptest.AskWith(s, s.h, h, "GET", v1+"attachments/"+id, nil)
}

// shown is what the feed says of the letter's blocks.
func (s *school) shown() (all []map[string]any) {
	s.Helper()
	a := s.want(s.ask(nil, "GET", v1+"feeds/"+s.blue.Id+"?after=", nil), 200)
	for _, r := range a.JSON["records"].([]any) {
		if m := r.(map[string]any); m["kind"] == "letter" {
			for _, b := range m["blocks"].([]any) {
				all = append(all, b.(map[string]any))
			}
		}
	}
	return all
}

func (s *school) count() int64 {
	s.Helper()
	n, err := s.app.CountRecords("attachments")
	if err != nil {
		s.Fatal(err)
	}
	return n
}

// files are the folders that attachments have on the disk. PocketBase removes them in
// the background; what it hasn't come to yet goes as it does at night.
func (s *school) files() []string {
	s.Helper()
	if err := attachment.Sweep(s.app); err != nil {
		s.Fatal(err)
	}
	c, err := s.app.FindCollectionByNameOrId("attachments")
	if err != nil {
		s.Fatal(err)
	}
	found, err := filepath.Glob(filepath.Join(s.app.DataDir(), "storage", c.Id, "*"))
	if err != nil {
		s.Fatal(err)
	}
	return found
}

const pdf = "%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"

// picture is a JPEG of the size.
func picture(tb testing.TB, width, height int) []byte {
	tb.Helper()
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width {
		img.Set(i, i%height, color.RGBA{R: uint8(i), G: 90, B: 30, A: 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 80}); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// place is what a camera writes into a picture: an Exif with where it was taken.
const place = "Exif\x00\x00MM\x00*GPSLatitude 59.2352"

// noted is the picture with notes as cameras and programs write them, and with
// something hidden after its end.
func noted(raw []byte) []byte {
	segment := func(marker byte, words string) []byte {
		b := binary.BigEndian.AppendUint16([]byte{0xFF, marker}, uint16(len(words)+2))
		return append(b, words...)
	}
	out := append([]byte{}, raw[:2]...)
	out = append(out, segment(0xE1, place)...)
	out = append(out, segment(0xE1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>Karlskoga</x:xmpmeta>")...)
	out = append(out, segment(0xED, "Photoshop 3.0\x008BIM by Anna")...)
	out = append(out, segment(0xFE, "taken by Anna")...)
	out = append(out, segment(0xE0, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x05\x01a small Anna 1")...)
	out = append(out, segment(0xE0, "JFXX\x00\x10a small picture of Anna")...)
	out = append(out, segment(0xEE, "Adobe\x00\x64\x00\x00\x00\x00\x01by Anna")...)
	return append(append(out, raw[2:]...), "PK\x03\x04 a hidden archive"...)
}
