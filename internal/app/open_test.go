package app

import (
	"slices"
	"testing"

	"github.com/pocketbase/pocketbase/core"
)

func TestWhatTheDatabaseLacks(t *testing.T) {
	again := func(core.App, *core.MigrationsRunner, string) (bool, error) { return false, nil }
	one, two := &core.Migration{File: "1.go"}, &core.Migration{File: "2.go"}
	for name, c := range map[string]struct {
		applied []string
		all     []*core.Migration
		lacks   bool
	}{
		"new":                {nil, []*core.Migration{one}, true},
		"has all":            {[]string{"2.go", "0.go", "1.go"}, []*core.Migration{one, two}, false},
		"lacks the last":     {[]string{"1.go"}, []*core.Migration{one, two}, true},
		"lacks one between":  {[]string{"2.go"}, []*core.Migration{one, two}, true},
		"one asks each time": {[]string{"1.go"}, []*core.Migration{{File: "1.go", ReapplyCondition: again}}, true},
	} {
		if got := lacks(c.applied, c.all); got != c.lacks {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// A second start applies what a newer program brings, and nothing else.
func TestOpenAppliesWhatIsNew(t *testing.T) {
	dir := t.TempDir()
	applied := func() int {
		t.Helper()
		a, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer a.ResetBootstrapState()
		var n int
		if err := a.DB().NewQuery("SELECT count(*) FROM _migrations").Row(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	first := applied()
	if again := applied(); again != first {
		t.Errorf("%d migrations, then %d", first, again)
	}
	before, ran := core.AppMigrations, 0
	defer func() { core.AppMigrations = before }()
	core.AppMigrations = core.MigrationsList{} // of its own: lists share what they were copied from
	core.AppMigrations.Copy(before)
	core.AppMigrations.Register(func(core.App) error { ran++; return nil }, nil, "9999999999_new.go")
	if now := applied(); now != first+1 || ran != 1 {
		t.Errorf("%d migrations became %d, and the new one ran %d times", first, now, ran)
	}
	if applied(); ran != 1 {
		t.Errorf("it ran %d times", ran)
	}
}

// Nobody but the copier may empty the write-ahead log of a copied database.
func TestACopiedDatabaseIsNotCheckpointed(t *testing.T) {
	jobs := func(open func(string) (core.App, error)) (ids []string) {
		t.Helper()
		a, err := open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		defer a.ResetBootstrapState()
		for _, job := range a.Cron().Jobs() {
			ids = append(ids, job.Id())
			if job.Id() == "foljeOptimize" {
				job.Run()
			}
		}
		return ids
	}
	if ids := jobs(Open); !slices.Contains(ids, optimize) {
		t.Errorf("PocketBase has no job %s any more: %v", optimize, ids)
	}
	if ids := jobs(OpenReplicated); slices.Contains(ids, optimize) || !slices.Contains(ids, "foljeOptimize") {
		t.Errorf("%v", ids)
	}
}
