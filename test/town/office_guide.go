package town

import "net/http"

// ChangesEntry saves some fields of the guide's entry with a key.
func (o *Office) ChangesEntry(key string, fields map[string]any) {
	o.town.r.Helper()
	var found struct {
		Items []struct {
			ID   string
			Base int
		}
	}
	o.ask(http.MethodGet, "/api/collections/guide_entries/records?filter=(key='"+key+"')", nil, &found)
	if len(found.Items) != 1 {
		o.town.r.Fatalf("%d entries have the key %s", len(found.Items), key)
	}
	fields["base"] = found.Items[0].Base
	o.ask(http.MethodPatch, "/api/collections/guide_entries/records/"+found.Items[0].ID, fields, nil)
}
