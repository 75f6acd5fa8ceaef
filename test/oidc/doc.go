// Package oidc signs staff in with the municipality's own account, against a
// real OpenID Connect provider: the example server of zitadel/oidc, which runs
// in the test. It is a module of its own, so that the program's modules are not
// joined by a provider's: go test -C test/oidc ./...
package oidc
