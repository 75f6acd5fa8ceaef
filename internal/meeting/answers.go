package meeting

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Summary is what parents answered to a meeting, counted, for staff. Counts
// are exact: each was told to the staff by the parent who answered. Answers
// taken back are in none of them.
type Summary struct {
	Accepted     people        `json:"accepted"`
	Tentative    people        `json:"tentative"`
	Declined     answers       `json:"declined"`
	Late         answers       `json:"late"`
	Childcare    children      `json:"childcare"`
	Notes        []note        `json:"notes"`
	Interpreters []Interpreter `json:"interpreters"`
	Starts       string        `json:"starts"`
	Ends         string        `json:"ends"`
	Place        string        `json:"place"`
	Contact      string        `json:"contact"`
	BookBy       string        `json:"bookBy"`
	CancelBy     string        `json:"cancelBy"`
}

type answers struct {
	Answers int `json:"answers"`
}

type people struct {
	Answers int `json:"answers"`
	People  int `json:"people"`
}

type children struct {
	Answers  int `json:"answers"`
	Children int `json:"children"`
}

type note struct {
	Text string `json:"text"`
	Late bool   `json:"late"`
}

// Summarise counts the meeting's answers.
func Summarise(app core.App, m Meeting) (Summary, error) {
	s := Summary{
		Notes: []note{}, Starts: m.stamp("starts"), Ends: m.stamp("ends"), Place: m.GetString("place"),
		Contact: m.GetString("contact"), BookBy: m.stamp("bookBy"), CancelBy: m.stamp("cancelBy"),
	}
	rows, err := given(app, m.Id)
	if err != nil {
		return s, err
	}
	for _, r := range rows {
		s.count(r)
	}
	s.Interpreters, err = interpreters(app, m.Id, rows)
	return s, err
}

// given lists the meeting's answers that hold, in the order of their random
// ids, which says nothing about who answered when.
func given(app core.App, meeting string) ([]*core.Record, error) {
	rows := []*core.Record{}
	err := app.RecordQuery(rsvps).AndWhere(dbx.HashExp{"meeting": meeting}).
		AndWhere(dbx.Not(dbx.HashExp{"status": None})).OrderBy("id").All(&rows)
	if err != nil {
		return nil, fmt.Errorf("list the meeting's answers: %w", err)
	}
	return rows, nil
}

func (s *Summary) count(r *core.Record) {
	switch r.GetString("status") {
	case Accepted:
		s.Accepted.Answers++
		s.Accepted.People += r.GetInt("count")
	case Tentative:
		s.Tentative.Answers++
		s.Tentative.People += r.GetInt("count")
	case Declined:
		s.Declined.Answers++
	}
	if r.GetBool("late") {
		s.Late.Answers++
	}
	if n := r.GetInt("childcare"); n > 0 {
		s.Childcare.Answers++
		s.Childcare.Children += n
	}
	if text := r.GetString("note"); text != "" {
		s.Notes = append(s.Notes, note{text, r.GetBool("late")})
	}
}
