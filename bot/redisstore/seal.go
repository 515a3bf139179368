package redisstore

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
)

// KeySize is the length of a data key in bytes.
const KeySize = 32

// ErrSealed means that a value does not open under any key at hand: the data key is not the one
// that sealed it, or the value was tampered with.
var ErrSealed = errors.New("the value does not open with this DATA_KEY")

// Sealer seals values and hides ids. It is safe for concurrent use.
//
// Values: AES-256-GCM with a random 12-byte nonce (NIST SP 800-38D, at most 2^32 seals a key), bound to
// the name of the Redis key they are stored under, so that values can't be swapped between keys.
// Names: HMAC-SHA-256 of the id, cut to 128 bits. Both keys come from the data key by HKDF-SHA-256.
type Sealer struct {
	aead cipher.AEAD
	old  []cipher.AEAD // earlier keys: opened with, never sealed with
	name []byte
}

// NewSealer derives the keys from a data key of KeySize bytes. Values sealed under one of the old
// data keys can still be opened; names always come from the first key in naming order: the oldest
// one, so that a rotation does not lose anybody.
func NewSealer(key []byte, old ...[]byte) (*Sealer, error) {
	s := &Sealer{}
	var err error
	if s.aead, err = newAEAD(key); err != nil {
		return nil, err
	}
	oldest := key
	for _, k := range old {
		aead, err := newAEAD(k)
		if err != nil {
			return nil, err
		}
		s.old, oldest = append(s.old, aead), k
	}
	s.name, err = hkdf.Key(sha256.New, oldest, nil, "refbot names v1", KeySize)
	return s, err
}

func newAEAD(key []byte) (cipher.AEAD, error) {
	if len(key) != KeySize {
		return nil, fmt.Errorf("a data key has %d bytes, not %d", KeySize, len(key))
	}
	derived, err := hkdf.Key(sha256.New, key, nil, "refbot values v1", KeySize)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(derived)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// Seal encrypts a value for the Redis key it will be stored under.
func (s *Sealer) Seal(redisKey string, value []byte) []byte {
	nonce := make([]byte, s.aead.NonceSize(), s.aead.NonceSize()+len(value)+s.aead.Overhead())
	_, _ = rand.Read(nonce) // never fails: crypto/rand ends the program instead
	return s.aead.Seal(nonce, nonce, value, []byte(redisKey))
}

// Open decrypts what Seal made for the same Redis key. The error is ErrSealed.
func (s *Sealer) Open(redisKey string, sealed []byte) ([]byte, error) {
	n := s.aead.NonceSize()
	if len(sealed) < n {
		return nil, ErrSealed
	}
	for _, aead := range append([]cipher.AEAD{s.aead}, s.old...) {
		if value, err := aead.Open(nil, sealed[:n], sealed[n:], []byte(redisKey)); err == nil {
			return value, nil
		}
	}
	return nil, ErrSealed
}

// Hide turns an id into a name that only holders of the data key can compute: 22 characters.
func (s *Sealer) Hide(purpose string, id int64) string {
	mac := hmac.New(sha256.New, s.name)
	mac.Write([]byte(purpose))
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(id))
	mac.Write(b[:])
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}
