package confidential

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"net/http"

	"folje/internal/audit"
	"folje/internal/database"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Why a key isn't taken: another came first, the channel has nobody who is told
// when its requests wait, the proof of having the recovery key is wrong.
var (
	errKeyConflict = problem.New(http.StatusConflict, "error.channel_key_conflict")
	errUnready     = problem.New(http.StatusConflict, "error.channel_unready")
	errProof       = problem.New(http.StatusForbidden, "error.channel_proof")
)

// keyView is a channel's key. What recovers it is told to those who may be let
// in.
type keyView struct {
	ID                string `json:"id"`
	Number            int    `json:"number"`
	Recipient         string `json:"recipient"`
	Created           string `json:"created"`
	Replaced          string `json:"replaced"`
	Recovery          string `json:"recovery,omitempty"`
	RecoveryRecipient string `json:"recoveryRecipient,omitempty"`
}

func keyViews(all []*core.Record, recovery bool) []keyView {
	views := make([]keyView, len(all))
	for i, k := range all {
		views[i] = keyView{
			ID: k.Id, Number: k.GetInt("number"), Recipient: k.GetString("recipient"),
			Created: k.GetString("created"), Replaced: k.GetString("replaced"),
		}
		if recovery {
			views[i].Recovery, views[i].RecoveryRecipient = k.GetString("recovery"), k.GetString("recoveryRecipient")
		}
	}
	return views
}

// newKey is the body of POST channels/{name}/keys.
type newKey struct {
	Base              int    `json:"base"`
	Recipient         string `json:"recipient"`
	Recovery          string `json:"recovery"`
	RecoveryRecipient string `json:"recoveryRecipient"`
	Check             string `json:"check"`
	Wraps             []struct {
		Holder  string `json:"holder"`
		Wrapped string `json:"wrapped"`
	} `json:"wraps"`
}

// keepRecovery has what proves the recovery key stay with it: who gives the
// channel a new key hasn't the paper, and can't tell.
func (in *newKey) keepRecovery(old *core.Record) {
	if old != nil && in.RecoveryRecipient == old.GetString("recoveryRecipient") {
		in.Check = old.GetString("check")
	}
}

// check says what of the key can't be. One who covers takes no other recovery
// key: it would let her in outside her days.
func (in newKey) check(d door, old *core.Record) error {
	f := fields{}
	f.need("recipient", in.Recipient, recipientForm.MatchString(in.Recipient))
	f.need("recovery", in.Recovery, isSealed(in.Recovery))
	f.need("recoveryRecipient", in.RecoveryRecipient, recipientForm.MatchString(in.RecoveryRecipient) && in.RecoveryRecipient != in.Recipient)
	f.need("check", in.Check, digestForm.MatchString(in.Check))
	f.wrong("recoveryRecipient", old != nil && coverOf(d.holder) != nil && in.RecoveryRecipient != old.GetString("recoveryRecipient"))
	return f.err()
}

// addKey answers POST channels/{name}/keys with the channel. The first key opens
// it, made by one who may be let in, for herself; every other takes the place of
// the one whose number is base, made by a holder for all who are in.
func (f *feature) addKey(e *core.RequestEvent) error {
	var in newKey
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	return f.change(e, func(tx core.App, d door) error {
		old, err := currentKey(tx, d.channel.Id)
		if err != nil {
			return err
		}
		if err := f.mayAdd(tx, d, old); err != nil {
			return err
		}
		if number(old) != in.Base {
			return errKeyConflict
		}
		in.keepRecovery(old)
		if err := in.check(d, old); err != nil {
			return err
		}
		return f.replaceKey(tx, d, old, in)
	})
}

// mayAdd reports whether she may open the channel, or give it another key.
func (f *feature) mayAdd(tx core.App, d door, old *core.Record) error {
	if old != nil {
		return d.reads()
	}
	if !d.mayHold() || d.holder == nil || d.holder.GetString("state") == "left" {
		return problem.NotFound()
	}
	head, err := headOf(tx, d.channel)
	if err != nil {
		return err
	}
	if head == nil {
		return errUnready
	}
	return nil
}

func number(key *core.Record) int {
	if key == nil {
		return 0
	}
	return key.GetInt("number")
}

func (f *feature) replaceKey(tx core.App, d door, old *core.Record, in newKey) error {
	action := "rotate key"
	if old == nil {
		action = "open channel"
		d.holder.Set("state", "in")
		if err := tx.Save(d.holder); err != nil {
			return fmt.Errorf("save a holder: %w", err)
		}
		d.channel.Set("open", true)
	} else {
		old.Set("replaced", f.Now().UTC())
		if err := tx.Save(old); err != nil {
			return fmt.Errorf("replace a key: %w", err)
		}
	}
	key, err := database.NewRecord(tx, keys)
	if err != nil {
		return err
	}
	key.Load(map[string]any{
		"channel": d.channel.Id, "number": in.Base + 1, "recipient": in.Recipient, "recovery": in.Recovery,
		"recoveryRecipient": in.RecoveryRecipient, "check": in.Check, "created": f.Now().UTC(),
	})
	if err := tx.Save(key); err != nil {
		return fmt.Errorf("save a key: %w", err)
	}
	if err := wrapForAll(tx, d.channel.Id, key.Id, in); err != nil {
		return err
	}
	d.channel.Set("rotate", nil)
	if err := tx.Save(d.channel); err != nil {
		return fmt.Errorf("save a channel: %w", err)
	}
	return audit.Write(tx, d.staff.Id, action, d.subject(key.Id), f.Now())
}

// wrapForAll stores the key for each holder who is in, and wants one for each
// and for nobody else: one who was let in meanwhile would be left out.
func wrapForAll(tx core.App, channel, key string, in newKey) error {
	all, err := tx.FindRecordsByFilter(holders, "channel = {:channel} && state = 'in'", "", 0, 0, dbx.Params{"channel": channel})
	if err != nil {
		return fmt.Errorf("list holders: %w", err)
	}
	left := map[string]bool{}
	for _, r := range all {
		left[r.Id] = true
	}
	for _, w := range in.Wraps {
		if !left[w.Holder] || !isSealed(w.Wrapped) {
			return problem.Invalid(fields{"wraps": {Code: "error.field_invalid"}})
		}
		delete(left, w.Holder)
		if err := wrap(tx, key, w.Holder, w.Wrapped); err != nil {
			return err
		}
	}
	if len(left) > 0 {
		return problem.Invalid(fields{"wraps": {Code: "error.field_invalid"}})
	}
	return nil
}

// recover answers POST channels/{name}/recover {proof, wraps} with the channel:
// one who may be let in, and has the recovery key, is in. The proof tells that
// key to nobody. The channel's own key proves nothing: who covered, or was put
// out, may still have it.
func (f *feature) recover(e *core.RequestEvent) error {
	var in struct {
		Proof string     `json:"proof"`
		Wraps []wrapView `json:"wraps"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	return f.change(e, func(tx core.App, d door) error {
		if !d.mayHold() || d.holder == nil {
			return problem.NotFound()
		}
		key, err := currentKey(tx, d.channel.Id)
		if err != nil {
			return err
		}
		if key == nil || !proves(in.Proof, key.GetString("check")) {
			return errProof
		}
		d.holder.Load(map[string]any{"coverFrom": "", "coverTo": ""})
		return f.admit(tx, d, d.holder, in.Wraps, "recover channel")
	})
}

// proves reports whether the proof, in hexadecimal, hashes to the check.
func proves(proof, check string) bool {
	raw, err := hex.DecodeString(proof)
	sum := sha256.Sum256(raw)
	return err == nil && len(raw) == sha256.Size && subtle.ConstantTimeCompare([]byte(hex.EncodeToString(sum[:])), []byte(check)) == 1
}
