package vectors

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"math"
	"os"
	"path/filepath"
	"sync"
)

// Key names a vector: a digest of the model's name and the text.
type Key [sha256.Size]byte

// KeyOf returns the key of a text under a model.
func KeyOf(model, text string) Key { return sha256.Sum256([]byte(model + "\x00" + text)) }

// Bounds on what is read of a cache.
const (
	maxDimensions = 8192
	maxCached     = 512 << 20 // bytes of the file
)

// Cache keeps vectors in one file, to which they are appended. A file that is cut off or damaged is good up to there:
// what is missing is made anew. It is safe for concurrent use within one process; of two processes that write at once
// each appends whole records. It holds no text of people: only statements are kept there.
type Cache struct {
	mu      sync.Mutex
	path    string // "": nothing is kept on disk
	vectors map[Key][]float32
}

// OpenCache reads the cache at path, which need not exist; "" keeps vectors in memory alone.
func OpenCache(path string) (*Cache, error) {
	c := &Cache{path: path, vectors: map[Key][]float32{}}
	if path == "" {
		return c, nil
	}
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return c, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	whole := c.read(bufio.NewReader(io.LimitReader(file, maxCached)))
	if info, err := file.Stat(); err == nil && info.Size() > whole {
		_ = os.Truncate(path, whole)
	}
	return c, nil
}

// read takes in records up to the first that is not whole and returns how many bytes those have.
func (c *Cache) read(r io.Reader) int64 {
	whole := int64(0)
	for {
		key, vector, n, err := readRecord(r)
		if err != nil {
			return whole
		}
		c.vectors[key] = vector
		whole += n
	}
}

var errRecord = errors.New("not a record")

// readRecord reads key, number of dimensions, numbers and their checksum, all little-endian.
func readRecord(r io.Reader) (key Key, vector []float32, n int64, err error) {
	var head [len(key) + 2]byte
	if _, err = io.ReadFull(r, head[:]); err != nil {
		return key, nil, 0, err
	}
	copy(key[:], head[:])
	dimensions := int(binary.LittleEndian.Uint16(head[len(key):]))
	if dimensions == 0 || dimensions > maxDimensions {
		return key, nil, 0, errRecord
	}
	body := make([]byte, 4*dimensions+4)
	if _, err = io.ReadFull(r, body); err != nil {
		return key, nil, 0, err
	}
	sum := crc32.NewIEEE()
	_, _ = sum.Write(head[:])
	_, _ = sum.Write(body[:4*dimensions])
	if sum.Sum32() != binary.LittleEndian.Uint32(body[4*dimensions:]) {
		return key, nil, 0, errRecord
	}
	vector = make([]float32, dimensions)
	for i := range vector {
		vector[i] = math.Float32frombits(binary.LittleEndian.Uint32(body[4*i:]))
	}
	return key, vector, int64(len(head) + len(body)), nil
}

// record writes a vector as readRecord reads it.
func record(key Key, vector []float32) []byte {
	b := append(make([]byte, 0, len(key)+2+4*len(vector)+4), key[:]...)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(vector)))
	for _, x := range vector {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

// Get returns the vector of a key.
func (c *Cache) Get(key Key) ([]float32, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.vectors[key]
	return v, ok
}

// Put keeps vectors. What cannot be written to disk is kept in memory, and the error tells.
func (c *Cache) Put(keys []Key, vectors [][]float32) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	var b bytes.Buffer
	for i, key := range keys {
		c.vectors[key] = vectors[i]
		b.Write(record(key, vectors[i]))
	}
	if c.path == "" {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(c.path), 0o750); err != nil {
		return err
	}
	file, err := os.OpenFile(c.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(b.Bytes())
	return errors.Join(err, file.Close())
}
