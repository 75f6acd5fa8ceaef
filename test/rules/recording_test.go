package rules_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"mime/multipart"
	"strings"

	"folje/internal/letter"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/tools/filesystem"
)

// recorded makes recordings of the unit's published letter and of its draft,
// with the letter's sentences at a second each.
func (w *world) recorded(p *place) {
	published, err := letter.Find(w.app, p.id("published"))
	if err != nil {
		w.Fatal(err)
	}
	latest, err := letter.Latest(w.app, published)
	if err != nil {
		w.Fatal(err)
	}
	content, err := latest.Content()
	if err != nil {
		w.Fatal(err)
	}
	marks, texts := [][]any{}, []string{"sv"}
	for i, at := range translation.Places(content) {
		marks, texts = append(marks, []any{at.Segment.ID, i * 1000}), append(texts, at.Segment.Text)
	}
	p.ids["recording"] = w.record(p, p.id("published"), kVoice, marks)
	p.ids["draft's recording"] = w.record(p, p.id("draft"), kVoice, [][]any{{p.id("untranslated"), 0}})
	sum := sha256.Sum256([]byte(strings.Join(texts, "\n")))
	raw, err := json.Marshal(marks)
	if err != nil {
		w.Fatal(err)
	}
	p.codes["marks"], p.codes["version"] = string(raw), hex.EncodeToString(sum[:16])
}

func (w *world) record(p *place, of string, k kind, marks [][]any) string {
	audio, err := filesystem.NewFileFromBytes([]byte(w.text(k, p.letter)), "audio")
	if err != nil {
		w.Fatal(err)
	}
	return w.save("recordings", map[string]any{
		"letter": of, "author": p.id("colleague"), "locale": "ar", "version": w.text(k, p.letter),
		"milliseconds": 9000, "bytes": 11, "type": "audio/webm", "marks": marks, "audio": audio,
	}).Id
}

// recordingTarget has no body to create one from: the sound is a file.
func recordingTarget(p *place) target {
	return target{view: p.id("recording"), change: p.id("recording"), update: body{"version": "new"}}
}

// recordingRows are the requests of those who read letters aloud, and of those
// who listen.
func (w *world) recordingRows() (rows []row) {
	const at = "staff/letters/{id}/recordings/{locale}"
	for _, p := range w.inOrder() {
		name, published := string(p.letter), "staff/letters/"+p.id("published")+"/recordings/"
		draft := "staff/letters/" + p.id("draft") + "/recordings/"
		rows = append(rows,
			ask("GET", at, name, published+"ar", nil),
			ask("GET", at, name+", Swedish", published+"sv", nil),
			ask("GET", at, name+", never published", draft+"ar", nil),
			ask("GET", at, name+", withdrawn", "staff/letters/"+p.id("withdrawn")+"/recordings/ar", nil),
			w.read(p, at, name+", Swedish", published+"sv", p.codes["version"]),
			w.read(p, at, name+", of other words", published+"sv", "new").refused("it is a conflict"),
			w.read(p, at, name+", Arabic", published+"ar", p.codes["version"]).refused("not all of it is said in Arabic"),
			ask("DELETE", at, name, published+"ar", nil),
			ask("GET", "recordings/{id}", name, "recordings/"+p.id("recording"), nil),
			ask("GET", "recordings/{id}", name+", of a draft", "recordings/"+p.id("draft's recording"), nil),
		)
	}
	return append(rows, ask("GET", "recordings/{id}", "one there is not", "recordings/new", nil).refused("there is none"))
}

// read is a row that sends a recording of the unit's published letter.
func (w *world) read(p *place, pattern, name, path, version string) row {
	var form bytes.Buffer
	m := multipart.NewWriter(&form)
	audio, err := m.CreateFormFile("audio", "audio")
	if err != nil {
		w.Fatal(err)
	}
	_, _ = audio.Write([]byte("OggS\x00\x02" + strings.Repeat("\x00", 20) + "\x01\x13OpusHead")) // to memory
	for name, value := range map[string]string{"marks": p.codes["marks"], "milliseconds": "9000", "version": version} {
		_ = m.WriteField(name, value) // to memory
	}
	if err := m.Close(); err != nil {
		w.Fatal(err)
	}
	r := ask("PUT", pattern, name, path, form.String())
	r.header = map[string]string{"Content-Type": m.FormDataContentType()}
	return r
}
