package attachment_test

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"strings"
	"testing"

	"folje/internal/attachment"

	"github.com/pocketbase/pocketbase/core"
)

func TestAPictureReachesThePhonesOfItsLetterWithoutItsPlace(t *testing.T) {
	s := open(t)
	a := s.want(s.send(s.anna, snow, noted(picture(t, 40, 30))), 200)
	if a.JSON["width"] != 40.0 || a.JSON["height"] != 30.0 || a.JSON["kind"] != "picture" {
		t.Errorf("told: %s", a.Body)
	}
	s.want(s.send(s.anna, menu, []byte(pdf)), 200)
	phone, other := s.phone("1", s.blue), s.phone("2", s.oak)
	if s.fetch(phone, snow).Status != 404 {
		t.Error("a phone has the picture of a draft")
	}
	s.want(s.publish(), 200)
	got := s.want(s.fetch(phone, snow), 200)
	for _, trace := range []string{"Exif", "GPS", "Karlskoga", "Photoshop", "Anna", "archive"} {
		if bytes.Contains(got.Body, []byte(trace)) {
			t.Errorf("the picture still says %q", trace)
		}
	}
	if drawn, err := jpeg.Decode(bytes.NewReader(got.Body)); err != nil || drawn.Bounds().Dx() != 40 {
		t.Errorf("the picture is broken: %v", err)
	}
	for name, want := range map[string]string{
		"Content-Type": "image/jpeg", "X-Content-Type-Options": "nosniff", "Content-Disposition": "attachment",
		"Cache-Control": "private, no-store", "Content-Security-Policy": "default-src 'none'; sandbox",
	} {
		if got.Header.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, got.Header.Get(name), want)
		}
	}
	if a := s.want(s.fetch(phone, menu), 200); string(a.Body) != pdf || a.Header.Get("Content-Type") != "application/pdf" {
		t.Errorf("the file: %q", a.Body)
	}
	if s.fetch(other, snow).Status != 404 || s.fetch("", snow).Status != 401 {
		t.Error("a phone of another group, or none at all, has the picture")
	}
	shown := s.shown()
	want := map[string]any{"id": snow, "type": "image/jpeg", "bytes": float64(len(got.Body)), "width": 40.0, "height": 30.0}
	if len(shown) != 3 || shown[0]["attachment"] != nil || fmt.Sprint(shown[1]["attachment"]) != fmt.Sprint(want) ||
		len(shown[1]["segments"].([]any)) != 1 || len(shown[2]["segments"].([]any)) != 2 {
		t.Errorf("the feed says %v", shown)
	}
}

func TestWhoMayAttach(t *testing.T) {
	s := open(t)
	for i, c := range []struct {
		name       string
		who        *core.Record
		send, read int
	}{
		{"nobody", nil, 401, 401}, {"an editor", s.anna, 200, 200}, {"a translator", s.tara, 404, 200},
		{"staff elsewhere", s.bo, 404, 404}, {"an administrator", s.admin, 200, 200},
	} {
		id := fmt.Sprintf("%015d", i)
		if a := s.send(c.who, id, picture(t, 9, 9)); a.Status != c.send {
			t.Errorf("%s sends: %d, want %d: %s", c.name, a.Status, c.send, a.Body)
		}
		s.send(s.anna, snow, picture(t, 9, 9))
		if a := s.ask(c.who, "GET", v1+"attachments/"+snow, nil); a.Status != c.read {
			t.Errorf("%s reads: %d, want %d: %s", c.name, a.Status, c.read, a.Body)
		}
		if a := s.ask(c.who, "GET", v1+"staff/letters/"+s.letter+"/attachments", nil); a.Status != c.send {
			t.Errorf("%s lists: %d, want %d: %s", c.name, a.Status, c.send, a.Body)
		}
	}
}

func TestWhatIsNoPictureAndNoPDFIsTold(t *testing.T) {
	s := open(t)
	good := picture(t, 40, 30)
	large := picture(t, attachment.MaxSide+1, 4)
	bomb := bytes.Replace(good, []byte{0, 30, 0, 40}, []byte{0xFF, 0xFF, 0xFF, 0xFF}, 1)
	scan := bytes.LastIndex(good, []byte{0xFF, 0xDA})
	often := append(append([]byte{}, good[:scan]...), bytes.Repeat(good[scan:len(good)-2], 60)...)
	for name, c := range map[string]struct {
		content []byte
		code    string
	}{
		"words":                        {[]byte("<svg onload=alert(1)>"), "error.attachment_kind"},
		"nothing":                      {nil, "error.attachment_kind"},
		"a GIF":                        {[]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), "error.attachment_kind"},
		"a page that begins as PDF":    {[]byte("<html>%PDF-1.4 %%EOF"), "error.attachment_kind"},
		"a PDF that was cut off":       {[]byte(pdf[:40]), "error.attachment_kind"},
		"a PDF with a password":        {[]byte(strings.Replace(pdf, "/Root", "/Encrypt 3 0 R /Root", 1)), "error.file_locked"},
		"a PDF that runs":              {[]byte(strings.Replace(pdf, "/Catalog", "/Catalog /OpenAction << /S /JavaScript /JS (x) >>", 1)), "error.file_active"},
		"a PDF that runs, in disguise": {[]byte(strings.Replace(pdf, "/Catalog", "/Catalog /OpenAction << /S /J#61vaScript /JS (x) >>", 1)), "error.file_active"},
		"a picture with words where decoders look away": {append(append([]byte{}, good[:2]...), append([]byte("\xFF\xD0\x00\x0Etaken by Anna"), good[2:]...)...), "error.picture_broken"},
		"a picture that was cut off":                    {good[:len(good)/2], "error.picture_broken"},
		"a picture of its head only":                    {good[:20], "error.picture_broken"},
		"a picture of many pixels":                      {large, "error.picture_side"},
		"a bomb":                                        {bomb, "error.picture_side"},
		"one drawn over and over":                       {append(often, 0xFF, 0xD9), "error.picture_broken"},
		"too many bytes":                                {append(good, make([]byte, attachment.MaxPicture)...), "error.attachment_too_large"},
	} {
		a := s.send(s.anna, snow, c.content)
		if a.Status != 400 || a.Get("fields", "file", "code") != c.code || a.Get("fields", "file", "message") == "" {
			t.Errorf("%s: %d %.200s, want %s", name, a.Status, a.Body, c.code)
		}
	}
	if a := s.send(s.anna, snow, make([]byte, attachment.MaxFile+(1<<20))); a.Status != 413 {
		t.Errorf("a body over the limit: %d", a.Status)
	}
	if s.count() != 0 || len(s.files()) != 0 {
		t.Error("something of it was kept")
	}
}

func TestAnIDNamesOneThingForGood(t *testing.T) {
	s := open(t)
	s.want(s.send(s.anna, snow, picture(t, 40, 30)), 200)
	s.want(s.send(s.anna, snow, picture(t, 40, 30)), 200) // the answer was lost
	if a := s.send(s.anna, snow, picture(t, 40, 31)); a.Status != 409 || s.count() != 1 {
		t.Errorf("another picture under its id: %d, %d kept", a.Status, s.count())
	}
	if a := s.send(s.anna, "Not-An-Id", picture(t, 9, 9)); a.Status != 404 {
		t.Errorf("a malformed id: %d", a.Status)
	}
}

func TestALetterHasItsLimit(t *testing.T) {
	s := open(t)
	var all blocks
	for i := range attachment.MaxCount + 1 {
		all = append(all, map[string]any{"id": fmt.Sprint("x", i), "kind": "picture", "text": "En bild.", "attachment": fmt.Sprintf("%015d", i)})
	}
	s.rewrite(all)
	for i := range attachment.MaxCount {
		s.want(s.send(s.anna, fmt.Sprintf("%015d", i), picture(t, 9, 9)), 200)
	}
	last := fmt.Sprintf("%015d", attachment.MaxCount)
	if a := s.send(s.anna, last, picture(t, 9, 9)); a.Get("fields", "file", "code") != "error.attachments_many" {
		t.Errorf("one more: %d %s", a.Status, a.Body)
	}
	s.rewrite(all[1:])
	s.want(s.send(s.anna, last, picture(t, 9, 9)), 200)
}

func TestPublishingAsksForThePictureAndItsWords(t *testing.T) {
	s := open(t)
	code := func(block string) any { return s.publish().Get("fields", "block."+block, "code") }
	if code("b") != "error.picture_missing" || code("c") != "error.file_missing" {
		t.Error("a letter without what it stands for was published")
	}
	s.both()
	s.rewrite(s.blocks(" ", ""))
	if code("b") != "error.picture_needs_text" || code("c") != "error.file_needs_text" {
		t.Error("a picture that nobody describes was published")
	}
	swapped := s.blocks("Barn.", "Mat.")
	swapped[1]["attachment"], swapped[2]["attachment"] = menu, snow
	s.rewrite(swapped)
	if code("b") != "error.picture_missing" {
		t.Error("a PDF was published as a picture")
	}
	s.rewrite(s.blocks("Barn i snö.", "Matsedel."))
	s.want(s.publish(), 200)

	first := s.letter
	s.letter, s.base = s.write(s.blocks("Barn i snö.", "Matsedel."))
	if code("b") != "error.picture_missing" || s.send(s.anna, snow, picture(t, 40, 30)).Status != 409 {
		t.Error("a letter was published with what belongs to another")
	}
	s.letter = first
	wrong := s.blocks("Barn.", "Mat.")
	wrong[0]["attachment"] = snow
	if a := s.ask(s.anna, "PATCH", "/api/collections/letters/records/"+first, s.draft(wrong, 99)); a.Status == 200 {
		t.Errorf("a paragraph stands for a picture: %s", a.Body)
	}
}

func TestACorrectionWithoutThePictureTakesItBack(t *testing.T) {
	s := open(t)
	s.both()
	s.want(s.publish(), 200)
	phone := s.phone("1", s.blue)
	s.rewrite(s.blocks("Barn i snö.", "Matsedel.")[:2])
	if s.fetch(phone, menu).Status != 200 {
		t.Error("a correction that is being written took the file back")
	}
	s.want(s.publish(), 200)
	if s.fetch(phone, menu).Status != 404 || s.fetch(phone, snow).Status != 200 {
		t.Error("phones have what the letter no longer stands for, or lack the rest")
	}
}

func TestAWithdrawnLetterLosesWhatItCarries(t *testing.T) {
	s := open(t)
	s.both()
	s.want(s.publish(), 200)
	phone := s.phone("1", s.blue)
	s.base = int(s.want(s.ask(s.anna, "POST", v1+"staff/letters/"+s.letter+"/withdraw", nil), 200).JSON["base"].(float64))
	if s.fetch(phone, snow).Status != 404 || s.ask(s.anna, "GET", v1+"attachments/"+snow, nil).Status != 404 || s.count() != 0 || len(s.files()) != 0 {
		t.Error("what a withdrawn letter carried is left")
	}
	if a := s.publish(); a.Get("fields", "block.b", "code") != "error.picture_missing" {
		t.Errorf("published again without its picture: %s", a.Body)
	}
	anew := s.blocks("Barn.", "Mat.")
	anew[1]["attachment"], anew[2]["attachment"] = "snowsnowsnow333", "menumenumenu444"
	s.want(s.send(s.anna, "snowsnowsnow333", picture(t, 40, 30)), 200)
	s.want(s.send(s.anna, "menumenumenu444", []byte(pdf)), 200)
	s.rewrite(anew)
	if s.count() != 2 || len(s.files()) != 2 {
		t.Error("writing on in a withdrawn letter loses its pictures")
	}
	s.want(s.publish(), 200)
}

func TestADeletedLettersAttachmentsAreErased(t *testing.T) {
	s := open(t)
	s.both()
	s.want(s.ask(s.anna, "DELETE", "/api/collections/letters/records/"+s.letter, nil), 204)
	if s.count() != 0 || len(s.files()) != 0 {
		t.Errorf("%d attachments and %d files are left", s.count(), len(s.files()))
	}
}
