package browser

// Kill ends a lasting profile's browser as a system does that needs its
// memory: at once, in the middle of whatever it does.
func (p *Profile) Kill() {
	_ = p.browser.command.Process.Kill() // it may have ended by itself
	<-p.browser.ended
}

// Try is Eval in a page whose browser may be killed meanwhile: it answers why
// there is no value.
func Try[T any](page *Page, expression string) (value T, err error) {
	return value, page.evaluate(expression, &value)
}
