package push

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"net/http"

	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// What a phone is refused with.
var (
	// ErrKey (409): the key that the phone subscribed with is not alive. It
	// subscribes anew, with the key that hello names.
	ErrKey = problem.New(http.StatusConflict, "error.push_key")
	// ErrUnknown (404): the phone has no such subscription that could be sent
	// to. It puts it again.
	ErrUnknown = problem.New(http.StatusNotFound, "error.push_unknown")
)

// maxRequest is the largest body any of these routes takes, in bytes.
const maxRequest = 4096

// put answers PUT devices/me/subscription with 204: {endpoint, keys: {p256dh,
// auth}, key}, a W3C PushSubscription's JSON and the VAPID key it was made
// with. It is called at every start of the app, and costs one look where
// nothing changed today.
func (f *feature) put(e *core.RequestEvent) error {
	device, err := f.Authenticate(e.Request)
	if err != nil {
		return err
	}
	in, err := f.read(e)
	if err != nil {
		return err
	}
	known, err := in.upToDate(e.App, device, f.Now())
	if err != nil || known {
		return done(e, err)
	}
	if wait := f.writes.Take(device, 1, f.Now()); wait > 0 {
		return problem.TooMany("error.too_many_requests", wait)
	}
	if wait := f.endpoints.Take(markOf(in.endpoint), 1, f.Now()); wait > 0 {
		return problem.TooMany("error.too_many_requests", wait)
	}
	return done(e, e.App.RunInTransaction(func(tx core.App) error {
		if err := f.StillThere(tx, device); err != nil {
			return err
		}
		return in.keep(tx, device, f.Now())
	}))
}

// read reads and checks what a phone says of its subscription.
func (f *feature) read(e *core.RequestEvent) (*subscribing, error) {
	var body struct {
		Endpoint string `json:"endpoint"`
		Keys     struct {
			P256dh string `json:"p256dh"`
			Auth   string `json:"auth"`
		} `json:"keys"`
		Key string `json:"key"`
	}
	if err := problem.Read(e, maxRequest, &body); err != nil {
		return nil, err
	}
	fields := map[string]problem.Field{}
	check := func(name string, err error) {
		if err != nil {
			fields[name] = problem.Field{Code: fieldCode(err)}
		}
	}
	service, err := f.Services.Check(body.Endpoint)
	check("endpoint", err)
	p256dh, err := readP256dh(body.Keys.P256dh)
	check("keys.p256dh", err)
	auth, err := readAuth(body.Keys.Auth)
	check("keys.auth", err)
	if len(fields) > 0 {
		return nil, problem.Invalid(fields)
	}
	key, ok := f.VAPID.Alive(body.Key)
	if !ok {
		return nil, ErrKey
	}
	endpoint, err := normal(body.Endpoint)
	return &subscribing{service: service, endpoint: endpoint, p256dh: p256dh, auth: auth, key: key.ID}, err
}

func fieldCode(err error) string {
	if errors.Is(err, ErrService) {
		return "error.push_service"
	}
	return "error.field_invalid"
}

// remove answers DELETE devices/me/subscription {endpoint} with 204, also where
// there was none.
func (f *feature) remove(e *core.RequestEvent) error {
	device, endpoint, err := f.named(e)
	if err != nil {
		return err
	}
	return done(e, forget(e.App, device, endpoint))
}

// test answers POST devices/me/subscription/test {endpoint} with 202 {id}: the
// phone will ring.
func (f *feature) test(e *core.RequestEvent) error {
	device, endpoint, err := f.named(e)
	if err != nil {
		return err
	}
	if wait := f.tests.Take(device, 1, f.Now()); wait > 0 {
		return problem.TooMany("error.too_many_requests", wait)
	}
	var random [16]byte
	rand.Read(random[:])
	id := base64.RawURLEncoding.EncodeToString(random[:])
	err = e.App.RunInTransaction(func(tx core.App) error {
		if err := f.StillThere(tx, device); err != nil {
			return err
		}
		if err := sendable(tx, device, endpoint); err != nil {
			return err
		}
		return f.Test(tx, device, id)
	})
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusAccepted, map[string]string{"id": id})
}

// named reads a request about an endpoint. One that is none of ours is "".
func (f *feature) named(e *core.RequestEvent) (device, endpoint string, err error) {
	if device, err = f.Authenticate(e.Request); err != nil {
		return "", "", err
	}
	var body struct {
		Endpoint string `json:"endpoint"`
	}
	if err := problem.Read(e, maxRequest, &body); err != nil {
		return "", "", err
	}
	if endpoint, err = normal(body.Endpoint); err != nil {
		return device, "", nil
	}
	return device, endpoint, nil
}

func done(e *core.RequestEvent, err error) error {
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}
