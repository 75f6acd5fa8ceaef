package command

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"folje/internal/folder"
	"folje/internal/locale"
	"folje/internal/message"

	"github.com/spf13/cobra"
)

// localesFrom says which locale files are meant: the program's or those of a
// folder, with what was edited in a data folder laid over them.
type localesFrom struct {
	program fs.FS
	folder  string
	dir     *string
}

func localesCommand(dir *string, files Files) *cobra.Command {
	from := &localesFrom{program: files.Locales, dir: dir}
	cmd := &cobra.Command{
		Use:   "locales",
		Short: "Check the interface's messages, and exchange them with translators' programs",
		Long: "Check the interface's messages, and exchange them with translators' programs.\n\n" +
			"Where --dir is said, what translators edited in that data folder is laid over the files.",
	}
	cmd.PersistentFlags().StringVar(&from.folder, "locales", "", "a folder of locale files, instead of the program's own")
	cmd.AddCommand(
		&cobra.Command{
			Use: "check", Args: cobra.NoArgs,
			Short: "Name every message that is missing, lacks a plural form, lost a placeholder or says another number",
			RunE: func(c *cobra.Command, _ []string) error {
				catalogs, err := from.catalogs(c)
				if err != nil {
					return err
				}
				return checkLocales(catalogs, c.OutOrStdout())
			},
		},
		&cobra.Command{
			Use: "table", Args: cobra.NoArgs,
			Short: "Print how much of every locale is translated and reviewed",
			RunE: func(c *cobra.Command, _ []string) error {
				catalogs, err := from.catalogs(c)
				if err != nil {
					return err
				}
				fmt.Fprint(c.OutOrStdout(), locale.CoverageTable(catalogs))
				return nil
			},
		},
		exportLocales(from),
		&cobra.Command{
			Use: "import FILE.xliff…", Args: cobra.MinimumNArgs(1),
			Short: "Take over what translators' programs made of exported files, into the folder of --locales",
			RunE: func(c *cobra.Command, args []string) error {
				if from.folder == "" {
					return fmt.Errorf("say with --locales which folder of locale files is to take them")
				}
				return importLocales(from.folder, args, c.OutOrStdout())
			},
		})
	return cmd
}

func exportLocales(from *localesFrom) *cobra.Command {
	var to string
	cmd := &cobra.Command{
		Use: "export [TAG…]", Short: "Write locales as XLIFF 1.2, which Weblate and other translators' programs read",
		RunE: func(c *cobra.Command, tags []string) error {
			catalogs, err := from.catalogs(c)
			if err != nil {
				return err
			}
			return writeXLIFF(catalogs, tags, to, c.OutOrStdout())
		},
	}
	cmd.Flags().StringVar(&to, "to", ".", "the folder to write to")
	return cmd
}

// catalogs reads the files, and lays over them what was edited in the data
// folder that the command line names.
func (f *localesFrom) catalogs(c *cobra.Command) (all map[string]*locale.Catalog, err error) {
	fsys := f.program
	if f.folder != "" {
		fsys = os.DirFS(f.folder)
	}
	if all, err = locale.ReadCatalogs(fsys); err != nil {
		return nil, err
	}
	if all[locale.Source] == nil {
		return nil, fmt.Errorf("there is no %s.json", locale.Source)
	}
	if !c.Flags().Changed("dir") {
		return all, nil
	}
	if _, err := os.Stat(*f.dir); err != nil {
		return nil, fmt.Errorf("read the data folder: %w", err)
	}
	a, err := openFolder(*f.dir, folder.Use, c.ErrOrStderr())
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	return message.Merged(a.App, all)
}

// checkLocales prints every fault and fails where one isn't soft.
func checkLocales(catalogs map[string]*locale.Catalog, out io.Writer) error {
	faults, err := locale.FaultsOf(catalogs)
	if err != nil {
		return err
	}
	hard := 0
	for _, f := range faults {
		hint := ""
		if f.Soft {
			hint = " (have a look)"
		} else {
			hard++
		}
		fmt.Fprintln(out, f.String()+hint)
	}
	if hard > 0 {
		return fmt.Errorf("%d faults in the locale files, and %d places to look at", hard, len(faults)-hard)
	}
	fmt.Fprintf(out, "no faults, %d places to look at\n", len(faults))
	return nil
}

func writeXLIFF(catalogs map[string]*locale.Catalog, tags []string, to string, out io.Writer) error {
	source := catalogs[locale.Source]
	if len(tags) == 0 {
		tags = slices.DeleteFunc(slices.Sorted(maps.Keys(catalogs)), func(tag string) bool { return tag == locale.Source })
	}
	for _, tag := range tags {
		c := cmp.Or(catalogs[tag], &locale.Catalog{Tag: tag})
		raw, err := locale.Export(source, c)
		if err != nil {
			return fmt.Errorf("export %s: %w", tag, err)
		}
		name := filepath.Join(to, tag+".xliff")
		if err := os.WriteFile(name, raw, 0o644); err != nil {
			return fmt.Errorf("export %s: %w", tag, err)
		}
		fmt.Fprintln(out, name)
	}
	return nil
}

// importLocales takes all files over, or none.
func importLocales(folder string, names []string, out io.Writer) error {
	catalogs, err := locale.ReadCatalogs(os.DirFS(folder))
	if err != nil {
		return err
	}
	source := catalogs[locale.Source]
	if source == nil {
		return fmt.Errorf("%s has no %s.json", folder, locale.Source)
	}
	written := map[string][]byte{}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		tag, err := locale.ImportedTag(raw)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		c, err := locale.Import(raw, source, catalogs[tag])
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if written[tag], err = c.Write(); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(written)) {
		path := filepath.Join(folder, tag+".json")
		if err := os.WriteFile(path+".new", written[tag], 0o644); err != nil {
			return err
		}
		if err := os.Rename(path+".new", path); err != nil {
			return err
		}
		fmt.Fprintln(out, path)
	}
	return nil
}
