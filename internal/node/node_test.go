package node_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/app"
	"folje/internal/apptest"
	"folje/internal/cluster"
	"folje/internal/cluster/clustertest"
	"folje/internal/lease"
	"folje/internal/node"

	"github.com/pocketbase/pocketbase/core"
)

func TestOneMachineAfterTheOther(t *testing.T) {
	w := newWorld(t)
	a := w.machine("")
	epoch := ""
	w.serves(a, func(app core.App, of *node.Writer) {
		if of.Term() != 1 {
			t.Errorf("term %d", of.Term())
		}
		epoch = w.epoch(app)
		w.add(app, "first")
	})
	b := w.machine(a)
	said := w.serves(b, func(app core.App, of *node.Writer) {
		if of.Term() != 2 || !w.has(app, "first") || w.epoch(app) != epoch {
			t.Errorf("term %d, %v, epoch %s after %s", of.Term(), w.has(app, "first"), w.epoch(app), epoch)
		}
		w.add(app, "second")
	})
	if !strings.Contains(said, "Restored term 1") {
		t.Error(said)
	}
	said = w.serves(b, func(app core.App, _ *node.Writer) {
		if !w.has(app, "second") {
			t.Error("it lost what it had")
		}
	})
	if strings.Contains(said, "Restored") {
		t.Errorf("it restored what it had: %s", said)
	}
	w.serves(a, func(app core.App, of *node.Writer) { // whose own database is older
		if of.Term() != 4 || !w.has(app, "second") {
			t.Errorf("term %d", of.Term())
		}
	})
	left, err := filepath.Glob(filepath.Join(a, "data.db?*"))
	if err != nil || len(left) > 2 { // -wal and -shm
		t.Errorf("left: %v", left)
	}
}

func TestAMachineThatWasPutBackIsNotBelieved(t *testing.T) {
	w := newWorld(t)
	a := w.machine("")
	earlier := filepath.Join(t.TempDir(), "snapshot")
	w.serves(a, func(app core.App, of *node.Writer) {
		w.add(app, "before")
		if err := of.Barrier(t.Context()); err != nil {
			t.Fatal(err)
		}
		w.copy(a, earlier)
		w.add(app, "after")
	})
	said := w.serves(earlier, func(app core.App, _ *node.Writer) {
		if !w.has(app, "before") || !w.has(app, "after") {
			t.Error("it lost what was written after the snapshot")
		}
	})
	if !strings.Contains(said, "Restored") {
		t.Error(said)
	}
}

func TestOtherKeysAreRefused(t *testing.T) {
	w := newWorld(t)
	a := w.machine("")
	w.serves(a, func(app core.App, of *node.Writer) {
		if _, err := access.OpenKeys(app); err != nil {
			t.Fatal(err)
		}
	})
	b := w.machine("")
	served := false
	w.within = 5 * time.Second
	said, err := w.serve(b, nil, func(core.App, *node.Writer) { served = true })
	if served || err != nil || !strings.Contains(said, filepath.Join(b, "keys")) {
		t.Errorf("%v %s", err, said)
	}
}

func TestADatabaseFromElsewhereHasToBeAdopted(t *testing.T) {
	w := newWorld(t)
	a := w.machine("")
	epoch := ""
	w.serves(a, func(app core.App, _ *node.Writer) { w.add(app, "copied"); epoch = w.epoch(app) })
	b := w.machine(a)
	other, err := app.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	w.add(other, "brought back")
	if err := other.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	if _, err := w.serve(b, nil, func(core.App, *node.Writer) { t.Error("it served") }); err == nil || !strings.Contains(err.Error(), "--adopt") {
		t.Errorf("%v", err)
	}
	said, err := w.serve(b, func(c *node.Config) { c.Adopt = true }, func(app core.App, of *node.Writer) {
		if of.Term() != 2 || !w.has(app, "brought back") || w.has(app, "copied") || w.epoch(app) == epoch {
			t.Error("it didn't take the folder for the truth")
		}
	})
	if err != nil {
		t.Fatal(err, said)
	}
}

func TestWhatWasErasedStaysErased(t *testing.T) {
	w := newWorld(t)
	a := w.machine("")
	var device, mark string
	w.serves(a, func(app core.App, _ *node.Writer) {
		keys, err := access.OpenKeys(app)
		if err != nil {
			t.Fatal(err)
		}
		device = "00000000-0000-4000-8000-000000000001"
		apptest.MustRecord(t, app, "devices", map[string]any{"id": device, "secretHash": fmt.Sprintf("%064d", 1), "locale": "sv"})
		mark = keys.ErasureMark(device)
	})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for _, subject := range []string{"folje.erased.no.mark", cluster.ErasedOf(mark)} { // the first is somebody's mistake
		if err := w.conn.Publish(ctx, cluster.NewMsg(subject, 1, "", nil)); err != nil {
			t.Fatal(err)
		}
	}
	w.serves(w.machine(a), func(app core.App, _ *node.Writer) {
		if _, err := app.FindRecordById("devices", device); err == nil {
			t.Error("the device is back")
		}
	})
}

func TestNATSMayForget(t *testing.T) {
	w := newWorld(t)
	a := w.machine("")
	w.serves(a, func(app core.App, _ *node.Writer) { w.add(app, "kept") })
	other := clustertest.Start(t, 1)
	w.conn = other.Dial(t)
	w.serves(w.machine(a), func(app core.App, of *node.Writer) {
		if of.Term() != 2 || !w.has(app, "kept") {
			t.Errorf("term %d", of.Term())
		}
	})
}

func TestAWriterThatHasASuccessorAnswersNothing(t *testing.T) {
	w := newWorld(t)
	bucket, err := w.conn.LeaseBucket(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.serve(w.machine(""), nil, func(app core.App, of *node.Writer) {
		write, _ := http.NewRequest(http.MethodPost, "/api/folje/v1/operations", nil)
		if err := errors.Join(of.Begin(write), of.Answer(write, http.StatusOK)); err != nil {
			t.Error(err)
		}
		if _, err := bucket.Put(t.Context(), "writer", []byte(`{"v":1,"term":9,"holder":"b","instance":"other","millis":10000}`)); err != nil {
			t.Fatal(err)
		}
		for of.Left() > 0 {
			<-time.After(10 * time.Millisecond)
		}
		file, _ := http.NewRequest(http.MethodGet, "/app.js", nil)
		if of.Begin(write) == nil || of.Answer(write, http.StatusOK) == nil || of.Answer(file, http.StatusOK) != nil {
			t.Error("it answers beside its successor")
		}
	})
	if !errors.Is(err, lease.ErrTaken) {
		t.Errorf("%v", err)
	}
}
