package text_test

import (
	"slices"
	"strings"
	"testing"

	"folje/internal/text"
)

// In these tables "|" stands for a sentence's end that Break should find.
var breakCases = []string{
	// plain
	"",
	"Vi ses",
	"Vi ses.",
	"Hej!|Vi ses på tisdag.|Välkomna!",
	"Hur mår du?|Vad tänker ni om sömn?|Hör av er!",
	"Vi åt frukt.|25 föräldrar kom.",
	"Mötet var den 3 maj.|25 föräldrar kom och pratade.",
	"Vad?!|Nej!!!|Jo.",
	"Ja!!|Ja.",
	"Det här är en mening utan punkt\nDet här är nästa",

	// names of services, as placeholders
	"{{.steget}} är gratis.|{{.familjeguiden}} svarar.|Ring 112.",
	"Ring polisen på 114 14.|{{.municipality}} har ingen jour.",
	"Lokalen hör till {{.familjecentralen}} ({{.familjecentralen_place}}).|Välkomna!",
	"Fråga t.ex. {{.familjeguiden}} om råd.",
	"Fråga {{.familjeguiden}}!|{{.steget}}?|Ja.",

	// time, dates, numbers
	"Vi ses kl. 9.30.|Välkomna!",
	"Vi ses kl. 9.|Välkomna!",
	"Kl. 17.30 börjar vi.|Då är det kaffe.",
	"Mötet är kl. 18.00–19.30 i matsalen.",
	"Vi ses den 3. maj i matsalen.",
	"Vi ses den 3. Maj i matsalen.",
	"Födda 3. 5. 2021 och senare.",
	"Vi ses tors. 12 nov. kl. 17.30.|Ta med frukt.",
	"Vi ses den 12 nov. 2026 igen.",
	"Vi ses den 12 nov.|Välkomna!",
	"Temat är vecka 45.|Ta med böcker.",
	"Under v. 45 läser vi böcker.",
	"1. Ta med stövlar.",
	"12. Ring oss.",
	"a. Ta med stövlar.",
	"Det kostar 1.500 kr.|Vi betalar.",
	"Det kostar 25 kr. 50 öre.",
	"Klass 3.|Ta med böcker.",
	"Ungefär 3,5 timmar.|Sedan fika.",
	"Det tar 5 min. och sedan fika.",
	"Boken är min.|Vi läser den.",

	// abbreviations that don't end a sentence
	"Ta med t.ex. en bok.|Vi läser.",
	"Ta med t.ex. Bamse eller Pippi.",
	"Ta med t. ex. Bamse.",
	"Ta med t ex. Bamse.",
	"Ta med t ex Bamse.|Vi läser.",
	"T.ex. Bamse är bra.",
	"Vi pratar om bl.a. Barnkonventionen.",
	"Vi kommer ev. Tisdag passar bäst.",
	"Det gäller, dvs. Alla får komma.",
	"S.k. Lugna stunder är bra.",
	"Stängt p.g.a. Midsommar.",
	"Öppet fr.o.m. Måndag t.o.m. Fredag.",
	"Öppet fr o m. 3 maj.",
	"Det är ca 30 barn.|Alla får komma.",
	"Det är ca. 30 barn.",
	"Ring tel. 070-000 00 00.|Tack!",
	"Tfn. 0586-000 00, fråga efter Maj.",
	"Se rum nr. 5.|Det ligger till höger.",
	"Dr. Ahmadi berättar.|Sedan får alla fråga.",
	"Vi ses vid St. Olofs kyrka.",
	"Vi ses vid S:t Olofs kyrka.|Ta med fika.",
	"Avd. Blåsippan och avd. Tallen är med.",
	"Blåsippan resp. Tallen har egna möten.",
	"Bitr. rektor Lena Ek berättar.",
	"Fam. Berg bakar.",
	"(Gäller t.ex. Blåsippan.)|Vi ses!",

	// abbreviations that may
	"Ta med böcker m.m.|Vi ses!",
	"Ta med böcker, spel m.m. till mötet.",
	"Ta med böcker osv.|Det blir roligt.",
	"Ta med böcker osv. så läser vi.",
	"Vi läser, sjunger o.s.v.|Alla är välkomna!",
	"Kim, Sam m.fl.|De har fika.",
	"Vi behöver 10 st.|Tack!",
	"Leksaker (bollar m.m.) Blåsippan har redan.",
	"Vi läser (sagor, faktaböcker m.m.).|Kom!",
	"Klockan 10 f.m.|Välkomna!",

	// names and letters
	"Anna B. Svensson hälsar.|Hej!",
	"K.-G. Berg och J.K. Ek kommer.",
	"Anna G. Berg kommer.",
	"B. Svensson berättar.",
	"Vi är i grupp B.|Välkomna in!",
	"Vi är i grupp B.|Sagor läser vi.",

	// quotations, brackets, dashes
	"”Vi ses!” sa hon.|Sedan gick vi.",
	"\"Hur mår du?\" frågade barnen.",
	"Frågan Hur kan vi hjälpas åt? diskuterades i grupper.",
	"Hon sa: ”Vi ses.”|Sedan gick hon.",
	"”Jag vill vara med!”|”Jag med!”",
	"Vi läser ”Hur mår du?”, en bok om känslor.",
	"Ta med stövlar (de röda!) till skogen.",
	"(Se bilagan.)|Vi ses!",
	"Vi ses.|(Ta med stövlar.)",
	"Kommer ni?|- Ja!|- Nej!",
	"Vi ses!|– Ja, sa barnen.",
	"Kommer ni? vi hoppas det!",
	"Blåsippans möte – alla får komma.|Välkomna!",

	// ellipses
	"Vi väntar …|Sedan åt vi.",
	"Vi väntar…|Sedan åt vi.",
	"Vi väntar...|Sedan åt vi.",
	"Vi väntar… och väntar.",
	"Vi väntar... och väntar.",
	"Så här: 1… 2… 3…|Nu!",

	// addresses
	"Läs på www.example.se/Fragor?Sida=3.|Tack!",
	"Läs på https://example.se/?Q=1&x=Y.html!|Tack!",
	"Skriv till Kim.Berg@example.se.|Tack!",
	"Öppna Bilaga.pdf.|Läs den.",

	// emoji and emoticons
	"Vi ses! 😀|Välkomna!",
	"Vi ses. 👩‍👩‍👧‍👦 ❤️|Välkomna!",
	"Vi ses! :)|Välkomna!",
	"Vi ses! 😀",
	"Vi ses 😀 Välkomna!",
	"Vi ses! ***",
	"Tack! 🙂🙂|Vi ses!",

	// other scripts
	"مرحبا بكم.|نلتقي يوم الثلاثاء.",
	"كيف حالكم؟|نلتقي قريبا!",
}

func TestBreak(t *testing.T) {
	for _, c := range breakCases {
		want := strings.FieldsFunc(c, func(r rune) bool { return r == '|' || r == '\n' })
		in := strings.ReplaceAll(c, "|", " ")
		if got := text.Break(in); !slices.Equal(got, want) {
			t.Errorf("Break(%q)\n got %q\nwant %q", in, got, want)
		}
	}
}

func TestBreakExact(t *testing.T) {
	const join, split = string(text.Joiner), string(text.Splitter)
	cases := map[string]struct {
		in   string
		want []string
	}{
		"without space":           {"Hej!Vi ses.", []string{"Hej!", "Vi ses."}},
		"newlines":                {"Hej\r\n\nVi ses\u2028Tack\vdå", []string{"Hej", "Vi ses", "Tack", "då"}},
		"newline in a sentence":   {"Vi ses kl.\n9.30 på gården.", []string{"Vi ses kl.", "9.30 på gården."}},
		"white space":             {"\t Vi\u00a0 ses.\u2003 Tack! ", []string{"Vi ses.", "Tack!"}},
		"no-break space":          {"Kl.\u00a09.30 t.\u00a0ex.\u00a0Bamse.", []string{"Kl. 9.30 t. ex. Bamse."}},
		"joined":                  {"Hej!" + join + " Vi ses. Tack!", []string{"Hej! Vi ses.", "Tack!"}},
		"joined after the space":  {"Hej! " + join + "Vi ses.", []string{"Hej! Vi ses."}},
		"joined after an emoji":   {"Hej! 😀" + join + " Vi ses. Tack!", []string{"Hej! 😀 Vi ses.", "Tack!"}},
		"split before an emoji":   {"Hej!" + split + " 😀 Vi ses.", []string{"Hej!", "😀 Vi ses."}},
		"newline beats joiner":    {"Hej!" + join + "\nVi ses.", []string{"Hej!", "Vi ses."}},
		"joiner elsewhere":        {"He" + join + "j! Vi ses.", []string{"Hej!", "Vi ses."}},
		"split":                   {"Ta med stövlar," + split + " regnkläder och frukt.", []string{"Ta med stövlar,", "regnkläder och frukt."}},
		"split after the space":   {"Vi ses kl. " + split + "9.", []string{"Vi ses kl.", "9."}},
		"split after a full stop": {"Hej." + split + "Vi ses.", []string{"Hej.", "Vi ses."}},
		"split in a word":         {"stöv" + split + "lar", []string{"stövlar"}},
		"split in an address":     {"https:/" + split + "/example.se/?" + split + "q=1", []string{"https://example.se/?q=1"}},
		"split beats joiner":      {"Hej!" + join + split + " Vi ses.", []string{"Hej!", "Vi ses."}},
		"splits at the ends":      {split + "Hej!" + split, []string{"Hej!"}},
		"only marks":              {join + split + " \n" + split, nil},
		"only invisible":          {"\u200d\u200e\n\u202e", nil},
		"control characters":      {"Vi\x00 s\u202ees.\x1b Tack!\ufeff", []string{"Vi ses.", "Tack!"}},
		"decomposed letters":      {"Va\u030an. 5 a\u0308r upptagen.", []string{"Vån. 5 är upptagen."}},
		"bullets":                 {"- Stövlar\n- Mössa. Helst två.", []string{"- Stövlar", "- Mössa.", "Helst två."}},
		"invalid UTF-8":           {"Vi ses.\xff\xfe", []string{"Vi ses.\ufffd\ufffd"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if got := text.Break(c.in); !slices.Equal(got, c.want) {
				t.Errorf("Break(%q)\n got %q\nwant %q", c.in, got, c.want)
			}
		})
	}
}

// The longest blocks there can be, of what costs most.
func BenchmarkBreak(b *testing.B) {
	for name, s := range map[string]string{
		"prose": "Vi ses kl. 9.30 på gården, t.ex. Blåsippan. Ta med stövlar m.m. till dess! ",
		"stops": ". ", "shouts": "A!", "initials": "A. ", "dots": ".", "marks": "\u2060\u200b! ",
	} {
		block := strings.Repeat(s, text.MaxBlock/len([]rune(s)))
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				text.Break(block)
			}
		})
	}
}
