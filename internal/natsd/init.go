package natsd

import (
	"crypto/ecdsa"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"folje/internal/folder"

	"github.com/nats-io/nkeys"
)

// Node is a server that certificates are made for.
type Node struct {
	Name  string
	Hosts []string // names and addresses that others reach it by
}

// nodeName is what a server may be called: it is a folder's name too.
var nodeName = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

// ParseNodes reads servers written as a name, or as a name, = and the hosts that
// others reach it by, with / between them: "a", "a=10.0.0.1/nats-a.example".
// Without hosts the name is one. This machine reaches each as localhost too.
func ParseNodes(words []string) (nodes []Node, err error) {
	seen := map[string]bool{}
	for _, word := range words {
		name, hosts, said := strings.Cut(word, "=")
		if !said {
			hosts = name
		}
		if !nodeName.MatchString(name) || name == ca || name == clients || seen[name] || hosts == "" {
			return nil, fmt.Errorf("%q: say a name of small letters, digits and hyphens, each once, or name=host/host", word)
		}
		seen[name] = true
		nodes = append(nodes, Node{name, append(strings.Split(hosts, "/"), "localhost", "127.0.0.1", "::1")})
	}
	if len(nodes) == 0 {
		return nil, errors.New("say at least one server")
	}
	return nodes, nil
}

// The folders and files of Init.
const (
	ca       = "authority"
	clients  = "clients"
	caFile   = "ca.crt"
	caKey    = "ca.key"
	certFile = "server.crt"
	keyFile  = "server.key"
	userFile = "users"
)

// Init makes in dir what a cluster needs, all files for their owner only:
//
//   - authority/ca.crt and ca.key: with the key one can make more servers; it
//     belongs where no server is;
//   - clients/ROLE.seed and ca.crt: with the seed one is the role's user;
//   - NAME/ca.crt, server.crt, server.key and users: a server's own.
//
// What is there already stays: a server that is added later gets the others'
// authority and users, and one whose certificate was removed gets a new one.
func Init(dir string, nodes []Node, now time.Time) error {
	authority, key, err := openAuthority(filepath.Join(dir, ca), now)
	if err != nil {
		return err
	}
	root := encodeCertificate(authority.Raw)
	users, err := openUsers(filepath.Join(dir, clients))
	if err != nil {
		return err
	}
	if err := put(filepath.Join(dir, clients), caFile, root); err != nil {
		return err
	}
	for _, node := range nodes {
		if err := initNode(filepath.Join(dir, node.Name), node, authority, key, now); err != nil {
			return fmt.Errorf("make the server %s: %w", node.Name, err)
		}
		own := filepath.Join(dir, node.Name)
		if err := errors.Join(put(own, caFile, root), put(own, userFile, users)); err != nil {
			return err
		}
	}
	return nil
}

func initNode(dir string, node Node, authority *x509.Certificate, key *ecdsa.PrivateKey, now time.Time) error {
	if there(dir, certFile) && there(dir, keyFile) {
		return nil
	}
	cert, own, err := newServerCertificate(node, authority, key, now)
	if err != nil {
		return err
	}
	return errors.Join(put(dir, keyFile, own), put(dir, certFile, cert))
}

// openUsers makes the seeds that are missing, and gives the list of all users.
func openUsers(dir string) ([]byte, error) {
	list := []byte("# role and public key; the seeds are with those who use them\n")
	for _, role := range Roles() {
		public, err := openUser(dir, role+".seed")
		if err != nil {
			return nil, fmt.Errorf("make the user %s: %w", role, err)
		}
		list = fmt.Appendf(list, "%s %s\n", role, public)
	}
	return list, nil
}

func openUser(dir, name string) (public string, err error) {
	seed, err := os.ReadFile(filepath.Join(dir, name))
	if errors.Is(err, os.ErrNotExist) {
		pair, err := nkeys.CreateUser()
		if err != nil {
			return "", err
		}
		if seed, err = pair.Seed(); err != nil {
			return "", err
		}
		if err := put(dir, name, append(seed, '\n')); err != nil {
			return "", err
		}
	} else if err != nil {
		return "", err
	}
	pair, err := nkeys.ParseDecoratedUserNKey(seed)
	if err != nil {
		return "", err
	}
	return pair.PublicKey()
}

// put writes the file for its owner only, in a folder for its owner only.
func put(dir, name string, content []byte) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return folder.WriteFile(filepath.Join(dir, name), content)
}

func there(dir, name string) bool {
	_, err := os.Stat(filepath.Join(dir, name))
	return err == nil
}

// isAddress tells a certificate's addresses from its names.
func isAddress(host string) (net.IP, bool) {
	ip := net.ParseIP(host)
	return ip, ip != nil
}
