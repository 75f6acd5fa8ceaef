package command_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"folje/internal/access"
	"folje/internal/push"
)

var beginning = []string{"--municipality", "Björkhults kommun", "--unit", "Blåsippans förskola", "--name", "Eva Ek", "--email", "eva@bjorkhult.example"}

func initArgs(dir string, more ...string) []string {
	return append(append([]string{"init", "--dir", dir}, beginning...), more...)
}

func TestInitBeginsOnceAndNobodyElseCan(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	out := mustRun(t, initArgs(dir)...)
	password := regexp.MustCompile(`(?m)^  ([a-z2-7]{20})$`).FindStringSubmatch(out)
	if password == nil || !strings.Contains(out, "eva@bjorkhult.example") {
		t.Fatalf("it does not say how to sign in: %s", out)
	}
	for _, file := range []string{access.KeyFile(dir), push.VAPIDFile(dir)} {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", file, info, err)
		}
	}
	if code, out := run(t, initArgs(dir, "--email", "mallory@bjorkhult.example")...); code == 0 || !strings.Contains(out, "already") || strings.Contains(out, "mallory") {
		t.Errorf("somebody else claimed it: %d %s", code, out)
	}
	at := freeAddress(t)
	_, stop := serve(t, "--dir", dir, "--http", at, "--admin", "off", "--hooks", t.TempDir())
	defer stop()
	if code, out := run(t, initArgs(dir)...); code == 0 || !strings.Contains(out, "stop it") {
		t.Errorf("under a server: %d %s", code, out)
	}
	signIn := func(password string) int {
		body := `{"identity":"eva@bjorkhult.example","password":"` + password + `"}`
		answer, err := http.Post("http://"+at+"/api/collections/staff/auth-with-password", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = answer.Body.Close() }()
		return answer.StatusCode
	}
	if right, wrong := signIn(password[1]), signIn("x"+password[1]); right != http.StatusOK || wrong != http.StatusBadRequest {
		t.Errorf("she signs in with %d, others with %d", right, wrong)
	}
}

// A server that was begun by nobody is claimed by nobody who reaches it.
func TestAServerThatWasNotBegunCanNotBeClaimed(t *testing.T) {
	dir, at := filepath.Join(t.TempDir(), "data"), freeAddress(t)
	_, stop := serve(t, "--dir", dir, "--http", at, "--admin", "off", "--hooks", t.TempDir())
	defer stop()
	for _, path := range []string{"/api/collections/staff/records", "/api/collections/_superusers/records", "/api/collections/units/records", "/_/"} {
		body := `{"email":"mallory@bjorkhult.example","password":"mallorymallory","passwordConfirm":"mallorymallory","name":"M","roles":["admin"]}`
		answer, err := http.Post("http://"+at+path, "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode < 400 {
			t.Errorf("%s: %d", path, answer.StatusCode)
		}
	}
}

func TestInitSaysWhatIsMissingOrWrong(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"nothing said":       {[]string{"init"}, "--municipality, --unit, --name, --email"},
		"no e-mail":          {append(initArgs(""), "--email", "Eva Ek <eva@bjorkhult.example>"), "no e-mail address"},
		"a name of blanks":   {append(initArgs(""), "--unit", "  "), "the unit has no name"},
		"a kind there isn't": {append(initArgs(""), "--kind", "bank"), "preschool, school, family_centre"},
		"a long name":        {append(initArgs(""), "--name", strings.Repeat("é", 121)), "longer than 120"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			if code, out := run(t, append(c.args, "--dir", dir)...); code == 0 || !strings.Contains(out, c.want) {
				t.Errorf("%d %s", code, out)
			}
			if code, out := run(t, initArgs(dir)...); code != 0 {
				t.Errorf("and then, right: %s", out)
			}
		})
	}
}
