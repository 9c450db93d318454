package httpx

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

// writeCertificate writes a certificate for name, as of a time.
func writeCertificate(t *testing.T, folder, name string, at time.Time) (certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotAfter: at.Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certFile, keyFile = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	for file, block := range map[string]*pem.Block{certFile: {Type: "CERTIFICATE", Bytes: der}, keyFile: {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
	}
	return certFile, keyFile
}

func TestCertificateIsReadAgain(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		certFile, keyFile := writeCertificate(t, folder, "first", time.Now())
		c, err := LoadCertificate(certFile, keyFile, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		check := func(want string) {
			t.Helper()
			time.Sleep(certificateCheck)
			got, err := c.Get(nil)
			if err != nil {
				t.Fatal(err)
			}
			if got.Leaf.Subject.CommonName != want {
				t.Errorf("certificate = %q, want %q", got.Leaf.Subject.CommonName, want)
			}
		}
		check("first")
		writeCertificate(t, folder, "second", time.Now())
		check("second")
		if err := os.WriteFile(keyFile, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		check("second")
		writeCertificate(t, folder, "third", time.Now().Add(time.Second))
		check("third")
	})
}

func TestCertificateHasToBeThere(t *testing.T) {
	t.Parallel()
	if _, err := LoadCertificate("none.pem", "none.pem", slog.New(slog.DiscardHandler)); err == nil {
		t.Error("no error")
	}
}
