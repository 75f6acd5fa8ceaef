package meeting

import (
	"net/http"

	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// answers answers GET …/answers with the [Summary].
func (f *feature) answers(e *core.RequestEvent) error {
	m, err := f.meeting(e)
	if err != nil {
		return err
	}
	s, err := Summarise(e.App, m)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "private, no-store")
	return e.JSON(http.StatusOK, s)
}

// book answers PUT …/interpreters {language, mode, state, contact} with the
// [Interpreter] as it is then.
func (f *feature) book(e *core.RequestEvent) error {
	m, err := f.meeting(e)
	if err != nil {
		return err
	}
	var in Booking
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	var row Interpreter
	err = e.App.RunInTransaction(func(tx core.App) error {
		row, err = Book(tx, m.Id, e.Auth.Id, in)
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, row)
}
