package natsd

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"folje/internal/cluster"

	"github.com/nats-io/nkeys"
)

// The roles of users.
const (
	Writer = "writer" // serve and node
	Worker = "worker"
	Edge   = "edge"
	Admin  = "admin"  // an operator with the nats tool: everything but the servers themselves
	System = "system" // an operator who looks at the servers
)

// Roles are all of them.
func Roles() []string { return []string{Writer, Worker, Edge, Admin, System} }

// accountOf is the account that the role's users are in.
func accountOf(role string) string {
	switch role {
	case Worker:
		return "WORKERS"
	case Edge:
		return "EDGES"
	case System:
		return "SYS"
	}
	return "FOLJE"
}

// User is somebody who may sign in.
type User struct {
	Role string
	Key  string // public nkey
}

// ErrUsers says that a file of users can't be understood.
var ErrUsers = errors.New("one user a line: a role and a public key that begins with U")

// ReadUsers reads a file of users, one a line: the role, a space, the public
// key. Empty lines and those that begin with # say nothing. It fails with
// [ErrUsers], also where there is none.
func ReadUsers(path string) (users []User, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(lines.Text())
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if len(words) != 2 || !slices.Contains(Roles(), words[0]) || !nkeys.IsValidPublicUserKey(words[1]) {
			return nil, fmt.Errorf("%w: line %d of %s", ErrUsers, n, path)
		}
		users = append(users, User{words[0], words[1]})
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUsers, err)
	}
	if len(users) == 0 {
		return nil, fmt.Errorf("%w: there is none in %s", ErrUsers, path)
	}
	return users, nil
}

// Allowed are the subjects that a user may use.
type Allowed struct{ Publish, Subscribe []string }

// Permissions are what the role's user with the public key may do; bound is
// false for those who may do everything in their account. Of these only the
// writer makes streams and the queues' consumers, nobody deletes a stream, and
// nobody reads answers that are another user's.
func Permissions(role, key string) (a Allowed, bound bool) {
	a.Subscribe = []string{cluster.Inbox(key) + ".>"}
	switch role {
	case Writer:
		a.Publish = writes()
	case Worker, Edge:
		a.Publish = Uses(role)
	default:
		return Allowed{}, false
	}
	return a, true
}

// Uses are the subjects of the writer's account that workers and edges use from
// theirs.
func Uses(role string) []string {
	switch role {
	case Worker:
		return append(takes(cluster.Pushes), cluster.EveryAnswer)
	case Edge:
		return append(reads(cluster.Feeds), reads(cluster.Revoked)...)
	}
	return nil
}

// writes is the writer's: it makes the streams, fills them, and reads them all.
func writes() []string {
	subjects := []string{"folje.>", "$KV." + cluster.Lease + ".>", "$JS.API.INFO", "$JS.API.STREAM.NAMES", "$JS.FC.>"}
	for _, stream := range cluster.Streams(1) {
		for _, action := range []string{"CREATE", "UPDATE", "PURGE"} {
			subjects = append(subjects, "$JS.API.STREAM."+action+"."+stream.Name)
		}
		subjects = append(subjects, "$JS.API.CONSUMER.DURABLE.CREATE."+stream.Name+".>")
		subjects = append(append(subjects, takes(stream.Name)...), reads(stream.Name)...)
	}
	slices.Sort(subjects)
	return slices.Compact(subjects)
}

// takes is what one needs to take messages from a queue and acknowledge them.
// Newer servers write two more words into an acknowledgement's subject.
func takes(stream string) []string {
	return append(looks(stream), "$JS.ACK."+stream+".>", "$JS.ACK.*.*."+stream+".>")
}

// reads is what one needs to read a stream over and over: with consumers of
// one's own.
func reads(stream string) []string {
	return append(looks(stream), "$JS.API.CONSUMER.CREATE."+stream, "$JS.API.CONSUMER.CREATE."+stream+".>",
		"$JS.API.CONSUMER.DELETE."+stream+".*", "$JS.API.DIRECT.GET."+stream, "$JS.API.DIRECT.GET."+stream+".>",
		"$JS.API.STREAM.MSG.GET."+stream)
}

func looks(stream string) []string {
	return []string{"$JS.API.STREAM.INFO." + stream, "$JS.API.CONSUMER.INFO." + stream + ".*", "$JS.API.CONSUMER.MSG.NEXT." + stream + ".*"}
}
