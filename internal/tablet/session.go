package tablet

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

const (
	idle    = 10 * time.Minute // without a request
	longest = time.Hour        // whatever is done
	// grain is how seldom it is written that a session was used.
	grain = 30 * time.Second
)

var (
	// ErrSession (401): the session on the tablet is over.
	ErrSession = problem.New(http.StatusUnauthorized, "error.tablet_session")
	// ErrClosed (403): a session on a tablet doesn't reach that.
	ErrClosed = problem.New(http.StatusForbidden, "error.tablet_only")
)

// narrow signs a request of a tablet's session in as its record, where the table
// of routes lets it; everywhere else it is refused. It stands before what reads
// PocketBase's own tokens.
func (f *feature) narrow(e *core.RequestEvent) error {
	token := strings.TrimSpace(e.Request.Header.Get("Authorization"))
	if scheme, rest, ok := strings.Cut(token, " "); ok && strings.EqualFold(scheme, "Bearer") {
		token = strings.TrimSpace(rest)
	}
	if !strings.HasPrefix(token, tokenPrefix) {
		return e.Next()
	}
	s, err := f.session(e.App, token)
	if err == nil && !opens(e.Request) {
		err = ErrClosed
	}
	if err != nil {
		e.Response.Header().Set("Cache-Control", "private, no-store")
		return problem.Write(e, f.Locales, err)
	}
	e.Auth = s
	return e.Next()
}

// session finds the session of a token, while it lasts and the person may be in.
func (f *feature) session(app core.App, token string) (*core.Record, error) {
	s, err := app.FindFirstRecordByData(sessions, "mark", markOf(token))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrSession
	}
	if err != nil {
		return nil, fmt.Errorf("find a session: %w", err)
	}
	now, used := f.Now(), s.GetDateTime("used").Time()
	if !now.Before(used.Add(idle)) || !now.Before(s.GetDateTime("began").Time().Add(longest)) {
		return nil, ErrSession
	}
	who, err := app.FindRecordById(staff, s.Id)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !may(who, s.GetString("units")) {
		return nil, ErrSession
	}
	if err != nil {
		return nil, fmt.Errorf("find whose session it is: %w", err)
	}
	s.Set("name", who.GetString("name"))
	if now.Sub(used) < grain {
		return s, nil
	}
	return s, f.used(app, s.Id, now)
}

// used notes that the session goes on.
func (f *feature) used(app core.App, id string, now time.Time) error {
	at, err := types.ParseDateTime(now.UTC())
	if err != nil {
		return fmt.Errorf("note a moment: %w", err)
	}
	_, err = app.DB().Update(sessions, dbx.Params{"used": at.String()}, dbx.HashExp{"id": id}).Execute()
	if err != nil {
		return fmt.Errorf("note that a session was used: %w", err)
	}
	return nil
}

// leave answers POST tablet/leave: the session is over.
func (f *feature) leave(e *core.RequestEvent) error {
	if e.Auth == nil || e.Auth.Collection().Name != sessions {
		return ErrSession
	}
	if err := endSession(e.App, e.Auth.Id); err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

// endSession ends somebody's session, if there is one.
func endSession(app core.App, person string) error {
	if _, err := app.DB().Delete(sessions, dbx.HashExp{"id": person}).Execute(); err != nil {
		return fmt.Errorf("end a session: %w", err)
	}
	return nil
}
