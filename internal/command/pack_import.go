package command

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"folje/internal/exchange"
	"folje/internal/folder"
	"folje/internal/pack"

	"github.com/pocketbase/pocketbase/core"
)

// errNothing says that somebody said no.
var errNothing = errors.New("nothing was changed")

// importer takes a pack over, talking to whoever started it.
type importer struct {
	in      io.Reader
	out     io.Writer
	yes     bool
	answers string
	locales []string
}

func (i *importer) run(dir, from string, now time.Time) (err error) {
	p, err := loadPack(from)
	if err != nil {
		return fmt.Errorf("the pack is refused, nothing was changed:\n%w", err)
	}
	answers, err := i.read(p)
	if err != nil {
		return err
	}
	if _, err := os.Stat(dir); err != nil {
		return fmt.Errorf("read the data folder: %w", err)
	}
	o, err := openFolder(dir, folder.Serve, i.out)
	if err != nil {
		return fmt.Errorf("stop the server first: %w", err)
	}
	defer func() { err = errors.Join(err, o.close()) }()
	lines := bufio.NewScanner(i.in)
	if !i.yes {
		if err := i.ask(o.App, p, answers, lines); err != nil {
			return err
		}
	}
	plan, err := exchange.Prepare(o.App, p, answers, i.locales)
	if err != nil {
		return err
	}
	i.show(p, plan)
	if !i.yes {
		fmt.Fprint(i.out, "Take it over? / Ta över? [y/N] ")
		if said, err := line(lines); err != nil || !yes(said) {
			return errors.Join(err, errNothing)
		}
	}
	result, err := plan.Apply(o.App, now)
	if err != nil {
		return err
	}
	i.tell(plan, result)
	return nil
}

// read reads the file of answers, if there is one.
func (i *importer) read(p *pack.Pack) (pack.Answers, error) {
	if i.answers == "" {
		return pack.Answers{}, nil
	}
	raw, err := os.ReadFile(i.answers)
	if err != nil {
		return nil, fmt.Errorf("read the answers: %w", err)
	}
	answers, err := p.ReadAnswers(i.answers, raw)
	if err != nil {
		return nil, fmt.Errorf("the answers are refused, nothing was changed:\n%w", err)
	}
	if answers == nil {
		answers = pack.Answers{}
	}
	return answers, nil
}

// ask asks for each service of which nobody has said yet whether it is here.
func (i *importer) ask(app core.App, p *pack.Pack, answers pack.Answers, lines *bufio.Scanner) error {
	services, err := exchange.Unanswered(app, p, answers)
	if err != nil || len(services) == 0 {
		return err
	}
	fmt.Fprintf(i.out, "For each service: Enter = we have it, a name = ours is called that, - = we don't have it.\n"+
		"För varje insats: Enter = vi har den, ett namn = vår heter så, - = vi har den inte.\n\n")
	for _, e := range services {
		name := e.Name
		if name == "" {
			name = e.Title
		}
		fmt.Fprintf(i.out, "%s (%s) ? ", name, e.Title)
		said, err := line(lines)
		if err != nil {
			return errors.Join(err, errNothing)
		}
		have := said != "-"
		if !have {
			said = ""
		}
		answers[e.Key] = pack.Here{Have: &have, Name: said}
	}
	return nil
}

// line reads what was typed.
func line(lines *bufio.Scanner) (string, error) {
	if !lines.Scan() {
		return "", errors.Join(lines.Err(), errors.New("nobody answers: say --yes, and --answers FILE"))
	}
	return strings.TrimSpace(lines.Text()), nil
}

func yes(said string) bool {
	switch strings.ToLower(said) {
	case "y", "yes", "j", "ja":
		return true
	}
	return false
}

// show says what the import would do.
func (i *importer) show(p *pack.Pack, plan *exchange.Plan) {
	fmt.Fprintf(i.out, "\n%s, %s\n%s\n\n", p.Name, p.Licence, p.Note)
	for _, c := range plan.Changes {
		if c.What != exchange.Same {
			fmt.Fprintf(i.out, "  %-9s %-9s %s\n", c.What, c.Kind, c.Title)
		}
	}
	for _, s := range plan.Left {
		fmt.Fprintf(i.out, "  left out, for it names what isn't here: %s\n", s)
	}
	if len(plan.Unknown) > 0 {
		fmt.Fprintf(i.out, "  languages that the app doesn't have: %s\n", strings.Join(plan.Unknown, ", "))
	}
	fmt.Fprintf(i.out, "\n%d new, %d changed, %d as they are here, %d edited here and %d changed by both (they stay), %d removed here, %d not here.\n",
		plan.Count(exchange.New), plan.Count(exchange.Changed), plan.Count(exchange.Same), plan.Count(exchange.Edited),
		plan.Count(exchange.Conflict), plan.Count(exchange.Removed), plan.Count(exchange.Declined))
}

// tell says what the import did, and what is left to do.
func (i *importer) tell(plan *exchange.Plan, r exchange.Result) {
	fmt.Fprintf(i.out, "Taken over. %d translations, %d of them reviewed elsewhere: they want confirming here.\n", r.Texts, r.Reviewed)
	if len(r.Unreachable) > 0 {
		fmt.Fprintf(i.out, "Nobody can reach these yet; write their numbers in the guide: %s\n", strings.Join(r.Unreachable, ", "))
	}
	if len(r.Homeless) > 0 {
		fmt.Fprintf(i.out, "These activities were left out, for there is no such unit here: %s\n", strings.Join(r.Homeless, ", "))
	}
	for _, c := range plan.Changes {
		if c.Kind == "activity" && c.What == exchange.New {
			fmt.Fprintln(i.out, "The activities are hidden until somebody has looked at their times.")
			break
		}
	}
	fmt.Fprintln(i.out, "Start the server now.")
}
