package recording_test

import (
	"os"
	"path/filepath"
	"testing"

	"folje/internal/recording"

	"github.com/pocketbase/pocketbase/core"
)

type record = core.Record

func TestADraftsRecordingIsForStaffUntilTheLetterIsOut(t *testing.T) {
	s := open(t)
	s.translate()
	phone := s.phone("1", s.blue)
	id := s.record(s.tara, "ar")
	if s.hear(phone, id).Status != 404 || s.ask(s.anna, "GET", v1+"recordings/"+id, nil).Status != 200 {
		t.Error("a phone hears a draft, or its editor doesn't")
	}
	s.publish()
	if recordings, _, _ := s.heard(""); recordings["ar"] == nil || s.hear(phone, id).Status != 200 {
		t.Errorf("the letter is out and its recording isn't: %v", recordings)
	}
}

func TestACorrectedLetterIsNotHeardUntilItIsRecordedAgain(t *testing.T) {
	s := open(t)
	s.translate()
	s.publish()
	phone := s.phone("1", s.blue)
	first := s.record(s.tara, "ar")
	old := s.script(s.tara, "ar")

	s.correct("Vi ses på tisdag.")
	if recordings, _, _ := s.heard(""); recordings["ar"] == nil || s.hear(phone, first).Status != 200 {
		t.Error("a correction that is being written ended the recording of what is out")
	}
	s.publish()
	if recordings, _, _ := s.heard(""); recordings != nil || s.hear(phone, first).Status != 404 {
		t.Errorf("phones hear Monday and read Tuesday: %v", recordings)
	}
	if a := s.ask(s.tara, "GET", s.at("ar"), nil); a.Get("recording", "old") != true || a.JSON["missing"] != 1.0 {
		t.Errorf("staff are told: %s", a.Body)
	}
	if a := s.send(s.tara, "ar", old); a.Status != 400 || a.JSON["code"] != "error.recording_incomplete" {
		t.Errorf("the old one again: %d %s", a.Status, a.Body)
	}
	s.translate()
	if a := s.send(s.tara, "ar", old); a.Status != 409 {
		t.Errorf("the old one once more: %d %s", a.Status, a.Body)
	}
	second := s.record(s.tara, "ar")
	if recordings, _, _ := s.heard(""); recordings["ar"] == nil || s.hear(phone, second).Status != 200 {
		t.Error("the new one is not heard")
	}
}

// The words of one sentence change and the sentence doesn't: phones are told of
// the words, and see by the version that the recording is of others.
func TestAChangedTranslationMakesTheRecordingOld(t *testing.T) {
	s := open(t)
	s.translate()
	s.publish()
	s.record(s.tara, "ar")
	places := s.ask(s.tara, "GET", v1+"staff/letters/"+s.letter+"/places/ar", nil).JSON["places"].([]any)
	s.say(places[0].(map[string]any), "اللعب")
	a := s.want(s.ask(s.tara, "GET", s.at("ar"), nil), 200)
	recordings, _, _ := s.heard("")
	if a.Get("recording", "old") != true || recordings["ar"].(map[string]any)["version"] == a.JSON["version"] {
		t.Errorf("staff are told %s, phones %v", a.Body, recordings)
	}
}

func TestAWithdrawnLetterLosesItsVoice(t *testing.T) {
	s := open(t)
	s.translate()
	s.publish()
	phone := s.phone("1", s.blue)
	id := s.record(s.tara, "ar")
	s.withdraw()
	if s.hear(phone, id).Status != 404 || s.ask(s.tara, "GET", v1+"recordings/"+id, nil).Status != 404 || s.count("recordings") != 0 {
		t.Error("the recording of a withdrawn letter is left")
	}
	s.publish()
	if recordings, _, _ := s.heard(""); recordings != nil {
		t.Errorf("published again, it has %v", recordings)
	}
}

func TestADeletedLettersRecordingIsErased(t *testing.T) {
	s := open(t)
	s.translate()
	s.record(s.tara, "ar")
	s.want(s.ask(s.anna, "DELETE", "/api/collections/letters/records/"+s.letter, nil), 204)
	if n := s.count("recordings"); n != 0 {
		t.Errorf("%d recordings are left of a letter that is gone", n)
	}
}

func TestASweepLeavesOnlyWhatHasARecord(t *testing.T) {
	s := open(t)
	s.translate()
	s.record(s.tara, "ar")
	voices := s.voices()
	if len(voices) != 1 || read(t, voices[0]) != webm {
		t.Fatalf("on the disk: %v", voices)
	}
	left := filepath.Join(filepath.Dir(filepath.Dir(voices[0])), "recordthatisgone")
	if err := os.Mkdir(left, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(left, "audio"), []byte(ogg), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := recording.Sweep(s.app); err != nil {
		t.Fatal(err)
	}
	if after := s.voices(); len(after) != 1 || after[0] != voices[0] {
		t.Errorf("after the sweep: %v", after)
	}
}
