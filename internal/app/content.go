package app

import (
	"maps"

	"folje/internal/access"
	"folje/internal/activity"
	"folje/internal/attachment"
	"folje/internal/glossary"
	"folje/internal/guide"
	"folje/internal/letter"
	"folje/internal/meeting"
	"folje/internal/outbox"
	"folje/internal/phrase"
	"folje/internal/question"
	"folje/internal/recording"
	"folje/internal/sync"
	"folje/internal/theme"
	"folje/internal/translation"
	"folje/internal/wish"

	"github.com/pocketbase/pocketbase/core"
)

// content is what the features that staff write in give to others.
type content struct {
	sources   map[string]sync.Source // for the feeds, by collection
	kinds     map[string]outbox.Kind // of the outbox's rows
	plain     *guide.Plain
	questions *question.Helper
}

// registerContent binds letters, meetings and whatever else staff write.
func registerContent(app core.App, cfg Config, index *access.Index) content {
	ofLetters := letter.Config{Locales: cfg.Locales, Now: cfg.Now, Undo: cfg.Undo, Recordings: recordings, Sent: index.WriteSent}
	ofMeetings := meeting.Config{Locales: cfg.Locales, Authenticate: index.Authenticate, Now: cfg.Now, Undo: cfg.Undo}
	ofGuide := guide.Config{Locales: cfg.Locales, Origin: cfg.Origin, Now: cfg.Now}
	sources := map[string]sync.Source{
		"letters":    letter.Register(app, ofLetters),
		"meetings":   meeting.Register(app, ofMeetings),
		"glossary":   glossary.Register(app, glossary.Config{Locales: cfg.Locales}),
		"activities": activity.Register(app, activity.Config{Locales: cfg.Locales, Now: cfg.Now}),
	}
	themes := theme.Register(app, theme.Config{Locales: cfg.Locales, Now: cfg.Now})
	guides := guide.Register(app, ofGuide)
	phrase.Register(app, phrase.Config{Locales: cfg.Locales})
	recording.Register(app, recording.Config{Locales: cfg.Locales, Letters: letter.Work(), Authenticate: index.Authenticate, Now: cfg.Now})
	attachment.Register(app, attachment.Config{Locales: cfg.Locales, Letter: carried, Authenticate: index.Authenticate, Now: cfg.Now})
	wish.Register(app, cfg.Locales)
	return content{
		sources:   merged(sources, themes, guides),
		kinds:     merged(letter.Kinds(ofLetters), meeting.Kinds(ofMeetings)),
		plain:     guide.NewPlain(app, ofGuide),
		questions: question.Register(app, question.Config{Locales: cfg.Locales}),
	}
}

// recordings are a letter's for the feeds.
func recordings(app core.App, id string, places []translation.Place) (any, error) {
	all, err := recording.Published(app, id, places)
	if len(all) == 0 {
		return nil, err
	}
	return all, err
}

// carried is what a letter says of its attachments.
func carried(app core.App, id string) (attachment.Use, error) {
	c, err := letter.Carries(app, id)
	return attachment.Use(c), err
}

// merged is what all features have, by its name: kinds of the outbox, sources
// of the feeds.
func merged[V any](features ...map[string]V) map[string]V {
	all := map[string]V{}
	for _, kinds := range features {
		maps.Copy(all, kinds)
	}
	return all
}
