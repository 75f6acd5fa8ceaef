package main

import (
	"strings"
	"testing"
	"time"
)

func TestReplace(t *testing.T) {
	first := replace("# Performance\n", "one\n")
	second := replace(first+"\n## More\n", "two\n")
	for _, want := range []string{"# Performance\n", "two\n", "## More\n"} {
		if !strings.Contains(second, want) {
			t.Errorf("%q is missing in:\n%s", want, second)
		}
	}
	if strings.Contains(second, "one") || strings.Count(second, begins) != 1 {
		t.Errorf("the old table is still there:\n%s", second)
	}
}

func TestRead(t *testing.T) {
	v := visit{name: "first visit"}
	raw := `{"categories":{"performance":{"score":0.98},"accessibility":{"score":1},"best-practices":{"score":1}},
		"audits":{"first-contentful-paint":{"displayValue":"0.8 s"}}}`
	if err := v.read([]byte(raw)); err != nil {
		t.Fatal(err)
	}
	if v.tooLow() == nil {
		t.Error("0.98 passes")
	}
	if row := table(time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), []visit{v}); !strings.Contains(row, "| first visit | 0.98 | 1.00 | 1.00 | 0.8 s |") {
		t.Errorf("the table says:\n%s", row)
	}
	if err := v.read([]byte(`{"categories":{"performance":{"score":null}}}`)); err == nil {
		t.Error("a missing score passes")
	}
}
