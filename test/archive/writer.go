package archive

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"folje/internal/pack"
	"folje/packs"
)

// Writer invents sentences. It takes those of the demo's pack as a mould and
// puts other words of the pack into half of their places, so that a year of
// letters is as varied as people's, or more, and as long.
type Writer struct {
	dice      *rand.Rand
	sentences map[string][]string // by locale
	words     map[string][]string
}

// NewWriter makes a writer; one of the same seed writes the same.
func NewWriter(seed uint64) (*Writer, error) {
	files, err := fs.Sub(packs.Demo, packs.DemoDir)
	if err != nil {
		return nil, fmt.Errorf("open the demo's pack: %w", err)
	}
	p, err := pack.Load(files)
	if err != nil {
		return nil, fmt.Errorf("read the demo's pack: %w", err)
	}
	w := &Writer{dice: rand.New(rand.NewPCG(seed, 0)), sentences: map[string][]string{}, words: map[string][]string{}}
	sources := map[string]bool{}
	p.Words = nil // letters don't speak as a dictionary does
	for _, t := range p.Translations() {
		if strings.Contains(t.Source, "{") { // a day's mark
			continue
		}
		w.sentences[t.Locale] = append(w.sentences[t.Locale], t.Text)
		if !sources[t.Source] {
			sources[t.Source] = true
			w.sentences[pack.Source] = append(w.sentences[pack.Source], t.Source)
		}
	}
	for locale, sentences := range w.sentences {
		seen := map[string]bool{}
		for _, s := range sentences {
			for _, word := range strings.Fields(s) {
				if word = strings.Trim(word, marks); word != "" && !seen[word] {
					seen[word] = true
					w.words[locale] = append(w.words[locale], word)
				}
			}
		}
		slices.Sort(w.words[locale])
	}
	return w, nil
}

const marks = ".,:;!?()–-\"’”،؟؛"

// Sentence invents a sentence in the locale.
func (w *Writer) Sentence(locale string) string {
	mould := strings.Fields(w.sentences[locale][w.dice.IntN(len(w.sentences[locale]))])
	for i, word := range mould {
		bare := strings.Trim(word, marks)
		if bare == "" || w.dice.IntN(2) == 0 {
			continue
		}
		mould[i] = strings.Replace(word, bare, w.words[locale][w.dice.IntN(len(w.words[locale]))], 1)
	}
	s := strings.TrimRight(strings.Join(mould, " "), marks)
	if locale == pack.Source { // where the next one begins is seen by its capital
		first, size := utf8.DecodeRuneInString(s)
		s = string(unicode.ToUpper(first)) + s[size:]
	}
	return s + "."
}

// Line invents a sentence of the source locale that fits into a title.
func (w *Writer) Line() string {
	for {
		if s := w.Sentence(pack.Source); len(s) <= line {
			return s
		}
	}
}

// line is how long a title is here at most, in bytes.
const line = 80

// Text invents sentences of the source locale, about so many bytes in all.
func (w *Writer) Text(bytes int) string {
	var out []string
	for n := 0; n < bytes; {
		s := w.Sentence(pack.Source)
		out = append(out, s)
		n += len(s) + 1
	}
	return strings.Join(out, " ")
}

// Translation invents a text in the locale that is as long as the source's
// translations of the pack are.
func (w *Writer) Translation(locale, source string) string {
	want := int(float64(len(source)) * average(w.sentences[locale]) / average(w.sentences[pack.Source]))
	var out []string
	for n := 0; n < want; {
		word := w.words[locale][w.dice.IntN(len(w.words[locale]))]
		if n == 0 || w.dice.IntN(3) == 0 { // a few words as somebody wrote them
			s := strings.Fields(w.sentences[locale][w.dice.IntN(len(w.sentences[locale]))])
			at := w.dice.IntN(len(s))
			word = strings.Join(s[at:min(at+3, len(s))], " ")
		}
		out = append(out, word)
		n += len(word) + 1
	}
	return strings.TrimRight(strings.Join(out, " "), marks) + "."
}

// average is how long the texts are, in bytes.
func average(texts []string) float64 {
	bytes := 0
	for _, t := range texts {
		bytes += len(t)
	}
	return float64(bytes) / float64(len(texts))
}
