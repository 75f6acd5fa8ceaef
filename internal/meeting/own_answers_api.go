package meeting

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// ownAnswer is a device's answer as it is stored, with what staff did about
// the interpreter.
type ownAnswer struct {
	Meeting     string          `json:"meeting"`
	Seq         int             `json:"seq"`
	Status      string          `json:"status"`
	Count       int             `json:"count"`
	Childcare   int             `json:"childcare"`
	Interpreter *ownInterpreter `json:"interpreter"`
	Note        string          `json:"note"`
	Late        bool            `json:"late"`
}

type ownInterpreter struct {
	Language string `json:"language"`
	Mode     string `json:"mode"`
	State    string `json:"state"`
	Contact  string `json:"contact"`
}

// ownAnswers answers GET devices/me/answers, with an ETag: what the device has
// answered, as it is stored.
func (f *feature) ownAnswers(e *core.RequestEvent) error {
	device, err := f.Authenticate(e.Request)
	if err != nil {
		return err
	}
	answers, err := answersFrom(e.App, device.ID)
	if err != nil {
		return err
	}
	body, err := json.Marshal(map[string]any{"answers": answers})
	if err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	sum := sha256.Sum256(body)
	etag := `W/"` + hex.EncodeToString(sum[:12]) + `"`
	h := e.Response.Header()
	h.Set("Cache-Control", "private, no-cache")
	h.Add("Vary", "Authorization")
	h.Set("ETag", etag)
	if strings.Contains(e.Request.Header.Get("If-None-Match"), etag) {
		return e.NoContent(http.StatusNotModified)
	}
	return e.Blob(http.StatusOK, "application/json", body)
}

func answersFrom(app core.App, device string) ([]ownAnswer, error) {
	rows, err := app.FindAllRecords(rsvps, dbx.HashExp{"device": device})
	if err != nil {
		return nil, fmt.Errorf("list the device's answers: %w", err)
	}
	answers := make([]ownAnswer, 0, len(rows))
	for _, r := range rows {
		a := ownAnswer{
			Meeting: r.GetString("meeting"), Seq: r.GetInt("seq"), Status: r.GetString("status"),
			Count: r.GetInt("count"), Childcare: r.GetInt("childcare"), Note: r.GetString("note"), Late: r.GetBool("late"),
		}
		if i := wanted(r); i != nil {
			booked, err := bookingsOf(app, a.Meeting)
			if err != nil {
				return nil, err
			}
			state, contact := stateOf(booked[i.need()])
			a.Interpreter = &ownInterpreter{i.Language, i.Mode, state, contact}
		}
		answers = append(answers, a)
	}
	return answers, nil
}

// wanted is the interpreter that an answer asks for, nil for none.
func wanted(answer *core.Record) *interpreter {
	if answer.GetString("language") == "" {
		return nil
	}
	return &interpreter{answer.GetString("language"), answer.GetString("mode")}
}
