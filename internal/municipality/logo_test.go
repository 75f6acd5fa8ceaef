package municipality_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"

	"folje/internal/apptest"
	"folje/internal/municipality"
)

// drawnLogo is a PNG of that size, of a colour for each pixel where it is noisy.
func drawnLogo(t *testing.T, width, height int, noisy bool) []byte {
	t.Helper()
	img, draw := image.NewNRGBA(image.Rect(0, 0, width, height)), rand.New(rand.NewPCG(1, 2))
	for i := range width * height {
		c := color.NRGBA{0, 90, 160, 255}
		if noisy {
			c = color.NRGBA{uint8(draw.Uint32()), uint8(draw.Uint32()), uint8(draw.Uint32()), 255}
		}
		img.SetNRGBA(i%width, i/width, c)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// withNote puts a text beside a PNG's picture, as drawing programs do, and
// something after its end.
func withNote(raw []byte, note string) []byte {
	chunk := append([]byte("tEXt"), note...)
	length := binary.BigEndian.AppendUint32(nil, uint32(len(note)))
	sum := binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(chunk))
	const head = 33 // signature and IHDR
	return slices.Concat(raw[:head], length, chunk, sum, raw[head:], []byte("<script>"))
}

func TestALogoIsOnlyItsPicture(t *testing.T) {
	o := newWorld(t)
	admin, editor := o.tokens["admin"], o.tokens["editor"]
	const path = "/api/folje/v1/staff/admin/logo"
	put := func(token string, file any) apptest.Answer {
		return apptest.Ask(t, o.handler, token, http.MethodPut, path, map[string]any{"file": file})
	}
	for name, x := range map[string]struct {
		token  string
		file   any
		status int
	}{
		"nobody":               {"", drawnLogo(t, 9, 9, false), http.StatusUnauthorized},
		"an editor":            {editor, drawnLogo(t, 9, 9, false), http.StatusForbidden},
		"nothing":              {admin, []byte{}, http.StatusBadRequest},
		"no picture":           {admin, []byte("<svg onload=alert(1)>"), http.StatusBadRequest},
		"half a one":           {admin, drawnLogo(t, 90, 90, true)[:900], http.StatusBadRequest},
		"too wide":             {admin, drawnLogo(t, municipality.MaxLogoSide+1, 1, false), http.StatusBadRequest},
		"too heavy":            {admin, drawnLogo(t, 160, 160, true), http.StatusBadRequest},
		"a body far too large": {admin, bytes.Repeat([]byte("x"), 4*municipality.MaxLogo), http.StatusRequestEntityTooLarge},
	} {
		if a := put(x.token, x.file); a.Status != x.status {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	if n, err := o.app.CountRecords("logos"); n != 0 || err != nil {
		t.Fatalf("%d logos are kept, %v", n, err)
	}
	first := put(admin, withNote(drawnLogo(t, 40, 20, false), "Author\x00Ada Alm"))
	second := put(admin, drawnLogo(t, 20, 20, false))
	if second.Get("id") == first.Get("id") || first.Get("width") != 40.0 {
		t.Errorf("%s, then %s", first.Body, second.Body)
	}
	first = put(admin, withNote(drawnLogo(t, 40, 20, false), "Author\x00Ada Alm"))
	if n, err := o.app.CountRecords("logos"); n != 1 || err != nil {
		t.Errorf("%d logos are kept, %v", n, err)
	}
	show := "/api/folje/v1/logo/" + first.Get("id").(string)
	got := apptest.Ask(t, o.handler, "", http.MethodGet, show, nil)
	img, err := png.Decode(strings.NewReader(string(got.Body)))
	if err != nil || img.Bounds().Dx() != 40 || strings.Contains(string(got.Body), "Ada") || strings.Contains(string(got.Body), "<script>") {
		t.Errorf("shown: %v, %q", err, got.Body)
	}
	if got.Header.Get("Content-Type") != "image/png" {
		t.Error(got.Header)
	}
	again := apptest.AskWith(t, o.handler, http.Header{"If-None-Match": {got.Header.Get("ETag")}}, http.MethodGet, show, nil)
	if again.Status != http.StatusNotModified {
		t.Errorf("asked again: %d", again.Status)
	}
	if a := apptest.Ask(t, o.handler, "", http.MethodGet, "/api/folje/v1/logo/"+second.Get("id").(string), nil); a.Status != http.StatusNotFound {
		t.Errorf("the one before: %d", a.Status)
	}
	if a := apptest.Ask(t, o.handler, editor, http.MethodDelete, path, nil); a.Status != http.StatusForbidden {
		t.Errorf("an editor drops it: %d", a.Status)
	}
	for range 2 {
		if a := apptest.Ask(t, o.handler, admin, http.MethodDelete, path, nil); a.Status != http.StatusNoContent {
			t.Errorf("drop: %d %s", a.Status, a.Body)
		}
	}
	if a := apptest.Ask(t, o.handler, "", http.MethodGet, show, nil); a.Status != http.StatusNotFound {
		t.Errorf("dropped: %d", a.Status)
	}
}
