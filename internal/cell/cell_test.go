package cell_test

import (
	"testing"

	"folje/internal/cell"
)

func TestFormulasBecomeText(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "Anna": "Anna", "a=b": "a=b", "=1+1": "'=1+1", "+46": "'+46", "-": "'-", "@SUM(A1)": "'@SUM(A1)",
		"\tx": "'\tx", "\r=1": "'\r=1", "|cmd": "'|cmd", "%0": "'%0", "＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠a": "'＠a", "'=1": "'=1",
	} {
		if got := cell.Harmless(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
