package town

import (
	"net/http"
	"time"
)

// Ringing is what staff see of ringing phones about a letter or a meeting.
type Ringing struct {
	Kind                                     string
	Hold                                     time.Time
	Released, Done                           bool
	Phones, Reachable, Rung, Waiting, Failed int
}

// Ringing reads what became of ringing phones about a record ("letters" or
// "meetings").
func (o *Office) Ringing(collection, record string) (r Ringing) {
	o.town.r.Helper()
	o.ask(http.MethodGet, "/api/folje/v1/staff/"+collection+"/"+record+"/ringing", nil, &r)
	return r
}
