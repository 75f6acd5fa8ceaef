package natsd

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"time"
)

// For how long certificates are good. A server's is made anew long before its
// authority ends.
const (
	authorityYears = 20
	serverYears    = 5
)

// openAuthority opens the cluster's own authority, or makes it.
func openAuthority(dir string, now time.Time) (*x509.Certificate, *ecdsa.PrivateKey, error) {
	if !there(dir, caKey) {
		if err := makeAuthority(dir, now); err != nil {
			return nil, nil, fmt.Errorf("make the authority: %w", err)
		}
	}
	cert, err := readPEM(filepath.Join(dir, caFile), x509.ParseCertificate)
	if err != nil {
		return nil, nil, fmt.Errorf("read the authority: %w", err)
	}
	key, err := readPEM(filepath.Join(dir, caKey), x509.ParseECPrivateKey)
	if err != nil {
		return nil, nil, fmt.Errorf("read the authority's key: %w", err)
	}
	return cert, key, nil
}

func makeAuthority(dir string, now time.Time) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template, err := newTemplate("Följe NATS", now, authorityYears)
	if err != nil {
		return err
	}
	template.IsCA, template.BasicConstraintsValid, template.MaxPathLenZero = true, true, true
	template.KeyUsage = x509.KeyUsageCertSign
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return err
	}
	text, err := encodeKey(key)
	if err != nil {
		return err
	}
	// The key is last: an authority is whole when it has one.
	if err := put(dir, caFile, encodeCertificate(cert)); err != nil {
		return err
	}
	return put(dir, caKey, text)
}

// newServerCertificate is one for both sides: servers are clients of each other.
func newServerCertificate(node Node, authority *x509.Certificate, signer *ecdsa.PrivateKey, now time.Time) (cert, key []byte, err error) {
	own, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	template, err := newTemplate(node.Name, now, serverYears)
	if err != nil {
		return nil, nil, err
	}
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
	for _, host := range node.Hosts {
		if ip, ok := isAddress(host); ok {
			template.IPAddresses = append(template.IPAddresses, ip)
			continue
		}
		template.DNSNames = append(template.DNSNames, host)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, authority, own.Public(), signer)
	if err != nil {
		return nil, nil, err
	}
	key, err = encodeKey(own)
	return encodeCertificate(der), key, err
}

func newTemplate(name string, now time.Time, years int) (*x509.Certificate, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	return &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(years, 0, 0), // clocks differ
	}, nil
}

func encodeCertificate(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

func encodeKey(key *ecdsa.PrivateKey) ([]byte, error) {
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}), nil
}

func readPEM[T any](path string, parse func([]byte) (T, error)) (read T, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return read, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return read, errors.New("it isn't PEM")
	}
	return parse(block.Bytes)
}
