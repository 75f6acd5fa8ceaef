package town

import "folje/test/browser"

// StrangerOn is [Town.Stranger] in a browser that is there already, who may be
// signed in since she used it last.
func (w *Town) StrangerOn(profile *browser.Profile, device browser.Device, tag string) *Colleague {
	w.r.Helper()
	device.Locale = tag
	return &Colleague{Page: profile.Page(device), Tag: tag, town: w}
}

// Translator signs a translator of Arabic in on a device that speaks Swedish,
// and shows her queue.
func (w *Town) Translator(device browser.Device) *Colleague {
	w.r.Helper()
	c := w.Stranger("sv", device)
	c.ToQueue()
	return c
}

// ToQueue opens the queue, and signs the translator in where she is asked to.
func (c *Colleague) ToQueue() {
	c.town.r.Helper()
	c.Who = c.town.Staff("translator", "")
	c.Navigate(c.town.URL("/translate"))
	c.SignsIn()
	c.WaitFor("[data-part=open] [data-task]")
}

// OpensDesk opens a letter's texts in a locale.
func (c *Colleague) OpensDesk(letter, locale string) {
	c.town.r.Helper()
	c.Navigate(c.town.URL("/translate/" + letter + "/" + locale))
	c.WaitFor("article.place")
}

// Done waits until so many of the places on the desk need nobody any more.
func (c *Colleague) Done(count string) {
	c.town.r.Helper()
	c.WaitFor("#progress-words[data-done='" + count + "']")
}
