package machine_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"

	"github.com/pocketbase/dbx"
)

func TestWhatNeverGoesToAnEngine(t *testing.T) {
	p := open(t)
	sensitive := p.write("Om sorg", "Ett barn i gruppen är sjukt.", map[string]any{"sensitive": true})
	p.publish(sensitive)
	// The draft is no longer marked, but what parents have was sent as sensitive.
	once := p.write("Om oro", "En familj har det svårt.", map[string]any{"sensitive": true})
	p.publish(once)
	r, err := p.app.FindRecordById("letters", once)
	if err != nil {
		t.Fatal(err)
	}
	a := p.ask(p.anna, http.MethodPatch, "/api/collections/letters/records/"+once, map[string]any{
		"title": "Om oro", "question": "Om oro", "blocks": []map[string]any{{"id": "a", "kind": "paragraph", "text": "En familj har det svårt."}},
		"groups": []string{p.blue.Id}, "unit": p.unit.Id, "base": r.GetInt("base"), "sensitive": false})
	if a.Status != http.StatusOK {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	apptest.MustRecord(t, p.app, "wishes", map[string]any{"group": p.blue.Id, "text": "Vi vill prata om skärmar.", "day": "2026-11-12", "state": "open"})
	p.now = p.now.Add(24 * time.Hour)
	if sent := p.round(); len(sent) != 0 {
		t.Errorf("sent %q", sent)
	}
}

// A round takes long. What somebody marks as sensitive meanwhile goes no further.
func TestWhatIsMarkedMeanwhileGoesNoFurther(t *testing.T) {
	p := open(t)
	p.phone("fi")
	id := p.write(title, both, nil)
	p.publish(id)
	p.engine.answer = func(to string, texts []string) ([]string, error) {
		if _, err := p.app.DB().Update("letters", dbx.Params{"sensitive": true}, dbx.HashExp{"id": id}).Execute(); err != nil {
			t.Error(err)
		}
		return put(to, texts), nil
	}
	for _, sent := range p.round() {
		if !strings.HasPrefix(sent, "en: ") {
			t.Errorf("sent afterwards: %q", sent)
		}
	}
}
