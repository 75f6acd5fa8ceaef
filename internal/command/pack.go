package command

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"folje/internal/exchange"
	"folje/internal/folder"
	"folje/internal/pack"
	"folje/internal/zone"

	"github.com/spf13/cobra"
)

func packCommand(dir *string, files Files) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "pack",
		Short: "Give the guide, themes, bank and school words to other municipalities, and take over theirs",
		Long: "Give the guide, worries, themes, activities' texts, the bank of questions and sentences and the school words,\n" +
			"with their translations, to other municipalities, and take over theirs: as a folder of files that people can read.\n" +
			"Never letters, meetings, staff, requests or anything personal. docs/decisions/packs.md tells how.\n\n" +
			"Ge guiden, orosämnen, teman, aktiviteternas texter, banken med frågor och meningar och skolorden, med översättningar,\n" +
			"till andra kommuner, och ta över deras: som en mapp med filer som går att läsa. Aldrig brev, möten, personal,\n" +
			"förfrågningar eller något annat personligt.",
	}
	cmd.AddCommand(packExport(dir), packImport(dir, files))
	return cmd
}

func packExport(dir *string) *cobra.Command {
	var about exchange.About
	cmd := &cobra.Command{
		Use: "export FOLDER", Args: cobra.ExactArgs(1),
		Short: "Write the municipality's content into a new folder, also while it is served",
		Long: "Write the municipality's content into a new folder, also while it is served. Telephone numbers, addresses and\n" +
			"places of its own stay out. answers.json in the folder is a form that whoever takes it over can fill in.\n\n" +
			"Skriv kommunens innehåll till en ny mapp, också medan servern är igång. Egna telefonnummer, adresser och platser\n" +
			"följer inte med. answers.json i mappen är ett formulär som den som tar över kan fylla i.",
		RunE: func(cmd *cobra.Command, args []string) error {
			if strings.TrimSpace(about.Licence) == "" {
				return errors.New("--licence: say under which licence others may use the texts, such as CC0-1.0")
			}
			return exportPack(*dir, args[0], about, cmd.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&about.Licence, "licence", "CC0-1.0", "under which licence others may use the texts (SPDX)")
	cmd.Flags().StringVar(&about.Note, "note", "Texts of a municipality, for others to take over and adapt.", "what whoever finds the pack must know first")
	return cmd
}

func exportPack(dir, to string, about exchange.About, out io.Writer) (err error) {
	if _, err := os.Stat(dir); err != nil {
		return fmt.Errorf("read the data folder: %w", err)
	}
	if err := empty(to); err != nil {
		return err
	}
	o, err := openFolder(dir, folder.Use, out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	p, left, err := exchange.Export(o.App, about)
	if err != nil {
		return err
	}
	if err := writePack(p, to); err != nil {
		return err
	}
	for _, s := range left {
		fmt.Fprintf(out, "left out, for it names what is hidden or gone: %s\n", s)
	}
	for _, f := range p.Personal() {
		fmt.Fprintf(out, "look at it before you give the pack away: %v\n", f)
	}
	fmt.Fprintf(out, "%d entries, %d worries, %d themes, %d activities, %d questions, %d sentences, %d school words in %d languages are in %s.\n",
		len(p.Guide), len(p.Worries), len(p.Themes), len(p.Activities), len(p.Questions), len(p.Phrases), len(p.Words), len(p.Locales)+1, to)
	return nil
}

// empty refuses a place that holds something already.
func empty(to string) error {
	entries, err := os.ReadDir(to)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look into %s: %w", to, err)
	}
	if len(entries) > 0 {
		return fmt.Errorf("%s is not empty: name a new folder", to)
	}
	return nil
}

// writePack writes the pack beside the place, reads it as an import would, and
// only then gives it its name.
func writePack(p *pack.Pack, to string) (err error) {
	files, err := p.Files()
	if err != nil {
		return err
	}
	if files[pack.AnswersFile], err = p.Form(); err != nil {
		return err
	}
	temp, err := os.MkdirTemp(filepath.Dir(filepath.Clean(to)), ".pack")
	if err != nil {
		return fmt.Errorf("make a folder for the pack: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	for name, raw := range files {
		path := filepath.Join(temp, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("make a folder for the pack: %w", err)
		}
		if err := os.WriteFile(path, raw, 0o644); err != nil {
			return fmt.Errorf("write the pack: %w", err)
		}
	}
	if _, err := loadPack(temp); err != nil {
		return fmt.Errorf("what is in the app can't stand in a pack; mend it there and try again:\n%w", err)
	}
	if err := os.Chmod(temp, 0o755); err != nil {
		return fmt.Errorf("write the pack: %w", err)
	}
	if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write the pack: %w", err)
	}
	if err := os.Rename(temp, to); err != nil {
		return fmt.Errorf("write the pack: %w", err)
	}
	return nil
}

// loadPack reads a pack, and nothing outside its folder.
func loadPack(from string) (p *pack.Pack, err error) {
	root, err := os.OpenRoot(from)
	if err != nil {
		return nil, fmt.Errorf("open the pack: %w", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	return pack.Load(root.FS())
}

func packImport(dir *string, files Files) *cobra.Command {
	var yes bool
	var answers string
	cmd := &cobra.Command{
		Use: "import FOLDER", Args: cobra.ExactArgs(1),
		Short: "Take over another municipality's content, after showing what changes; the server must be stopped",
		Long: "Take over another municipality's content, after showing what changes; the server must be stopped. It asks for each\n" +
			"service whether there is one here, and what it is called. What was edited here stays, and is listed.\n\n" +
			"Ta över en annan kommuns innehåll; först visas vad som ändras. Servern måste vara stoppad. För varje insats frågas\n" +
			"om den finns här och vad den heter. Det som har ändrats här får stå kvar, och räknas upp.",
		RunE: func(cmd *cobra.Command, args []string) error {
			i := importer{in: cmd.InOrStdin(), out: cmd.OutOrStdout(), yes: yes, answers: answers}
			tags, err := fs.Glob(files.Locales, "*.json")
			if err != nil {
				return fmt.Errorf("list locales: %w", err)
			}
			for _, tag := range tags {
				i.locales = append(i.locales, strings.TrimSuffix(tag, ".json"))
			}
			slices.Sort(i.locales)
			return i.run(*dir, args[0], time.Now().In(zone.Stockholm()))
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "don't ask: what no answer is given to is there, under the pack's name")
	cmd.Flags().StringVar(&answers, "answers", "", "a file of answers, such as the answers.json of the pack, filled in")
	return cmd
}
