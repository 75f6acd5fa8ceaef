package municipality_test

import (
	"context"
	"database/sql"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/apptest"
	"folje/internal/municipality"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const route = "/api/folje/v1/staff/admin/import"

// preschool is a whole one, as a spreadsheet program saves it.
const preschool = "\"Enhet\";\"Typ\";\"Myndighet\";\"Grupp\";\"Barn\";\"Namn\";\"E-post\";\"Roll\";\"Anteckning\"\r\n" +
	"Ängens förskola;Förskola;Barn- och utbildningsnämnden;Blåsippan;18;Åsa Öberg;asa@bjorkhult.example;;hej\r\n" +
	"Ängens förskola;;;Tallen;15;;;;\r\n" +
	"ängens  förskola;;;Granen;12;Per Ek;PER@bjorkhult.example;Samordnare;\r\n" +
	"Ängens förskola;;;Eken;;Per Ek;per@bjorkhult.example;Skriver;\r\n" +
	";;;;;;;;\r\n" +
	"Ängens förskola;;;\"Lönnen; de yngsta\";9;;;;\r\n"

type world struct {
	*testing.T
	app     core.App
	handler http.Handler
	tokens  map[string]string
	invited []string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	app := apptest.New(t)
	keys, err := access.NewKeys(make([]byte, access.KeyLength))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{T: t, app: app, tokens: map[string]string{"nobody": ""}}
	municipality.Register(app, municipality.Config{
		Locales: apptest.Locales(t), Keys: keys, Now: func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) },
		Invite: func(tx core.App, _ *core.Record, name, email string, roles, locales []string, unit string) (bool, error) {
			w.invited = append(w.invited, strings.TrimSpace(strings.Join([]string{name, email, strings.Join(roles, "+"), strings.Join(locales, "+")}, " ")))
			return true, nil
		},
	})
	unit := apptest.MustUnit(t, app, "Backen")
	for _, role := range []string{"admin", "editor", "translator", "coordinator", "steget"} {
		w.tokens[role] = apptest.MustToken(t, apptest.MustStaff(t, app, role+"@example.org", []string{role}, unit))
	}
	w.handler = apptest.Handler(t, app)
	return w
}

func (w *world) imports(file []byte, apply bool) apptest.Answer {
	w.Helper()
	return apptest.Ask(w.T, w.handler, w.tokens["admin"], http.MethodPost, route,
		map[string]any{"file": base64.StdEncoding.EncodeToString(file), "apply": apply})
}

func (w *world) count(collection string) int {
	w.Helper()
	n, err := w.app.CountRecords(collection)
	if err != nil {
		w.Fatal(err)
	}
	return int(n)
}

func TestASheetSetsUpAPreschoolInWhateverItIsWritten(t *testing.T) {
	ansi, err := charmap.Windows1252.NewEncoder().String(preschool)
	if err != nil {
		t.Fatal(err)
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(strings.ReplaceAll(preschool, "\"Lönnen; de yngsta\"", "Lönnen"), ";", "\t"))
	if err != nil {
		t.Fatal(err)
	}
	for encoding, file := range map[string]string{"utf-8": preschool, "utf-8 ": "\ufeff" + preschool, "windows-1252": ansi, "utf-16": wide} {
		t.Run(encoding, func(t *testing.T) {
			w := newWorld(t)
			before := w.count("units")
			a := w.imports([]byte(file), false)
			if a.Status != http.StatusOK || a.Get("encoding") != strings.TrimSpace(encoding) || len(a.Get("errors").([]any)) != 0 || a.Get("applied") != false {
				t.Fatalf("looked at: %d %s", a.Status, a.Body)
			}
			if w.count("units") != before || w.count("groups") != 0 || len(w.invited) != 0 {
				t.Fatal("looking changed something")
			}
			for range 2 { // the second time there is nothing left to do
				if a = w.imports([]byte(file), true); a.Status != http.StatusOK || a.Get("applied") != true {
					t.Fatalf("carried out: %d %s", a.Status, a.Body)
				}
			}
			if w.count("units") != before+1 || w.count("groups") != 5 || w.count("invites") != 5 {
				t.Errorf("%d units, %d groups, %d invitations", w.count("units")-before, w.count("groups"), w.count("invites"))
			}
			group, err := w.app.FindFirstRecordByData("groups", "name", "Blåsippan")
			if err != nil || group.GetInt("children") != 18 {
				t.Errorf("Blåsippan: %v %v", group, err)
			}
			want := "Åsa Öberg asa@bjorkhult.example editor|Per Ek per@bjorkhult.example coordinator+editor"
			if got := strings.Join(w.invited[:2], "|"); got != want {
				t.Errorf("invited %s", got)
			}
		})
	}
}

func TestFaultsAreToldRowByRowAndNothingIsMade(t *testing.T) {
	w := newWorld(t)
	before := w.count("units")
	a := w.imports([]byte(strings.Join([]string{
		"Enhet,Typ,Grupp,Barn,Årskurs,Namn,E-post,Roll,Språk",
		"Skogens skola,Skola,1A,20,1,,,",
		"Skogens skola,Bank,,,,,,",
		"Skogens skola,Förskola,,,,,,",
		",,2A,,,,,",
		"Skogens skola,,2A,många,,,,",
		"Skogens skola,,2B,,4-2,,,",
		"Skogens skola,,,7,,,,",
		"Skogens skola,,1A,21,,,,",
		"Skogens skola,,,,,Eva,eva,",
		"Skogens skola,,,,,,x@bjorkhult.example,",
		"Skogens skola,,,,,Eva,,",
		"Skogens skola,,,,,Eva,e@bjorkhult.example,Trollkarl",
		"Skogens skola,,,,,Eva,a@bjorkhult.example,",
		"Skogens skola,,,,,Ivar,a@bjorkhult.example,",
		"Skogens skola," + strings.Repeat("x", 3) + ",,,,,,Skriver",
		strings.Repeat("å", 121) + ",,,,,,,",
		"Skogens skola,,,,,Bo,b@bjorkhult.example,Översättare,",
		"Skogens skola,,,,,Bo,b@bjorkhult.example,Översättare,\"arabiska, klingon\"",
		"Skogens skola,,,,,Bo,b@bjorkhult.example,Översättare,svenska",
		"Skogens skola,,,,,Bo,b@bjorkhult.example,Skriver,arabiska",
		"Skogens skola,,,,,,,,arabiska",
	}, "\n")), true)
	want := []string{"3 kind error.import_kind", "4 kind error.import_differs", "5 unit error.import_unit_missing",
		"6 children error.import_children", "7 years error.import_years", "8 group error.import_group_missing", "9 group error.import_differs",
		"10 email error.import_email", "11 name error.import_name_missing", "12 email error.import_email_missing", "13 role error.import_role",
		"15 email error.import_email_twice", "16 kind error.import_kind", "16 email error.import_email_missing", "17 unit error.import_cell_long",
		"18 languages error.import_languages_missing", "19 languages error.import_language", "20 languages error.import_language",
		"21 languages error.import_languages_role", "22 email error.import_email_missing"}
	var got []string
	for _, x := range a.Get("errors").([]any) {
		fault := x.(map[string]any)
		got = append(got, strings.Join([]string{number(fault["row"]), fault["column"].(string), fault["code"].(string)}, " "))
		if message := fault["message"].(string); message == "" || message == fault["code"] || strings.Contains(message, "{{") {
			t.Errorf("no words: %v", fault)
		}
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if a.Get("applied") != false || w.count("units") != before || w.count("groups") != 0 || len(w.invited) > 0 {
		t.Errorf("something was made: %s", a.Body)
	}
}

func TestWhatIsNoSheetIsRefused(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]struct{ file, code string }{
		"a spreadsheet program's own": {"PK\x03\x04\x14\x00\x06\x00\x08\x00\xff\xfe", "error.import_no_text"},
		"nothing":                     {"", "error.import_empty"},
		"headings only":               {"Enhet;Grupp\n\n;\n", "error.import_empty"},
		"no headings":                 {"Ängen;Tallen\nÄngen;Granen\n", "error.import_no_unit_column"},
		"far too long":                {"Enhet\n" + strings.Repeat("Ängen\n", 2001), "error.import_too_long"},
	} {
		if a := w.imports([]byte(c.file), true); a.Status != http.StatusBadRequest || a.Get("code") != c.code {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	if a := w.imports(make([]byte, 513<<10), false); a.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("too large: %d", a.Status)
	}
}

func TestOnlyAdministratorsImport(t *testing.T) {
	w := newWorld(t)
	body := map[string]any{"file": base64.StdEncoding.EncodeToString([]byte(preschool)), "apply": true}
	for role, token := range w.tokens {
		want := map[string]int{"nobody": 401, "admin": 200}[role]
		if want == 0 {
			want = 403
		}
		if a := apptest.Ask(t, w.handler, token, http.MethodPost, route, body); a.Status != want {
			t.Errorf("%s: %d %s", role, a.Status, a.Body)
		}
	}
}

// Translators stand in the table too: their languages in one cell or in several
// rows, as people write them.
func TestASheetInvitesTranslators(t *testing.T) {
	w := newWorld(t)
	sheet := "Enhet;Namn;E-post;Roll;Språk\n" +
		"Backen;Amina;amina@bjorkhult.example;Översättare;Somaliska och arabiska\n" +
		"Backen;Amina;amina@bjorkhult.example;översätter;arabiska, فارسی / fa-af\n" +
		"Backen;Bo;bo@bjorkhult.example;Skriver;\n" +
		"Backen;Bo;bo@bjorkhult.example;Översättare;Lätt svenska\n"
	a := w.imports([]byte(sheet), false)
	if bo := a.Get("people").([]any)[1].(map[string]any); bo["locales"].([]any)[0] != "sv-simple" || len(a.Get("errors").([]any)) > 0 {
		t.Errorf("looked at: %s", a.Body)
	}
	w.imports([]byte(sheet), true)
	want := "Amina amina@bjorkhult.example translator so+ar+fa+fa-AF|Bo bo@bjorkhult.example editor+translator sv-simple"
	if got := strings.Join(w.invited, "|"); got != want {
		t.Errorf("invited %s", got)
	}
}

// Every language that can be translated to is known by a Swedish name.
func TestEveryLanguageHasANameInASheet(t *testing.T) {
	w := newWorld(t)
	for _, info := range apptest.Locales(t).Locales() {
		a := w.imports([]byte("Enhet;Namn;E-post;Roll;Språk\nBacken;Bo;bo@bjorkhult.example;Översättare;"+info.Name+"\n"), false)
		if refused := len(a.Get("errors").([]any)) > 0; refused != (info.Tag == "sv") {
			t.Errorf("%s: %s", info.Tag, a.Body)
		}
	}
}

// What an administrator corrects in the sheet is corrected, and what it leaves
// empty stays.
func TestASecondSheetChangesWhatItSays(t *testing.T) {
	w := newWorld(t)
	w.imports([]byte("Enhet;Grupp;Barn\nBacken;Tallen;10\n"), true)
	a := w.imports([]byte("Enhet;Grupp;Barn\nbacken;tallen;12\nBacken;Granen;\n"), true)
	groups := a.Get("units").([]any)[0].(map[string]any)["groups"].([]any)
	if groups[0].(map[string]any)["state"] != "changed" || groups[1].(map[string]any)["state"] != "new" {
		t.Errorf("%s", a.Body)
	}
	w.imports([]byte("Enhet;Grupp\nBacken;Tallen\n"), true)
	if tallen, err := w.app.FindFirstRecordByData("groups", "name", "Tallen"); err != nil || tallen.GetInt("children") != 12 {
		t.Errorf("%v %v", tallen, err)
	}
}

func number(x any) string { return strconv.FormatFloat(x.(float64), 'f', -1, 64) }

// A look at a sheet reads what there is once, however many rows it has, and
// waits for nobody who writes.
func TestALookAtALongSheetIsShort(t *testing.T) {
	w := newWorld(t)
	var sheet strings.Builder
	sheet.WriteString("Enhet;Grupp\r\n")
	for i := range 300 {
		sheet.WriteString("Enhet " + strconv.Itoa(i) + ";Grupp\r\n")
	}
	if a := w.imports([]byte(sheet.String()), true); a.Status != http.StatusOK || a.JSON["applied"] != true {
		t.Fatalf("%d %.200s", a.Status, a.Body)
	}
	asked := 0
	for _, db := range []dbx.Builder{w.app.ConcurrentDB(), w.app.NonconcurrentDB()} {
		db.(*dbx.DB).QueryLogFunc = func(context.Context, time.Duration, string, *sql.Rows, error) { asked++ }
	}
	var look apptest.Answer
	err := w.app.RunInTransaction(func(core.App) error {
		look = w.imports([]byte(sheet.String()), false)
		return nil
	})
	if err != nil || look.Status != http.StatusOK || strings.Count(string(look.Body), `"state":"known"`) != 600 {
		t.Fatalf("%d %.300s %v", look.Status, look.Body, err)
	}
	if asked > 20 {
		t.Errorf("the database was asked %d times", asked)
	}
}
