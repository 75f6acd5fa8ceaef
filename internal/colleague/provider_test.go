package colleague_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"
)

// An id is somebody's at one provider: it lets nobody in who has it at another
// one that takes its place.
func TestALinkIsToOneProvider(t *testing.T) {
	w := newWorld(t)
	configure := func(providers ...core.OAuth2ProviderConfig) {
		t.Helper()
		c, err := w.app.FindCollectionByNameOrId("staff")
		if err != nil {
			t.Fatal(err)
		}
		c.OAuth2.Enabled, c.OAuth2.Providers = len(providers) > 0, providers
		if err := w.app.Save(c); err != nil {
			t.Fatal(err)
		}
	}
	first := core.OAuth2ProviderConfig{
		Name: "oidc", ClientId: "folje", ClientSecret: "secret",
		AuthURL: "https://one.example/auth", TokenURL: "https://one.example/token", UserInfoURL: "https://one.example/user",
	}
	secret, other, client := first, first, first
	secret.ClientSecret = "another secret"
	other.AuthURL, other.TokenURL, other.UserInfoURL = "https://two.example/auth", "https://two.example/token", "https://two.example/user"
	client.ClientId = "another client"
	for name, c := range map[string]struct {
		next []core.OAuth2ProviderConfig
		want int64
	}{
		"as it was":        {[]core.OAuth2ProviderConfig{first}, 1},
		"another secret":   {[]core.OAuth2ProviderConfig{secret}, 1},
		"another provider": {[]core.OAuth2ProviderConfig{other}, 0},
		"another client":   {[]core.OAuth2ProviderConfig{client}, 0},
		"none":             {nil, 0},
	} {
		configure()
		configure(first)
		link := core.NewExternalAuth(w.app)
		link.SetCollectionRef(w.editor.Collection().Id)
		link.SetRecordRef(w.editor.Id)
		link.SetProvider("oidc")
		link.SetProviderId("1")
		if err := w.app.Save(link); err != nil {
			t.Fatal(err)
		}
		configure(c.next...)
		if n, err := w.app.CountRecords(core.CollectionNameExternalAuths); err != nil || n != c.want {
			t.Errorf("%s: %d links are left, want %d, %v", name, n, c.want, err)
		}
	}
}
