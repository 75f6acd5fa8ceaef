package recording_test

import (
	"fmt"
	"strings"
	"testing"
)

func TestALetterReadAloudReachesItsPhonesAndNobodyRings(t *testing.T) {
	s := open(t)
	s.translate()
	s.publish()
	phone := s.phone("1", s.blue)
	rows := s.count("outbox")
	_, _, before := s.heard("")

	id := s.record(s.tara, "ar")
	recordings, told, _ := s.heard(before)
	if !told {
		t.Fatal("phones that have the letter are not told of its recording")
	}
	got := recordings["ar"].(map[string]any)
	if got["id"] != id || got["bytes"] != float64(len(webm)) || got["milliseconds"] != 4000.0 || got["type"] != "audio/webm" ||
		fmt.Sprint(got["marks"]) != "[0 1000 2000]" || len(got["version"].(string)) != 32 || len(recordings) != 1 {
		t.Errorf("recordings: %v", recordings)
	}
	a := s.want(s.hear(phone, id), 200)
	if string(a.Body) != webm {
		t.Errorf("heard %d bytes, want %d", len(a.Body), len(webm))
	}
	for name, want := range map[string]string{
		"Content-Type": "audio/webm", "X-Content-Type-Options": "nosniff", "Content-Disposition": "inline", "Cache-Control": "private, no-store",
	} {
		if a.Header.Get(name) != want {
			t.Errorf("%s: %q, want %q", name, a.Header.Get(name), want)
		}
	}
	if part := s.want(s.hear(phone, id, "Range", "bytes=4-9"), 206); string(part.Body) != webm[4:10] {
		t.Errorf("a range: %q", part.Body)
	}
	if n := s.count("outbox"); n != rows {
		t.Errorf("a recording added %d rows to the outbox", n-rows)
	}
}

func TestWhoMayRecord(t *testing.T) {
	s := open(t)
	s.translate()
	s.publish()
	arabic, swedish := s.script(s.tara, "ar"), s.script(s.anna, "sv")
	for _, c := range []struct {
		who    string
		tag    string
		form   form
		status int
	}{
		{"nobody", "ar", arabic, 401},
		{"a translator of another unit", "ar", arabic, 404},
		{"a translator of another language", "ar", arabic, 403},
		{"an editor", "ar", arabic, 403},
		{"a translator", "sv", swedish, 403},
		{"a translator", "xx", arabic, 404},
		{"a translator", "ar", arabic, 200},
		{"an editor", "sv", swedish, 200},
		{"an editor", "sv-simple", s.script(s.anna, "sv-simple"), 200},
		{"an administrator", "ar", arabic, 200},
	} {
		who := map[string]*record{"nobody": nil, "a translator of another unit": s.bo, "a translator of another language": s.urszula,
			"an editor": s.anna, "a translator": s.tara, "an administrator": s.ad}[c.who]
		if a := s.send(who, c.tag, c.form); a.Status != c.status {
			t.Errorf("%s in %s: %d, want %d: %s", c.who, c.tag, a.Status, c.status, a.Body)
		}
	}
	if n := s.count("recordings"); n != 3 {
		t.Errorf("%d recordings, want one in each of three languages", n)
	}
	for who, status := range map[*record]int{nil: 401, s.bo: 404, s.urszula: 403, s.anna: 403} {
		if a := s.ask(who, "DELETE", s.at("ar"), nil); a.Status != status {
			t.Errorf("removing: %d, want %d", a.Status, status)
		}
	}
}

func TestWhoMayListen(t *testing.T) {
	s := open(t)
	s.translate()
	s.publish()
	id := s.record(s.tara, "ar")
	follows, elsewhere, without, shut := s.phone("1", s.blue), s.phone("2", s.oak), s.phone("3", nil), s.phone("4", s.blue)
	revoked, err := s.app.FindRecordById("devices", "3f0e9a52-6a0e-4c6f-9d3e-0a1b2c3d4e54")
	if err != nil {
		t.Fatal(err)
	}
	revoked.Set("revoked", s.now)
	if err := s.app.Save(revoked); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		secret string
		status int
	}{
		"of the group": {follows, 200}, "of another": {elsewhere, 404}, "of none": {without, 404}, "shut out": {shut, 401}, "nobody": {"", 401},
	} {
		if a := s.hear(c.secret, id); a.Status != c.status {
			t.Errorf("a phone %s: %d, want %d", name, a.Status, c.status)
		}
	}
	for who, status := range map[*record]int{s.anna: 200, s.tara: 200, s.urszula: 200, s.ad: 200, s.bo: 404} {
		if a := s.ask(who, "GET", v1+"recordings/"+id, nil); a.Status != status {
			t.Errorf("staff %s: %d, want %d", who.GetString("name"), a.Status, status)
		}
	}
	if a := s.hear("", "nosuchrecording"); a.Status != 401 {
		t.Errorf("nobody, about what isn't there: %d", a.Status)
	}
	s.now = s.now.AddDate(1, 0, 1)
	if a := s.hear(follows, id); a.Status != 404 {
		t.Errorf("a phone whose year is over: %d", a.Status)
	}
}

func TestAnotherRecordingTakesThePlaceOfTheFirst(t *testing.T) {
	s := open(t)
	s.translate()
	s.publish()
	phone := s.phone("1", s.blue)
	first := s.record(s.tara, "ar")
	f := s.script(s.tara, "ar")
	f.audio = mp4
	second := s.want(s.send(s.tara, "ar", f), 200).JSON["id"].(string)
	recordings, _, _ := s.heard("")
	if got := recordings["ar"].(map[string]any); got["id"] != second || got["type"] != "audio/mp4" || first == second {
		t.Errorf("the feed has %v; first %s, second %s", got, first, second)
	}
	if s.hear(phone, first).Status != 404 || string(s.hear(phone, second).Body) != mp4 {
		t.Error("the first can be heard, or the second can't")
	}
	s.want(s.ask(s.tara, "DELETE", s.at("ar"), nil), 204)
	s.want(s.ask(s.tara, "DELETE", s.at("ar"), nil), 204)
	if recordings, _, _ := s.heard(""); recordings != nil || s.hear(phone, second).Status != 404 {
		t.Error("a removed recording is left")
	}
}

func TestHostileUploadsAreRefused(t *testing.T) {
	s := open(t)
	s.translate()
	s.publish()
	good := s.script(s.tara, "ar")
	segments := strings.Split(good.marks, `"`)
	first := segments[1]
	for name, c := range map[string]struct {
		change func(*form)
		status int
		field  string
	}{
		"HTML":              {func(f *form) { f.audio = "<!doctype html><script>A_OPUS OpusHead mp4a</script>" }, 400, "audio"},
		"a picture":         {func(f *form) { f.audio = "\x89PNG\r\n\x1a\n" + webm }, 400, "audio"},
		"nothing":           {func(f *form) { f.audio = "" }, 400, "audio"},
		"a film":            {func(f *form) { f.audio = webm + "\x86\x85V_VP8" }, 400, "audio"},
		"another film":      {func(f *form) { f.audio = mp4 + "hdlr\x00\x00\x00\x00\x00\x00\x00\x00vide" }, 400, "audio"},
		"another sound":     {func(f *form) { f.audio = strings.Replace(webm, "A_OPUS", "A_MP3!", 1) }, 400, "audio"},
		"30 MB":             {func(f *form) { f.audio = webm + strings.Repeat("x", 30<<20) }, 413, ""},
		"20 MB and a byte":  {func(f *form) { f.audio = webm + strings.Repeat("x", 20<<20-len(webm)+1) }, 413, ""},
		"no length":         {func(f *form) { f.milliseconds = "" }, 400, "milliseconds"},
		"a negative length": {func(f *form) { f.milliseconds = "-4000" }, 400, "milliseconds"},
		"16 minutes":        {func(f *form) { f.milliseconds = "960000" }, 400, "milliseconds"},
		"no marks":          {func(f *form) { f.marks = "" }, 400, "marks"},
		"an object":         {func(f *form) { f.marks = `{"a": 1}` }, 400, "marks"},
		"a mark of three":   {func(f *form) { f.marks = `[["a", 1, 2]]` }, 400, "marks"},
		"a fraction":        {func(f *form) { f.marks = strings.Replace(f.marks, "1000", "1000.5", 1) }, 400, "marks"},
		"null":              {func(f *form) { f.marks = "null" }, 400, "marks"},
		"one too few":       {func(f *form) { f.marks = f.marks[:strings.LastIndex(f.marks, ",[")] + "]" }, 400, "marks"},
		"another letter's":  {func(f *form) { f.marks = strings.Replace(f.marks, first, strings.Repeat("a", len(first)), 1) }, 400, "marks"},
		"negative marks":    {func(f *form) { f.marks = strings.Replace(f.marks, ",0]", ",-1]", 1) }, 400, "marks"},
		"two at once":       {func(f *form) { f.marks = strings.Replace(f.marks, "2000", "1000", 1) }, 400, "marks"},
		"backwards":         {func(f *form) { f.marks = strings.Replace(f.marks, "2000", "999", 1) }, 400, "marks"},
		"after the end":     {func(f *form) { f.marks = strings.Replace(f.marks, "2000", "4000", 1) }, 400, "marks"},
		"10,000 marks":      {func(f *form) { f.marks = "[" + strings.Repeat(`["a",1],`, 9999) + `["a",1]]` }, 400, "marks"},
		"a long list":       {func(f *form) { f.marks += strings.Repeat(" ", 64<<10) }, 400, "marks"},
		"beyond counting":   {func(f *form) { f.marks = strings.Replace(f.marks, "2000", "18446744073710", 1) }, 400, "marks"},
		"of other words":    {func(f *form) { f.version = strings.Repeat("0", 32) }, 409, ""},
	} {
		f := good
		c.change(&f)
		a := s.send(s.tara, "ar", f)
		if a.Status != c.status || c.field != "" && a.Get("fields", c.field) == nil {
			t.Errorf("%s: %d %.300s", name, a.Status, a.Body)
		}
	}
	if a := s.raw(s.tara, "PUT", s.at("ar"), "multipart/form-data; boundary=x", "--x\r\nnonsense"); a.Status != 400 {
		t.Errorf("half a form: %d %s", a.Status, a.Body)
	}
	if a := s.ask(s.tara, "PUT", s.at("ar"), map[string]any{"audio": webm}); a.Status != 400 {
		t.Errorf("JSON: %d %s", a.Status, a.Body)
	}
	if n, files := s.count("recordings"), s.voices(); n != 0 || len(files) != 0 {
		t.Errorf("%d recordings and the files %v are left of what was refused", n, files)
	}
}

func TestEachKindOfRecorderIsTaken(t *testing.T) {
	s := open(t)
	s.translate()
	// What is heard may be any bytes, also those that name tracks of pictures.
	noise := "\x1f\x43\xb6\x75V_VP8"
	for want, audio := range map[string]string{
		"audio/webm": webm, "audio/ogg": ogg, "audio/mp4": mp4, "audio/webm ": strings.Replace(webm, "sound", noise, 1),
	} {
		f := s.script(s.tara, "ar")
		f.audio = audio + "vide theora"
		if a := s.want(s.send(s.tara, "ar", f), 200); a.JSON["type"] != strings.TrimSpace(want) {
			t.Errorf("type %v, want %s", a.JSON["type"], want)
		}
	}
}

func TestWhatHasNoTextCannotBeRead(t *testing.T) {
	s := open(t)
	f := s.script(s.tara, "ar")
	if a := s.send(s.tara, "ar", f); a.Status != 400 || a.JSON["code"] != "error.recording_incomplete" {
		t.Errorf("a letter without Arabic: %d %s", a.Status, a.Body)
	}
}
