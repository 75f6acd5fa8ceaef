package outbox

import (
	"fmt"
	"time"

	"folje/internal/locale"

	"github.com/pocketbase/pocketbase/core"
)

// testKind is what a phone has sent to itself, to see that it can be reached.
const (
	testKind = "test"
	testLife = 5 * time.Minute
)

func testOf(messages *locale.Bundle) Kind {
	return Kind{Anytime: true, Compose: func(_ core.App, _ Row, reader Reader) (Note, error) {
		say := func(id string) string { return messages.Text(reader.Locale, id, nil) }
		return Note{Title: say("push.test.title"), Body: say("push.test.body"), Navigate: "/more/notifications", Tag: testKind}, nil
	}}
}

// AddTest adds a row that rings the device at once, whatever its quiet hours;
// id makes it once. Call it in a transaction.
func AddTest(tx core.App, device, id string, now time.Time) error {
	_, err := Add(tx, Row{
		Kind: testKind, Device: device, Mark: fmt.Sprintf("%s %s %s", testKind, device, id),
		Due: now, Until: now.Add(testLife),
	})
	return err
}
