package pack

import "testing"

// Every text for everybody is there in every language of the app.
func TestDemoContentIsTranslated(t *testing.T) {
	p := loadDemo(t)
	blocks := p.Blocks()
	for i := range p.SupportGroups {
		blocks = append(blocks, p.SupportGroups[i].Texts()...)
	}
	sentences := map[string]bool{}
	for _, b := range blocks {
		for _, s := range b.Segments {
			sentences[s.Text] = true
		}
	}
	there := 0
	for _, l := range p.Locales {
		lacking := 0
		for s := range sentences {
			if l.Sentences[s] == "" {
				lacking++
			}
		}
		if there += len(sentences) - lacking; lacking > 0 {
			t.Errorf("%s: %d of %d sentences of the content are not translated", l.Tag, lacking, len(sentences))
		}
	}
	t.Logf("%d sentences, %d translations into %d locales", len(sentences), there, len(p.Locales))
}
