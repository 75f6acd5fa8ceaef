package e2e_test

import (
	"os"
	"path/filepath"
	"testing"

	"folje/test/browser"
)

// A newer version of the app never takes the page from under somebody who
// writes, not even when another tab of hers asks for it; when the text is
// safe, it comes.
func TestUpdateWaitsForText(t *testing.T) {
	public := filepath.Join(t.TempDir(), "public")
	if err := os.CopyFS(public, os.DirFS("../../public")); err != nil {
		t.Fatal(err)
	}
	w := shop.Beside(t, "--public", public)
	c := w.Colleague(w.Staff("editor", ""))
	c.WaitUntil("navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')")
	c.Reload()
	c.WaitUntil("navigator.serviceWorker.controller")
	c.Begins(w.Ways.Invitations[0].Group)
	c.Fill(c.Title(), "Halvskrivet")
	c.Saved()

	c.Profile().Allow(browser.Request, "ERR_CONNECTION_REFUSED")
	w.Stop()
	const text = "Den här meningen finns bara här."
	c.Fill(c.Paragraph(1, 1), text)
	c.WaitFor("[data-savestate=unsaved] | " + c.Say("staff.save.offline"))
	newer(t, filepath.Join(public, "js", "app.js"))
	browser.Eval[any](c.Page, "void (window.undisturbed = true)")
	w.Start()
	browser.Eval[any](c.Page, "navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => null)")
	c.WaitUntil("navigator.serviceWorker.getRegistration().then((r) => r.waiting)")

	other := c.Profile().Page(browser.Phone())
	other.Navigate(w.URL("/more"))
	if other.Attr("main", "data-view") == "language" {
		other.Click("button |= " + c.Say("locale.name"))
	}
	other.Click("[data-line=update] button |= " + c.Say("line.update_now"))
	other.WaitFor("[data-line=held]")
	if !browser.Eval[bool](c.Page, "window.undisturbed === true") {
		t.Fatal("the page was loaded anew under her text")
	}
	if kept := c.Value(c.Paragraph(1, 1)); kept != text {
		t.Errorf("her text became %q", kept)
	}

	c.Saved()
	c.Click("a.up")
	c.WaitFor("h1 | " + w.Ways.Invitations[0].Group)
	other.Reload()
	other.WaitUntil("document.documentElement.dataset.synced")
	other.Click("[data-line=update] button |= " + c.Say("line.update_now"))
	other.WaitUntil("document.documentElement.dataset.edition === 'newer'")
}

// newer changes a script so that a page can tell which version it runs.
func newer(t *testing.T, script string) {
	t.Helper()
	code, err := os.ReadFile(script)
	if err != nil {
		t.Fatal(err)
	}
	code = append(code, "\ndocument.documentElement.dataset.edition = 'newer'\n"...)
	if err := os.WriteFile(script, code, 0o644); err != nil {
		t.Fatal(err)
	}
}
