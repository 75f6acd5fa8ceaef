package replica

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/benbjohnson/litestream"
	"github.com/benbjohnson/litestream/sftp"
)

var errSFTP = errors.New("a replica over SFTP is sftp://user@host/folder?key=FILE&host-key=FILE: " +
	"the file of the private key to sign in with, and that of the server's public key (such as its /etc/ssh/ssh_host_ed25519_key.pub)")

// overSFTP is a folder of another machine. Litestream would talk to any machine
// that answers by that name; here its key has to be known. A password in an
// address could be read by everybody on this machine.
func overSFTP(u *url.URL) (litestream.ReplicaClient, error) {
	q := u.Query()
	_, password := u.User.Password()
	if u.Host == "" || u.User.Username() == "" || password || q.Get("key") == "" || q.Get("host-key") == "" {
		return nil, errSFTP
	}
	known, err := os.ReadFile(q.Get("host-key"))
	if err != nil {
		return nil, fmt.Errorf("read the server's key: %w", err)
	}
	c := sftp.NewReplicaClient()
	c.Host, c.User, c.Path, c.KeyPath, c.HostKey = u.Host, u.User.Username(), u.Path, q.Get("key"), strings.TrimSpace(string(known))
	return c, nil
}
