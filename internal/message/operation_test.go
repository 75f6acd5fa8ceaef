package message_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"folje/internal/apptest"
)

// typed is the operation with which a page sends a form of a message.
func (w *world) typed(n int, key, form, text string, more map[string]any) map[string]any {
	w.Helper()
	body := map[string]any{"collection": "messages", "record": "parent", "locale": "ar", "segment": key, "context": form,
		"text": text, "base": w.place(w.amal, key, form)["version"], "draft": false}
	maps.Copy(body, more)
	return map[string]any{"op": fmt.Sprintf("00000000-0000-4000-8000-%012d", n), "seq": n, "kind": "translate", "v": 1, "body": body}
}

// sends gives the verdicts, as "applied" or "rejected error.x".
func (w *world) sends(token string, want []string, ops ...map[string]any) {
	w.Helper()
	a := apptest.Ask(w, w.handler, token, http.MethodPost, "/api/folje/v1/operations", map[string]any{"operations": ops})
	var got []string
	if verdicts, ok := a.JSON["verdicts"].([]any); ok {
		for _, v := range verdicts {
			said := v.(map[string]any)
			code, _ := said["code"].(string)
			got = append(got, strings.TrimSpace(fmt.Sprint(said["verdict"], " ", code)))
		}
	} else {
		got = []string{fmt.Sprint(a.Status, " ", a.JSON["code"])}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		w.Errorf("%q, want %q", got, want)
	}
}

func TestAMessageWrittenWithoutANetworkArrivesOnce(t *testing.T) {
	w := newWorld(t)
	right, few := w.typed(1, "a.right", "", "مضبوط", nil), w.typed(2, "a.n", "few", "{{.Count}} رسائل الآن", nil)
	draft := w.typed(3, "a.old", "", "كذا", map[string]any{"draft": true})
	w.sends(w.amal, []string{"applied", "applied", "applied"}, right, few, draft)
	w.sends(w.amal, []string{"repeated", "repeated", "repeated"}, right, few, draft)
	if got := w.locales.Text("ar", "a.right", nil); got != "مضبوط" {
		t.Errorf("says %q", got)
	}
	if got := w.locales.TextCount("ar", "a.n", 3, nil); got != "3 رسائل الآن" {
		t.Errorf("says %q of three", got)
	}
	if p := w.place(w.amal, "a.old", ""); p["draft"] != "كذا" || p["text"] != "هكذا الآن" {
		t.Errorf("a draft: %v", p)
	}
	if got := w.history(); len(got) != 2 {
		t.Errorf("history %q", got)
	}
}

func TestAMessageThatAColleagueChangedIsAConflict(t *testing.T) {
	w := newWorld(t)
	mine := w.typed(1, "a.right", "", "مضبوط", nil)
	status(t, w.save(w.ib, "a.right", "", "صحيح تماما"), http.StatusOK, "")
	w.sends(w.amal, []string{"rejected error.translation_conflict"}, mine)
	if got := w.locales.Text("ar", "a.right", nil); got != "صحيح تماما" {
		t.Errorf("says %q", got)
	}
}

func TestWhatAnOperationOfAMessageIsRefused(t *testing.T) {
	w := newWorld(t)
	n := 0
	try := func(key, text string, more map[string]any, want string) {
		t.Helper()
		n++
		w.sends(w.amal, []string{want}, w.typed(n, key, "", text, more))
	}
	try("a.hello", "مرحبا، الساعة 17:30.", nil, "rejected error.translation_check")
	try("a.right", "مضبوط", map[string]any{"locale": "uk"}, "rejected error.forbidden")
	try("a.right", "مضبوط", map[string]any{"locale": "xx"}, "rejected error.not_found")
	try("a.right", "مضبوط", map[string]any{"record": "nobody"}, "rejected error.not_found")
	try("a.right", "مضبوط", map[string]any{"record": "staff"}, "rejected error.not_found")
	try("a.right", "مضبوط", map[string]any{"segment": "locale.name"}, "rejected error.not_found")
	try("a.right", "مضبوط", map[string]any{"collection": "letters"}, "rejected error.not_found")
	if k, _ := w.app.CountRecords("locale_messages"); k != 0 {
		t.Errorf("%d are stored", k)
	}
	w.sends("", []string{"401 error.device_unknown"}, w.typed(99, "a.right", "", "مضبوط", nil))
}
