package shard

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"folje/internal/push"
)

// answers is what became of some messages.
type answers struct {
	Answers []answer `json:"answers"`
}

type answer struct {
	ID      string `json:"id"`            // of the delivery
	Try     uint64 `json:"try,omitempty"` // as in its item; 0 of an older worker
	Outcome string `json:"outcome"`
	Status  int    `json:"status,omitempty"`
	Wait    int64  `json:"wait,omitempty"` // milliseconds
	Why     string `json:"why,omitempty"`  // never the service's own words
}

// words are what outcomes are called on the way; they are never changed.
func words() map[push.Outcome]string {
	return map[push.Outcome]string{
		push.Delivered: "delivered", push.Gone: "gone", push.Refused: "refused", push.TooLarge: "large",
		push.Later: "later", push.Failed: "failed", push.Unsent: "unsent", push.Lost: "lost", push.Expired: "expired",
	}
}

func answerOf(id string, a push.Answer) answer {
	said := answer{ID: id, Outcome: words()[a.Outcome], Status: a.Status, Wait: a.Wait.Milliseconds()}
	if a.Err != nil {
		said.Why = a.Err.Error()
	}
	return said
}

// answer is what became of the item.
func (i item) answer(a push.Answer) answer {
	said := answerOf(i.ID, a)
	said.Try = i.Try
	return said
}

// meant is what it says. What a newer worker calls otherwise may have been sent.
func (a answer) meant() push.Answer {
	m := push.Answer{Outcome: push.Lost, Status: a.Status, Wait: time.Duration(a.Wait) * time.Millisecond}
	for outcome, word := range words() {
		if word == a.Outcome {
			m.Outcome = outcome
		}
	}
	if m.Outcome == push.Unsent || m.Outcome == push.Lost {
		m.Wait = 0 // how long nothing can be handed over is the writer's to say
	}
	if a.Why != "" {
		m.Err = errors.New(a.Why)
	}
	return m
}

// outdated reports whether the answer says that nothing, or who knows what,
// became of an earlier try, while another one is under way.
func (a answer) outdated(try uint64) bool {
	how := a.meant().Outcome
	return a.Try != 0 && a.Try != try && (how == push.Unsent || how == push.Lost)
}

func parseAnswers(raw []byte) ([]answer, error) {
	var a answers
	if err := json.Unmarshal(raw, &a); err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	return a.Answers, nil
}
