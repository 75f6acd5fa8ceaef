package browser

import "errors"

// Navigate opens an address and waits until its document has loaded.
func (page *Page) Navigate(url string) {
	page.reporter().Helper()
	var answer struct {
		Error string `json:"errorText"`
	}
	err := page.call("Page.navigate", map[string]any{"url": url}, &answer)
	if err == nil && answer.Error != "" {
		err = errors.New(answer.Error)
	}
	if err == nil {
		err = page.loaded()
	}
	if err != nil {
		page.fatal("navigate to "+url, err)
	}
}

// Reload loads the page anew, as pulling it down does.
func (page *Page) Reload() {
	page.reporter().Helper()
	err := page.evaluate(`void (window.leftBehind = true)`, nil)
	if err == nil {
		err = page.call("Page.reload", nil, nil)
	}
	if err == nil {
		_, err = bounded[bool](page, "until(() => !window.leftBehind)")
	}
	if err == nil {
		err = page.loaded()
	}
	if err != nil {
		page.fatal("reload", err)
	}
}

func (page *Page) loaded() error {
	_, err := bounded[bool](page, "until(() => document.readyState === 'complete')")
	return err
}

// URL answers the page's address, with its fragment.
func (page *Page) URL() string {
	page.reporter().Helper()
	return Eval[string](page, "location.href")
}
