package colleague

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// ErrNoAccount (403) is what the municipality's own sign-in ends with for
// whoever has no account here: she is known there, and nobody here.
var ErrNoAccount = problem.New(http.StatusForbidden, "error.provider_no_account")

// bindProvider lets the municipality's own sign-in open the accounts there are,
// and make none: who works here is decided here. An account is hers by the
// address, which the provider must have verified, and later by the provider's
// id of her.
func (f *Feature) bindProvider(app core.App) {
	app.OnRecordAuthWithOAuth2Request(staff).Bind(&hook.Handler[*core.RecordAuthWithOAuth2RequestEvent]{Id: "foljeProvider", Func: func(e *core.RecordAuthWithOAuth2RequestEvent) error {
		ok, err := hers(e)
		if err != nil {
			return err
		}
		if !ok {
			return problem.Write(e.RequestEvent, f.Locales, ErrNoAccount)
		}
		return e.Next()
	}})
	app.OnCollectionUpdate(staff).Bind(&hook.Handler[*core.CollectionEvent]{Id: "foljeProviderChanged", Func: forgetOthers})
}

// forgetOthers forgets the links to a provider that is another one from now on,
// or none: PocketBase knows them by the provider's name only, and what was
// somebody's id at the one may be somebody else's at the other. Her address
// finds her again.
func forgetOthers(e *core.CollectionEvent) error {
	outer := e.App
	defer func() { e.App = outer }()
	return outer.RunInTransaction(func(tx core.App) error {
		e.App = tx
		before, err := tx.FindCollectionByNameOrId(e.Collection.Id)
		if err != nil {
			return fmt.Errorf("find how staff signed in: %w", err)
		}
		if err := e.Next(); err != nil {
			return err
		}
		for _, was := range before.OAuth2.Providers {
			if is, ok := e.Collection.OAuth2.GetProviderConfig(was.Name); ok && who(is) == who(was) {
				continue
			}
			_, err := tx.DB().Delete(core.CollectionNameExternalAuths, dbx.HashExp{"collectionRef": e.Collection.Id, "provider": was.Name}).Execute()
			if err != nil {
				return fmt.Errorf("forget the links to a provider: %w", err)
			}
		}
		return nil
	})
}

// who is what tells two providers apart; another secret is the same provider.
func who(p core.OAuth2ProviderConfig) string {
	return fmt.Sprintf("%q", []any{p.ClientId, p.AuthURL, p.TokenURL, p.UserInfoURL, p.Extra})
}

// hers reports whether the account found is the one of who signed in there. A
// session that came along with the request is no reason to link the two.
func hers(e *core.RecordAuthWithOAuth2RequestEvent) (bool, error) {
	if e.Record == nil && e.OAuth2User.Email != "" { // PocketBase wants the same capitals
		found, err := findByEmail(e.App, staff, e.OAuth2User.Email)
		if err != nil {
			return false, err
		}
		e.Record, e.IsNewRecord = found, found == nil
	}
	if e.Record == nil || !e.Record.GetDateTime("left").IsZero() {
		return false, nil
	}
	linked, err := e.App.FindFirstExternalAuthByExpr(dbx.HashExp{
		"collectionRef": e.Collection.Id, "provider": e.ProviderName, "providerId": e.OAuth2User.Id,
	})
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("find a linked account: %w", err)
	}
	if err == nil {
		return linked.RecordRef() == e.Record.Id, nil
	}
	return e.OAuth2User.Email != "" && strings.EqualFold(e.OAuth2User.Email, e.Record.Email()), nil
}
