package rules_test

import (
	"bytes"
	"mime/multipart"

	"folje/internal/letter"
	"folje/internal/text"

	"github.com/pocketbase/pocketbase/tools/filesystem"
)

// carry gives the unit's letter one more block, which stands for a picture that
// the letter has.
func (w *world) carry(p *place, l *letter.Letter, name string, k kind) {
	fresh, err := letter.Find(w.app, l.Id)
	if err != nil {
		w.Fatal(err)
	}
	*l = fresh
	blocks, err := l.Body()
	if err != nil {
		w.Fatal(err)
	}
	p.ids[name] = w.attach(p, l.Id, k)
	l.Set("blocks", append(blocks, text.Block{ID: "p", Kind: text.Picture, Text: w.text(k, p.letter), Attachment: p.id(name)}))
	w.keep(p, l)
}

func (w *world) attach(p *place, of string, k kind) string {
	file, err := filesystem.NewFileFromBytes([]byte(w.text(kAttached, p.letter)), "picture")
	if err != nil {
		w.Fatal(err)
	}
	file.Name = "picture"
	return w.save("attachments", map[string]any{
		"id": "picture" + string(rune(p.letter|0x20)) + "000000" + string(rune(k|0x20)), "letter": of, "author": p.id("colleague"), "kind": "picture", "type": "image/jpeg",
		"sum": w.text(kAttached, p.letter), "bytes": 11, "width": 4, "height": 3, "file": file,
	}).Id
}

// attachmentTarget has no body to create one from: it is a file.
func attachmentTarget(p *place) target {
	return target{view: p.id("attachment"), change: p.id("attachment"), update: body{"sum": "new"}}
}

// attachmentRows are the requests of those who put pictures and files into
// letters, and of those who look at them.
func (w *world) attachmentRows() (rows []row) {
	const at = "staff/letters/{id}/attachments"
	for _, p := range w.inOrder() {
		name, published, draft := string(p.letter), "staff/letters/"+p.id("published")+"/attachments", "staff/letters/"+p.id("draft")+"/attachments"
		rows = append(rows,
			ask("GET", at, name, published, nil),
			ask("GET", at, name+", never published", draft, nil),
			w.sends(at+"/{attachment}", name, published+"/newfile00000000"),
			w.sends(at+"/{attachment}", name+", never published", draft+"/newfile00000000"),
			ask("GET", "attachments/{id}", name, "attachments/"+p.id("attachment"), nil),
			ask("GET", "attachments/{id}", name+", of a draft", "attachments/"+p.id("draft's attachment"), nil),
		)
	}
	return append(rows, ask("GET", "attachments/{id}", "one there is not", "attachments/new", nil).refused("there is none"))
}

// sends is a row that sends a file into a letter.
func (w *world) sends(pattern, name, path string) row {
	var form bytes.Buffer
	m := multipart.NewWriter(&form)
	file, err := m.CreateFormFile("file", "file")
	if err != nil {
		w.Fatal(err)
	}
	_, _ = file.Write([]byte("%PDF-1.4\ntrailer <<>>\n%%EOF\n")) // to memory
	if err := m.Close(); err != nil {
		w.Fatal(err)
	}
	r := ask("PUT", pattern, name, path, form.String())
	r.header = map[string]string{"Content-Type": m.FormDataContentType()}
	return r
}
