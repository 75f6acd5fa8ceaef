package command

import (
	"errors"
	"fmt"

	"folje/internal/machine"

	"github.com/spf13/pflag"
)

// translateFlags say what drafts texts that nobody has translated.
type translateFlags struct {
	engine string
	public bool
}

func (t *translateFlags) bind(f *pflag.FlagSet) {
	f.StringVar(&t.engine, "translate", "", "draft missing translations with an engine: libretranslate=URL or apertium=URL, and ,FILE where it wants a key")
	f.BoolVar(&t.public, "translate-public", false, "the engine may have a public address: texts leave the house")
}

// open gives the engine; nil for none.
func (t *translateFlags) open() (machine.Engine, error) {
	if t.engine == "" {
		if t.public {
			return nil, errors.New("--translate-public: say with --translate which engine it is about")
		}
		return nil, nil
	}
	engine, err := machine.Open(t.engine, t.public)
	if err != nil {
		return nil, fmt.Errorf("--translate: %w", err)
	}
	return engine, nil
}
