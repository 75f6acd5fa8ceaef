package colleague

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"net/http"
	"time"

	"folje/internal/audit"
	"folje/internal/post"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Signing in with a code: after the password PocketBase wants a second thing, a
// code that is sent by e-mail. An administrator switches it on for everybody,
// with a code of her own, so that it can't be on where no code arrives.
const (
	codeLength = 6
	codeLife   = 5 * time.Minute
	// mostCodes is how many codes somebody gets in an hour.
	mostCodes = 10
	// mostGuesses is how often one code may be tried.
	mostGuesses = 5
	// mostQueued is how many codes wait for the mail server at most.
	mostQueued = 100
	// WithoutCode is the rule that says who needs none: whoever signed in at the
	// municipality's, whose own second step stands for it.
	WithoutCode = `@request.context != "oauth2"`
)

// codeMail is a code on its way, in memory only.
type codeMail struct{ to, code string }

// sendCode answers POST staff/code {mfa} → {id}: mfa is what the right password
// was answered with, id what the code is tried with. Whoever knows no mfa is
// answered the same, and nothing is sent.
func (f *Feature) sendCode(e *core.RequestEvent) error {
	var in struct {
		MFA string `json:"mfa"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	id := core.GenerateDefaultRandomId()
	if r := f.halfway(e.App, in.MFA); r != nil {
		var err error
		if id, err = f.newCode(e.App, r); err != nil {
			return err
		}
	}
	return e.JSON(http.StatusOK, map[string]string{"id": id})
}

// halfway is who gave the right password a moment ago; nil for nobody.
func (f *Feature) halfway(app core.App, id string) *core.Record {
	mfa, err := app.FindMFAById(id)
	if err != nil || mfa.Method() != core.MFAMethodPassword {
		return nil
	}
	r, err := app.FindRecordById(staff, mfa.RecordRef())
	if err != nil || mfa.CollectionRef() != r.Collection().Id || mfa.HasExpired(r.Collection().MFA.DurationTime()) {
		return nil
	}
	return r
}

// newCode makes a code for somebody, has it sent, and gives its id. It fails
// with [ErrNoMail] where the server sends no e-mail (any more).
func (f *Feature) newCode(app core.App, r *core.Record) (id string, err error) {
	if !post.Open(app) {
		return "", ErrNoMail
	}
	if wait := f.codes.Take(r.Id, 1, f.Now()); wait > 0 {
		return "", problem.TooMany("error.too_many_requests", wait)
	}
	n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
	if err != nil {
		return "", fmt.Errorf("make a code: %w", err)
	}
	code := fmt.Sprintf("%0*d", codeLength, n)
	otp := core.NewOTP(app)
	otp.SetCollectionRef(r.Collection().Id)
	otp.SetRecordRef(r.Id)
	otp.SetSentTo(r.Email())
	otp.SetPassword(code)
	if err := app.Save(otp); err != nil {
		return "", fmt.Errorf("save a code: %w", err)
	}
	select {
	case f.queue <- codeMail{r.Email(), code}:
		f.hurry()
		return otp.Id, nil
	default:
		return "", problem.Busy(fmt.Errorf("%d codes wait for the mail server", mostQueued))
	}
}

// bounded lets each code be tried so often only, whoever tries; PocketBase
// counts by address.
func (f *Feature) bounded(e *core.RequestEvent) error {
	if e.Request.URL.Path != "/api/collections/"+staff+"/auth-with-otp" {
		return e.Next()
	}
	c, err := e.App.FindCachedCollectionByNameOrId(staff)
	if err != nil || !c.OTP.Enabled {
		return e.Next()
	}
	var in struct {
		ID string `json:"otpId" form:"otpId"`
	}
	if err := e.BindBody(&in); err != nil {
		return problem.Write(e, f.Locales, problem.Request(err))
	}
	if _, err := e.App.FindOTPById(in.ID); err != nil {
		return e.Next() // what is none isn't counted: there is no end of them
	}
	if wait := f.guesses.Take(in.ID, 1, f.Now()); wait > 0 {
		return problem.Write(e, f.Locales, problem.TooMany("error.too_many_codes", wait))
	}
	return e.Next()
}

// tryCode answers POST staff/colleagues/codes → {id}: an administrator is sent a
// code, to see whether it arrives.
func (f *Feature) tryCode(e *core.RequestEvent) error {
	id, err := f.newCode(e.App, e.Auth)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]string{"id": id})
}

// ErrNoMail (409): codes need e-mail.
var ErrNoMail = problem.New(http.StatusConflict, "error.no_mail")

// setCodes answers PUT staff/colleagues/codes {on, id, code}: from now on
// everybody signs in with a code too, or nobody. Switching it on takes the code
// that she was sent.
func (f *Feature) setCodes(e *core.RequestEvent) error {
	var in struct {
		On   *bool  `json:"on"`
		ID   string `json:"id"`
		Code string `json:"code"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	if in.On == nil {
		return problem.Invalid(fields{"on": {Code: "error.field_required"}})
	}
	if *in.On {
		if err := f.checkCode(e, in.ID, in.Code); err != nil {
			return err
		}
	}
	err := e.App.RunInTransaction(func(tx core.App) error {
		c, err := tx.FindCollectionByNameOrId(staff)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", staff, err)
		}
		c.OTP.Enabled, c.OTP.Length, c.OTP.Duration = *in.On, codeLength, int64(codeLife/time.Second)
		c.MFA.Enabled, c.MFA.Rule = *in.On, WithoutCode
		if err := tx.Save(c); err != nil {
			return fmt.Errorf("save how staff sign in: %w", err)
		}
		action := "switch sign-in codes off"
		if *in.On {
			action = "switch sign-in codes on"
		}
		return audit.Write(tx, e.Auth.Id, action, staff, f.Now())
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

// checkCode wants the code that she was sent; it is good once.
func (f *Feature) checkCode(e *core.RequestEvent, id, code string) error {
	if wait := f.guesses.Take(id, 1, f.Now()); wait > 0 {
		return problem.TooMany("error.too_many_codes", wait)
	}
	otp, err := e.App.FindOTPById(id)
	if err != nil || otp.RecordRef() != e.Auth.Id || otp.HasExpired(codeLife) || !otp.ValidatePassword(code) {
		return problem.Invalid(fields{"code": {Code: "error.code_wrong"}})
	}
	if err := e.App.Delete(otp); err != nil {
		return fmt.Errorf("end a code: %w", err)
	}
	return nil
}

// signOut answers POST staff/me/sign-out: every session of hers ends, this one
// too, and every code that was sent.
func (f *Feature) signOut(e *core.RequestEvent) error {
	err := e.App.RunInTransaction(func(tx core.App) error {
		r, err := present(tx, e.Auth.Id)
		if err != nil {
			return err
		}
		r.RefreshTokenKey()
		if err := tx.Save(r); err != nil {
			return fmt.Errorf("end sessions: %w", err)
		}
		for _, table := range []string{core.CollectionNameMFAs, core.CollectionNameOTPs} {
			if _, err := tx.DB().Delete(table, dbx.HashExp{"collectionRef": r.Collection().Id, "recordRef": r.Id}).Execute(); err != nil {
				return fmt.Errorf("end what was begun of signing in: %w", err)
			}
		}
		return audit.Write(tx, r.Id, "sign out everywhere", r.Id, f.Now())
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

// sharedLife is how long a session on a shared computer lasts, whatever is done
// in it.
const sharedLife = time.Hour

// short makes the session of whoever says that others use her computer a short
// one, that can't be made longer.
func (f *Feature) short(e *core.RecordAuthRequestEvent) error {
	e.Meta = nil // what the municipality's provider says of her, with its tokens
	var in struct {
		Shared bool `json:"shared" form:"shared"`
	}
	if err := e.BindBody(&in); err == nil && in.Shared && e.AuthMethod != "" {
		token, err := e.Record.NewStaticAuthToken(sharedLife)
		if err != nil {
			return fmt.Errorf("make a short session: %w", err)
		}
		e.Token = token
	}
	return e.Next()
}
