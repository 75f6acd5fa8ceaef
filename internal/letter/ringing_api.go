package letter

import (
	"database/sql"
	"errors"
	"fmt"

	"folje/internal/outbox"

	"github.com/pocketbase/pocketbase/core"
)

// counts answers GET …/ringing: when phones ring for what was published last,
// and how many have, coarsely; null where they never did. Of a letter that was
// withdrawn it tells how its withdrawal reaches them.
func (f *feature) counts(e *core.RequestEvent) error {
	l, err := f.letter(e)
	if err != nil {
		return err
	}
	told, kinds := l.Number(), []string{kindLetter, kindCorrection}
	switch {
	case l.Waits():
		told++
	case !l.Live():
		kinds = []string{kindWithdrawal}
	}
	r, err := revision(e.App, l, told)
	if errors.Is(err, sql.ErrNoRows) {
		return e.JSON(200, nil)
	}
	if err != nil {
		return fmt.Errorf("find revision: %w", err)
	}
	counts, err := outbox.CountsOf(e.App, l.Id, r.Groups(), f.Now(), kinds...)
	if errors.Is(err, sql.ErrNoRows) {
		return e.JSON(200, nil)
	}
	if err != nil {
		return err
	}
	return e.JSON(200, counts)
}
