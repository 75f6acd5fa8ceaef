package operation_test

import (
	"encoding/json"
	"testing"

	"folje/internal/access"
	"folje/internal/apptest"
	"folje/internal/operation"
)

// settled is a phone's settings as they are stored.
type settled struct {
	locale, quiet string
	titles        bool
}

func (w *world) settled(p phone) settled {
	w.Helper()
	r, err := w.app.FindRecordById("devices", p.id)
	if err != nil {
		w.Fatal(err)
	}
	return settled{r.GetString("locale"), r.GetString("quiet"), r.GetBool("titles")}
}

func settings(seq int, body string) op {
	return make1("settings", nil).with("seq", seq).with("body", json.RawMessage(body))
}

func TestSettingsChangeWhatTheySay(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	for i, c := range []struct {
		body string
		want settled
	}{
		{`{}`, settled{"sv", "", false}},
		{`{"quietHours":{"from":22,"to":6}}`, settled{"sv", "22-6", false}},
		{`{"showTitles":true}`, settled{"sv", "22-6", true}},
		{`{"locales":["ar","sv"]}`, settled{"ar", "22-6", true}},
		{`{"locales":["xx"],"quietHours":{"from":0,"to":23}}`, settled{"ar", "0-23", true}},
		{`{"locales":["xx","en"],"quietHours":null,"showTitles":false}`, settled{"en", "off", false}},
		{`{"locales":[],"showTitles":null,"more":{}}`, settled{"en", "off", false}},
	} {
		w.expect(w.send(p, settings(i+1, c.body)), "applied")
		if got := w.settled(p); got != c.want {
			t.Errorf("after %s: %+v, want %+v", c.body, got, c.want)
		}
	}
}

func TestSettingsOfTheHighestSeqHold(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	w.expect(w.send(p, settings(7, `{"showTitles":true}`), settings(3, `{"showTitles":false,"quietHours":null}`),
		settings(7, `{"quietHours":null}`)), "applied applied applied")
	if got := w.settled(p); got != (settled{"sv", "", true}) {
		t.Errorf("%+v", got)
	}
}

func TestSettingsThatCannotBeMeantAreRejected(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	for _, body := range []string{
		`{"quietHours":{"from":21,"to":21}}`, `{"quietHours":{"from":24,"to":7}}`, `{"quietHours":{"from":-1,"to":7}}`,
		`{"quietHours":{"from":21}}`, `{"quietHours":{}}`, `{"quietHours":"21-7"}`, `{"quietHours":{"from":1.5,"to":7}}`,
		`{"quietHours":{"from":"21","to":"7"}}`, `{"quietHours":false}`, `{"locales":"sv"}`, `{"locales":[1]}`, `{"showTitles":"yes"}`,
	} {
		w.expect(w.send(p, settings(1, body)), "rejected:error.operation_malformed")
	}
	w.expect(w.send(p, settings(1, `{}`).with("v", 2)), "rejected:error.operation_newer")
	if got := w.settled(p); got != (settled{"sv", "", false}) {
		t.Errorf("%+v", got)
	}
}

// The index answers for the device without a look at the database.
func TestSettingsAreKnownAtOnce(t *testing.T) {
	app := apptest.New(t)
	index := access.Register(app, access.Config{Locales: apptest.Locales(t)})
	knows := func(tag string) bool { return tag == "ar" }
	operation.Register(app, operation.Config{
		Locales: apptest.Locales(t), Authenticate: index.Authenticate, Kinds: map[string]operation.Kind{"settings": operation.Settings(knows)},
	})
	w := &world{TB: t, app: app, handler: apptest.Handler(t, app)}
	w.group = apptest.MustGroup(t, app, apptest.MustUnit(t, app, "Granen"), "Blåsippan")
	p := w.phone()
	w.expect(w.send(p, settings(1, `{"locales":["ar"]}`)), "applied")
	if device, ok := index.Find(p.secret); !ok || device.Locale != "ar" {
		t.Errorf("%+v", device)
	}
}
