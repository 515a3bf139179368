package killtest

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
)

// planted is a value the search must find.
const planted = "a sentence nobody sealed, planted to be found"

// searchDumps looks for people and questions in everything Redis wrote, and in refbot's log.
func (w *town) searchDumps() {
	w.t.Helper()
	db := redis.NewClient(&redis.Options{Addr: w.redis.Addr})
	defer db.Close()
	for _, err := range []error{
		db.Set(w.t.Context(), "planted", planted, 0).Err(),
		db.ConfigSet(w.t.Context(), "rdbcompression", "no").Err(), // compression would hide words from the search
		db.Save(w.t.Context()).Err(),
	} {
		if err != nil {
			w.t.Fatal(err)
		}
	}
	size, _ := db.DBSize(w.t.Context()).Result()
	files := append(dumps(w), w.log.Name())
	total, found := 0, 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			w.t.Fatal(err)
		}
		total += len(text)
		found += bytes.Count(text, []byte(planted))
		for what, traces := range w.traces() {
			for _, trace := range traces {
				if bytes.Contains(text, trace) {
					w.t.Errorf("%s holds the %s %q", filepath.Base(file), what, trace)
				}
			}
		}
	}
	w.t.Logf("searched %d keys, %d files, %d bytes", size, len(files), total)
	if size < 2 || found != 2 {
		w.t.Errorf("of %d keys the one that was planted is found %d times, not once in the RDB and once in the AOF file", size, found)
	}
}

// dumps lists the RDB and AOF files.
func dumps(w *town) (files []string) {
	w.t.Helper()
	err := filepath.WalkDir(w.redis.Dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && (strings.HasSuffix(path, ".rdb") || strings.Contains(path, ".aof")) {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return files
}

// traces are all byte sequences that would tell who asked what.
func (w *town) traces() map[string][][]byte {
	traces := map[string][][]byte{"token": {[]byte(w.sim.Token())}}
	for _, p := range w.people {
		id := uint64(p.ID)
		traces["id"] = append(traces["id"], []byte(strconv.FormatInt(p.ID, 10)),
			binary.BigEndian.AppendUint64(nil, id), binary.LittleEndian.AppendUint64(nil, id))
		traces["name"] = append(traces["name"], []byte(p.FirstName), []byte(p.LastName))
		traces["username"] = append(traces["username"], []byte(p.Username))
	}
	for _, list := range questions {
		for _, q := range list {
			escaped := strconv.QuoteToASCII(q)
			plain, _ := json.Marshal(q)
			traces["question"] = append(traces["question"], []byte(q), []byte(strings.ToLower(q)),
				[]byte(escaped[1:len(escaped)-1]), plain[1:len(plain)-1])
		}
	}
	return traces
}
