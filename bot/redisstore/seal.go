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
	"sync/atomic"
)

// KeySize is the length of a data key in bytes.
const KeySize = 32

// ErrSealed means that a value does not open under any key at hand: the data key is not the one
// that sealed it, or the value was tampered with.
var ErrSealed = errors.New("the value does not open with this DATA_KEY")

// Sealer seals values and hides ids. It is safe for concurrent use.
//
// Values: AES-256-GCM with a random 12-byte nonce (NIST SP 800-38D, at most 2^32 seals a key), bound to
// the name of the Redis key they are stored under, so that values can't be swapped between keys. The
// key comes from the data key by HKDF-SHA-256.
//
// Names: HMAC-SHA-256 of the id, cut to 128 bits, under the name key. A store's name key comes from its
// first data key by HKDF-SHA-256 and lies sealed in the store, so that people keep their names when the
// data key is changed: see [ClaimKey].
type Sealer struct {
	keys  []cipher.AEAD // sealed with the first, opened with any
	names atomic.Pointer[[]byte]
}

// NewSealer derives the keys from a data key of KeySize bytes. Values sealed under one of the others
// can be opened too. To change the data key while replicas run, first hand the new one to all of them
// among the others, then make it the data key and keep the former among the others until nothing
// sealed with it is left: the longest retention, or for profiles until they are stored again.
func NewSealer(key []byte, others ...[]byte) (*Sealer, error) {
	s := &Sealer{}
	for _, k := range append([][]byte{key}, others...) {
		aead, err := newAEAD(k)
		if err != nil {
			return nil, err
		}
		s.keys = append(s.keys, aead)
	}
	names, err := hkdf.Key(sha256.New, key, nil, "refbot names v1", KeySize)
	s.names.Store(&names)
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

// Seal encrypts a value for the Redis key it will be stored under. It adds 28 bytes.
func (s *Sealer) Seal(redisKey string, value []byte) []byte {
	aead := s.keys[0]
	nonce := make([]byte, aead.NonceSize(), aead.NonceSize()+len(value)+aead.Overhead())
	_, _ = rand.Read(nonce) // never fails: crypto/rand ends the program instead
	return aead.Seal(nonce, nonce, value, []byte(redisKey))
}

// Open decrypts what Seal made for the same Redis key. The error is ErrSealed.
func (s *Sealer) Open(redisKey string, sealed []byte) ([]byte, error) {
	value, _, err := s.open(redisKey, sealed)
	return value, err
}

// open also tells which of the keys opened the value; 0 is the one values are sealed with.
func (s *Sealer) open(redisKey string, sealed []byte) (value []byte, key int, err error) {
	for i, aead := range s.keys {
		n := aead.NonceSize()
		if len(sealed) < n {
			break
		}
		if value, err := aead.Open(nil, sealed[:n], sealed[n:], []byte(redisKey)); err == nil {
			return value, i, nil
		}
	}
	return nil, 0, ErrSealed
}

// Hide turns an id into a name that only holders of the name key can compute: 22 characters. Names for
// different purposes can't be linked.
func (s *Sealer) Hide(purpose string, id int64) string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(id))
	return s.hide(purpose, b[:])
}

// HideText is Hide for a text.
func (s *Sealer) HideText(purpose, text string) string { return s.hide(purpose+" text", []byte(text)) }

func (s *Sealer) hide(purpose string, what []byte) string {
	mac := hmac.New(sha256.New, *s.names.Load())
	mac.Write([]byte(purpose))
	mac.Write(what)
	var sum [sha256.Size]byte
	return base64.RawURLEncoding.EncodeToString(mac.Sum(sum[:0])[:16])
}
