package cluster_test

import (
	"errors"
	"strings"
	"testing"

	"folje/internal/cluster"

	"github.com/nats-io/nats.go"
	"pgregory.net/rapid"
)

func TestAnEnvelopeSaysWhoWrote(t *testing.T) {
	m := cluster.NewMsg(cluster.Hello, 7, "a:1", []byte("{}"))
	if term, err := cluster.Open(m.Header); term != 7 || err != nil {
		t.Errorf("term %d, %v", term, err)
	}
	if m.Header.Get(nats.MsgIdHdr) != "a:1" || m.Subject != cluster.Hello || string(m.Data) != "{}" {
		t.Errorf("the message is %v", m)
	}
	if _, has := cluster.NewMsg(cluster.Hello, 0, "", nil).Header[nats.MsgIdHdr]; has {
		t.Error("a message without an id has one")
	}
}

func TestOtherEnvelopesAreToldApart(t *testing.T) {
	for said, want := range map[string]error{
		"1 0": nil, "2 0": cluster.ErrNewer, "99 x": cluster.ErrNewer, "0 0": cluster.ErrForeign,
		" 0": cluster.ErrForeign, "1 ": cluster.ErrForeign, "1 -1": cluster.ErrForeign, "one 0": cluster.ErrForeign,
	} {
		version, term, _ := strings.Cut(said, " ")
		h := nats.Header{"Folje-V": {version}, "Folje-Term": {term}}
		if _, err := cluster.Open(h); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", said, err, want)
		}
	}
	if _, err := cluster.Open(nil); !errors.Is(err, cluster.ErrForeign) {
		t.Errorf("no header: %v", err)
	}
}

func TestEveryWordIsOneToken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.String().Draw(t, "word")
		token := cluster.Token(word)
		if token == "" || strings.ContainsAny(token, ".*> \t\r\n\x00/\\") {
			t.Fatalf("%q is no token", token)
		}
		if back, err := cluster.Word(token); back != word || err != nil {
			t.Fatalf("%q came back as %q, %v", word, back, err)
		}
	})
	for _, bad := range []string{"", "=4", "=zz", "a.b", "å", "a="} {
		if word, err := cluster.Word(bad); !errors.Is(err, cluster.ErrToken) {
			t.Errorf("%q is %q, %v", bad, word, err)
		}
	}
}

func TestAPageIsFoundByItsSubject(t *testing.T) {
	subject := cluster.Page("public", "zh-Hans")
	if subject != "folje.feed.page.public.zh-Hans" {
		t.Error(subject)
	}
	if scope, stream, ok := cluster.PageOf(subject); scope != "public" || stream != "zh-Hans" || !ok {
		t.Error(scope, stream, ok)
	}
	for _, other := range []string{cluster.Hello, "folje.feed.page.a", "folje.feed.page.a.b.c", "folje.feed.page..b"} {
		if _, _, ok := cluster.PageOf(other); ok {
			t.Errorf("%s is a page", other)
		}
	}
	if got := cluster.PushTo("fcm.googleapis.com"); got != "folje.push.fcm=2Egoogleapis=2Ecom" {
		t.Error(got)
	}
}
