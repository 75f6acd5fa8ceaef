package message

import (
	"net/http"

	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// claim answers POST staff/messages/{audience}/claims/{locale}: the translator
// takes the audience's messages upon herself for some days.
func (s *Service) claim(e *core.RequestEvent) error {
	a, err := s.of(e)
	if err != nil {
		return err
	}
	now := s.Now()
	c, err := a.claimed().Take(e.App, e.Auth, now, now.AddDate(0, 0, translation.ClaimDays))
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, c)
}

// unclaim answers DELETE staff/messages/{audience}/claims/{locale}: she gives
// them back. It may be repeated.
func (s *Service) unclaim(e *core.RequestEvent) error {
	a, err := s.of(e)
	if err != nil {
		return err
	}
	if err := a.claimed().GiveBack(e.App, e.Auth); err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

func (a asked) claimed() translation.Claimed {
	return translation.Claimed{Collection: Collection, Record: a.audience, Locale: a.info.Tag}
}
