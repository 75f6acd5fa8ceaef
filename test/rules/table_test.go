package rules_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// table draws the results: a legend, then a table for every section, its rows
// as lines and the roles as columns.
func table(results []result) string {
	var out strings.Builder
	explain(&out)
	for start := 0; start < len(results); {
		end := start
		for end < len(results) && results[end].section == results[start].section {
			end++
		}
		draw(&out, results[start:end])
		start = end
	}
	return out.String()
}

func explain(out *strings.Builder) {
	out.WriteString("# The authorization matrix. Written by go test ./test/rules -update; read every line that changes.\n#\n")
	out.WriteString("# A cell: the answer's status, then whose canaries were in it. A and B are the units, * is what both\n")
	out.WriteString("# have, - what belongs to neither, me what is the asking role's own.\n#\n# Roles:\n")
	for _, r := range roles {
		fmt.Fprintf(out, "#   %-8s %s\n", r.name, r.says)
	}
	out.WriteString("#\n# Canaries:\n")
	for _, l := range legend {
		fmt.Fprintf(out, "#   %c  %s\n", l.kind, l.says)
	}
}

func draw(out *strings.Builder, results []result) {
	lines := [][]string{{results[0].section}}
	for _, r := range roles {
		lines[0] = append(lines[0], r.name)
	}
	for _, r := range results {
		line := []string{r.name}
		for _, who := range roles {
			line = append(line, r.shown(who.name))
		}
		lines = append(lines, line)
	}
	width := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, text := range line {
			width[i] = max(width[i], utf8.RuneCountInString(text))
		}
	}
	out.WriteString("\n")
	for _, line := range lines {
		padded := ""
		for i, text := range line {
			padded += fmt.Sprintf("%-*s", width[i]+2, text)
		}
		out.WriteString(strings.TrimRight(padded, " ") + "\n")
	}
}

// cells reads a drawn table: section and row → role → cell.
func cells(drawn string) map[string]map[string]string {
	out := map[string]map[string]string{}
	var header []string
	for line := range strings.Lines(drawn) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			header = nil
			continue
		}
		columns := apart.Split(line, -1)
		if header == nil {
			header = columns
			continue
		}
		row := map[string]string{}
		for i, cell := range columns[1:] {
			row[header[i+1]] = cell
		}
		out[header[0]+", "+columns[0]] = row
	}
	return out
}

// apart is what stands between two columns.
var apart = regexp.MustCompile(` {2,}`)

// diff says cell by cell what differs between two drawn tables.
func diff(want, got string) (differences []string) {
	was, is := cells(want), cells(got)
	for row := range was {
		if is[row] == nil {
			differences = append(differences, row+": is gone")
		}
	}
	for row, columns := range is {
		if was[row] == nil {
			differences = append(differences, row+": is new")
			continue
		}
		for role, cell := range columns {
			if was[row][role] != cell {
				differences = append(differences, fmt.Sprintf("%s, as %s: was %q, is %q", row, role, was[row][role], cell))
			}
		}
	}
	slices.Sort(differences)
	return differences
}
