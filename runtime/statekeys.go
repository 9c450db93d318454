package runtime

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

// StateKeys sets the secrets that seal the requestState of calls that ask (see
// [Ask]), each of at least 32 random bytes. What current seals, all of them open.
//
// By default a server makes a secret when it starts, so that answers have to reach
// the process that asked. Several processes behind one address need the same one. To
// change it, first give all of them the new one as previous, then as current.
func StateKeys(current []byte, previous ...[]byte) Option {
	return func(s *Server) {
		s.stateKeys, s.stateKeysErr = newStateKeys(append([][]byte{current}, previous...))
	}
}

// minSecret is what a secret has to have, in bytes.
const minSecret = 32

// maxState is how long a requestState may be, in bytes: it travels twice a round.
const maxState = 256 << 10

// stateKeys seal and open what is entrusted to clients. They are safe for
// concurrent use.
type stateKeys struct{ all []cipher.AEAD } // the first one seals

func newStateKeys(secrets [][]byte) (*stateKeys, error) {
	keys := new(stateKeys)
	for i, secret := range secrets {
		if len(secret) < minSecret {
			return nil, fmt.Errorf("state key %d has %d bytes, want at least %d", i+1, len(secret), minSecret)
		}
		key, err := hkdf.Key(sha256.New, secret, nil, "mcpgen requestState 1", 32)
		if err != nil {
			return nil, err
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, err
		}
		aead, err := cipher.NewGCMWithRandomNonce(block)
		if err != nil {
			return nil, err
		}
		keys.all = append(keys.all, aead)
	}
	return keys, nil
}

// randomStateKeys are those of one process.
func randomStateKeys() (*stateKeys, error) {
	secret := make([]byte, minSecret)
	rand.Read(secret) // never fails
	return newStateKeys([][]byte{secret})
}

// seal makes a requestState.
func (k *stateKeys) seal(c carried) (string, error) {
	plain, err := json.Marshal(c)
	if err != nil {
		return "", err
	}
	state := base64.RawURLEncoding.EncodeToString(k.all[0].Seal(nil, nil, plain, nil))
	if len(state) > maxState {
		return "", Errorf("the answers of this call are too long to go on: %d bytes, at most %d", len(state), maxState)
	}
	return state, nil
}

// Errors of a requestState, to stand behind that word.
var (
	errStateTooLong = fmt.Errorf("is longer than %d bytes", maxState)
	errForeignState = errors.New("is not one that this server made: call again without it")
)

// open reads a requestState.
func (k *stateKeys) open(state string) (c carried, err error) {
	if len(state) > maxState {
		return c, errStateTooLong
	}
	sealed, err := base64.RawURLEncoding.Strict().DecodeString(state)
	if err != nil {
		return c, errForeignState
	}
	for _, key := range k.all {
		plain, err := key.Open(nil, nil, sealed, nil)
		if err != nil {
			continue
		}
		if json.Unmarshal(plain, &c) != nil {
			break // of another version of this package
		}
		return c, nil
	}
	return c, errForeignState
}

// readStateKeys reads secrets from a file, a line each, the current one first.
func readStateKeys(name string) (secrets [][]byte, err error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	for line := range bytes.Lines(data) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			secrets = append(secrets, line)
		}
	}
	if len(secrets) == 0 {
		return nil, fmt.Errorf("%s holds no key", name)
	}
	return secrets, nil
}
