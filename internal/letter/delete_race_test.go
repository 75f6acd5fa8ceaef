package letter_test

import (
	"net/http"
	"testing"

	"folje/internal/letter"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Between PocketBase's look at the rule and the deletion itself somebody may
// publish the draft. Then parents have it, and it is no draft any more.
func TestDraftPublishedMeanwhileIsNotDeleted(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	p.meanwhile(func() {
		if _, err := letter.Publish(p.app, id, p.anna.Id, base, p.now); err != nil {
			t.Error(err)
		}
	})
	if a := p.ask(p.anna, http.MethodDelete, recordsPath+"/"+id, nil); a.Status != http.StatusNotFound {
		t.Errorf("delete: %d %s", a.Status, a.Body)
	}
	if got := letters(p.feed(p.blue.Id, "")); len(got) != 1 {
		t.Errorf("the feed has %v", got)
	}
}

// Whoever deletes a published letter holding an old copy of it still takes it
// back from the phones.
func TestDeletingAnOldCopyIsToldToPhones(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	old, err := p.app.FindRecordById("letters", id)
	if err != nil {
		t.Fatal(err)
	}
	p.publish(id, base)
	cursor := p.feed(p.blue.Id, "").JSON["cursor"].(string)
	if err := p.app.Delete(old); err != nil {
		t.Fatal(err)
	}
	gone := p.feed(p.blue.Id, cursor).JSON["gone"].([]any)
	if len(gone) != 1 || gone[0] != id {
		t.Errorf("gone: %v", gone)
	}
}

// meanwhile runs do once a deletion was found to be allowed, before anything
// of the app's own.
func (p *preschool) meanwhile(do func()) {
	p.app.OnRecordDeleteRequest("letters").Bind(&hook.Handler[*core.RecordRequestEvent]{Priority: -1,
		Func: func(e *core.RecordRequestEvent) error {
			do()
			return e.Next()
		}})
}
