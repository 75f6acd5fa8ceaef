package pack

import "errors"

// Answers say by key what a municipality has of a pack's guide.
type Answers map[string]Here

// Here says whether there is such a service here, and what it is called; ""
// leaves it its name in the pack.
type Here struct {
	Have *bool  `json:"have"`
	Name string `json:"name"`
}

// AnswersFile is the name under which an export writes a form for the answers.
const AnswersFile = "answers.json"

// ReadAnswers reads a file of answers about the pack, {"services": {key: {"have":
// true, "name": "…"}}}, as strictly as the pack itself.
func (p *Pack) ReadAnswers(file string, raw []byte) (Answers, error) {
	var form struct {
		Services Answers `json:"services"`
	}
	if at, err := decode(raw, &form); err != nil {
		return nil, Fault{File: file, Line: lineAt(raw, at), Problem: err.Error()}
	}
	found, twice := survey(raw)
	c := &checker{pack: p, lines: map[string]lines{file: found}, file: file}
	for _, field := range twice {
		c.fault(field, "is there twice")
	}
	for _, key := range sortedKeys(form.Services) {
		at, a := "services."+key, form.Services[key]
		if p.GuideEntry(key) == nil {
			c.fault(at, "there is no entry %q in the guide", key)
		}
		if a.Have == nil {
			c.fault(at+".have", "is missing")
		}
		c.length(at+".name", a.Name, maxName)
		if markup.MatchString(a.Name) {
			c.fault(at+".name", "holds HTML; texts are plain")
		}
	}
	return form.Services, errors.Join(c.faults...)
}

// Form is a file of answers that has everything, under the pack's names.
func (p *Pack) Form() ([]byte, error) {
	services := Answers{}
	for _, e := range p.Guide {
		if e.Type == "service" {
			have := true
			services[e.Key] = Here{&have, e.Name}
		}
	}
	return write(map[string]any{"services": services})
}
