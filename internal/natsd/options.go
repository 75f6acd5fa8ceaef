package natsd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"strings"

	"github.com/nats-io/nats-server/v2/server"
)

// maxPayload bounds a message, in bytes: a page of a group's letters with room
// to spare.
const maxPayload = 8 << 20

// tree is a part of NATS's configuration.
type tree = map[string]any

// options are the server's, read from the configuration that an operator would
// write: some parts have no other door.
func (c *Config) options() (*server.Options, error) {
	if c.Users == "" {
		return c.with(nil)
	}
	users, err := ReadUsers(c.Users)
	if err != nil {
		return nil, fmt.Errorf("--users: %w", err)
	}
	return c.with(users)
}

// with are the options of a server with these users; without any, everybody who
// reaches it may do everything.
func (c *Config) with(users []User) (*server.Options, error) {
	conf := tree{
		"server_name": c.Name, "listen": anyPort(c.Listen), "max_payload": maxPayload,
		"jetstream": tree{"store_dir": c.Dir, "sync_interval": "always"},
	}
	if c.Cert != "" {
		conf["tls"] = c.tls(false)
	}
	if c.ClusterListen != "" {
		conf["cluster"] = c.cluster()
	}
	if len(users) > 0 {
		conf["accounts"], conf["system_account"] = accounts(users), accountOf(System)
	}
	return parse(conf)
}

// tls is how a listener proves who it is; mutual has the other side do so too.
func (c *Config) tls(mutual bool) tree {
	t := tree{"cert_file": c.Cert, "key_file": c.Key, "timeout": 5}
	if mutual {
		t["ca_file"], t["verify"] = c.CA, true
	}
	return t
}

// cluster is how servers find each other. Clients keep to the addresses that
// they were given: those are in the certificates.
func (c *Config) cluster() tree {
	var routes []string
	for _, route := range c.Routes {
		routes = append(routes, "nats-route://"+strings.TrimPrefix(route, "nats-route://"))
	}
	t := tree{"name": "folje", "listen": anyPort(c.ClusterListen), "no_advertise": true, "routes": routes}
	if c.Cert != "" {
		t["tls"] = c.tls(true)
	}
	return t
}

// accounts are the writer's, where the streams are, and one for each role that
// uses them. Roles of their own accounts are more than permissions: a server
// sends answers wherever the asker says, with rights of its own. In the writer's
// account an edge could have it answer into a stream, or ask it, by way of an
// answer, to delete one; from another account no answer gets there.
func accounts(users []User) tree {
	all := tree{}
	for _, name := range []string{Writer, Worker, Edge, System} {
		all[accountOf(name)] = tree{"users": usersOf(users, accountOf(name))}
	}
	var exports []tree
	for _, role := range []string{Worker, Edge} {
		imports := []tree{}
		for _, subject := range append(Uses(role), accountInfo) {
			exports = append(exports, tree{"service": subject, "response_type": "stream", "accounts": []string{accountOf(role)}})
			imports = append(imports, tree{"service": tree{"account": accountOf(Writer), "subject": subject}})
		}
		all[accountOf(role)].(tree)["imports"] = imports
	}
	writer := all[accountOf(Writer)].(tree)
	writer["jetstream"], writer["exports"] = "enabled", exports
	return all
}

// accountInfo is imported by those who use another account's streams, or NATS
// takes their account for one that should have streams itself, and asks that
// first. No role may ask for it.
const accountInfo = "$JS.API.INFO"

func usersOf(users []User, account string) []tree {
	list := []tree{}
	for _, u := range users {
		if accountOf(u.Role) != account {
			continue
		}
		user := tree{"nkey": u.Key}
		if p, bound := Permissions(u.Role, u.Key); bound {
			user["permissions"] = tree{"publish": tree{"allow": p.Publish}, "subscribe": tree{"allow": p.Subscribe}}
		}
		list = append(list, user)
	}
	return list
}

// parse has NATS read the configuration, which may be JSON.
func parse(conf tree) (*server.Options, error) {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false) // NATS doesn't read \u003e
	if err := enc.Encode(conf); err != nil {
		return nil, fmt.Errorf("write the NATS configuration: %w", err)
	}
	options := &server.Options{}
	if err := options.ProcessConfigString(text.String()); err != nil {
		return nil, fmt.Errorf("read the NATS configuration: %w", err)
	}
	options.NoSigs = true // the program hears them
	options.DisableJetStreamBanner = true
	return options, nil
}

// anyPort writes port 0 as NATS does.
func anyPort(address string) string {
	if host, port, err := net.SplitHostPort(address); err == nil && port == "0" {
		return net.JoinHostPort(host, "-1")
	}
	return address
}
