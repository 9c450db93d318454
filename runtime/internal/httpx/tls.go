package httpx

import (
	"crypto/tls"
	"log/slog"
	"os"
	"sync"
	"time"
)

// Certificate is a certificate in two files, which is read again when they have
// changed, so that it can be renewed without a restart.
type Certificate struct {
	certFile, keyFile string
	log               *slog.Logger

	mu      sync.Mutex
	current *tls.Certificate
	version [2]time.Time // modification times of the files
	checked time.Time
}

// certificateCheck is how often the files are looked at, at most.
const certificateCheck = time.Second

// LoadCertificate reads a certificate.
func LoadCertificate(certFile, keyFile string, log *slog.Logger) (*Certificate, error) {
	c := &Certificate{certFile: certFile, keyFile: keyFile, log: log}
	if err := c.load(); err != nil {
		return nil, err
	}
	return c, nil
}

// load reads the files.
func (c *Certificate) load() error {
	version := c.modified()
	pair, err := tls.LoadX509KeyPair(c.certFile, c.keyFile)
	if err != nil {
		return err
	}
	c.current, c.version = &pair, version
	return nil
}

func (c *Certificate) modified() (times [2]time.Time) {
	for i, name := range []string{c.certFile, c.keyFile} {
		if info, err := os.Stat(name); err == nil {
			times[i] = info.ModTime()
		}
	}
	return times
}

// Get is for [tls.Config]. A new certificate that cannot be read, perhaps because
// it is being written, leaves the old one in use.
func (c *Certificate) Get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := time.Now(); now.Sub(c.checked) >= certificateCheck {
		c.checked = now
		if c.modified() != c.version {
			if err := c.load(); err != nil {
				c.log.Error("the new certificate is not usable; the old one stays", "error", err)
			}
		}
	}
	return c.current, nil
}
