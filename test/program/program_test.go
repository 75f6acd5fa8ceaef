package program_test

import (
	"slices"
	"strings"
	"testing"

	"folje/test/program"
)

func TestRun(t *testing.T) {
	for name, c := range map[string]struct {
		work func(p *program.Program)
		want string
	}{
		"well":    {func(*program.Program) {}, ""},
		"faults":  {func(p *program.Program) { p.Errorf("one") }, "the pages had faults"},
		"stopped": {func(p *program.Program) { p.Fatalf("two %d", 2) }, "two 2"},
	} {
		t.Run(name, func(t *testing.T) {
			p := program.New(t.Context(), t.TempDir())
			var ends []string
			err := p.Run(func() {
				p.Cleanup(func() { ends = append(ends, "first") })
				p.Cleanup(func() { ends = append(ends, "second") })
				c.work(p)
			})
			if got := words(err); got != c.want {
				t.Errorf("the work ended with %q, want %q", got, c.want)
			}
			if !slices.Equal(ends, []string{"second", "first"}) {
				t.Errorf("cleaned up %v", ends)
			}
		})
	}
}

func TestOtherPanicsGoOn(t *testing.T) {
	defer func() {
		if recover() != "other" {
			t.Error("a panic that is no end of the work was swallowed")
		}
	}()
	_ = program.New(t.Context(), t.TempDir()).Run(func() { panic("other") })
}

func words(err error) string {
	if err == nil {
		return ""
	}
	return strings.TrimSpace(err.Error())
}
