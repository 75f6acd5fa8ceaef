package staff_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

const (
	shows = "Två vuxna bygger en snögubbe på gården."
	says  = "Matsedel vecka 48. Måndag: ärtsoppa.\n\nTisdag: fisk."
)

// A teacher takes a large picture, held upright, with her phone, and puts it
// and a PDF into a letter. What is neither is told where she chose it. A parent
// gets the picture small, upright and without its place, and has it without a
// network; the letter is withdrawn, and nothing of it is left on her phone.
func TestPictureAndDocumentInALetter(t *testing.T) {
	w := shop.Beside(t)
	group := w.Ways.Invitations[0].Group
	c := w.Colleague(w.Staff("editor", ""))
	c.Begins(group)
	c.Writes("Vintern är här", "Vad kan vi göra ute tillsammans?", "Snart kommer snön.")
	chooses(c, "add-file", "matsedel.docx", "application/msword", []byte("PK\x03\x04"))
	c.WaitFor("[role=alert] | " + c.Say("staff.attach.no_pdf"))
	chooses(c, "add-picture", "bild.heic", "image/heic", []byte("ftypheic"))
	c.WaitFor("[role=alert] | " + c.Say("staff.attach.unreadable"))
	c.Saved()

	chooses(c, "add-picture", "IMG_0042.jpg", "image/jpeg", photograph(t))
	c.WaitFor("[data-kind=picture] [data-phase=kept] img")
	c.Fill("[data-kind=picture] textarea", shows)
	c.Profile().Offline(true)
	c.Profile().Allow(browser.Request, "")
	chooses(c, "add-file", "matsedel.pdf", "application/pdf", []byte("%PDF-1.4\ntrailer <<>>\n%%EOF\n"))
	c.WaitFor("[data-kind=file] [data-phase=unsent]")
	c.Profile().Offline(false)
	c.Click("[data-action=send-again]")
	c.WaitFor("[data-kind=file] [data-phase=kept]")
	c.Fill("[data-kind=file] textarea", says)
	c.Saved()
	letter := browser.Eval[string](c.Page, "location.pathname.split('/')[3]")
	c.Publishes()
	c.WaitFor(".preview figure.picture img")
	w.Office("translator").Translates(letter, "ar")

	p := w.Parent("ar")
	p.Joins(w.Ways.Invitations[0].Code)
	p.KeepsAll()
	p.Open("/letters/" + letter)
	p.WaitFor("figure.picture img")
	p.WaitUntil("document.querySelector('figure.picture img').naturalHeight > 0")
	size := browser.Eval[string](p.Page, "(({ naturalWidth: w, naturalHeight: h, alt, width, height }) => `${w} ${h} ${alt.length > 0} ${Math.round(width / height * 100)}`)(document.querySelector('figure.picture img'))")
	if size != "1067 1600 true 67" {
		t.Errorf("the picture is %s", size)
	}
	if alt := p.Attr("figure.picture img", "alt"); alt == shows || p.Text("figure.picture figcaption") == "" || p.Count(".document [lang=ar]") == 0 {
		t.Errorf("what it shows is not in her language: %q", alt)
	}
	if kept := browser.Eval[bool](p.Page, "caches.open('folje-recordings').then(async (c) => (await (await c.match((await c.keys()).find((k) => k.url.includes('/attachments/')))).text()).includes('GPS'))"); kept {
		t.Error("the picture tells where it was taken")
	}
	p.Click(".document button[data-attached]")
	p.WaitFor(".document a[download]")
	town.WithoutNetwork(p.Page)
	p.Reload()
	p.WaitFor("figure.picture img")
	p.WaitUntil("document.querySelector('figure.picture img').naturalHeight === 1600")
	p.WaitFor(".document a[download]")
	p.Profile().Offline(false)

	w.Office("editor").Withdraws(letter)
	p.Syncs()
	p.WaitUntil("caches.open('folje-recordings').then(async (c) => !(await c.keys()).some((k) => k.url.includes('/attachments/')))")
	c.Navigate(w.URL("/staff/letters/" + letter))
	c.WaitFor("[data-kind=picture] [data-phase=gone]")
}

// chooses gives a file to a button that asks for one, as the phone's picker does.
func chooses(c *town.Colleague, action, name, kind string, content []byte) {
	c.WaitFor("label:has([data-action=" + action + "])")
	browser.Eval[any](c.Page, fmt.Sprintf(`void (() => {
		const files = new DataTransfer();
		files.items.add(new File([Uint8Array.from(atob(%q), (c) => c.charCodeAt(0))], %q, { type: %q }));
		const input = document.querySelector('[data-action=%s]');
		input.files = files.files;
		input.dispatchEvent(new Event('change', { bubbles: true }));
	})()`, base64.StdEncoding.EncodeToString(content), name, kind, action))
}

// photograph is a picture of 2400 × 1600 pixels that its camera says to turn,
// with the place where it was taken.
func photograph(t *testing.T) []byte {
	t.Helper()
	img := image.NewYCbCr(image.Rect(0, 0, 2400, 1600), image.YCbCrSubsampleRatio420)
	for i := range img.Y {
		img.Y[i] = color.GrayModel.Convert(color.Gray{uint8(i / 2400 / 8)}).(color.Gray).Y
	}
	for i := range img.Cb {
		img.Cb[i], img.Cr[i] = 140, 110
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 60}); err != nil {
		t.Fatal(err)
	}
	// An Exif of one entry, Orientation 6: turned to the right.
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00" + strings.Repeat("GPS 59.2352 ", 9)
	note := binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(len(exif)+2))
	return append(append(append([]byte{0xFF, 0xD8}, note...), exif...), b.Bytes()[2:]...)
}
