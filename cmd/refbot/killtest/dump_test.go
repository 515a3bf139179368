package killtest

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"

	"refbot/bot/redisstore/redistest"
)

// planted is a value the search must find.
const planted = "a sentence nobody sealed, planted to be found"

// searchDumps looks for people and questions in everything Redis wrote, and in refbot's log.
func (w *town) searchDumps() {
	w.t.Helper()
	w.search(w.log.Name())
	for _, node := range w.nodes {
		if !node.Master() { // one that was killed, or a replica
			continue
		}
		size := w.save(node)
		total, found := w.search(dumps(w, node)...)
		w.t.Logf("searched %d keys, %d bytes", size, total)
		if size < 2 || found != 2 {
			w.t.Errorf("of %d keys the one that was planted is found %d times, not once in the RDB and once in the AOF file", size, found)
		}
	}
}

// save has a node write an RDB file beside its AOF, with a value in both that the search must find. It
// returns how many keys there are.
func (w *town) save(node *redistest.Server) int64 {
	w.t.Helper()
	db := redis.NewClient(&redis.Options{Addr: node.Addr, DisableIdentity: true})
	defer db.Close()
	key := "planted"
	for i := 0; redis.HasErrorPrefix(db.Set(w.t.Context(), key, planted, 0).Err(), "MOVED"); i++ { // in a cluster
		key = fmt.Sprint("planted", i)
	}
	for _, err := range []error{
		db.Get(w.t.Context(), key).Err(),
		db.ConfigSet(w.t.Context(), "rdbcompression", "no").Err(), // compression would hide words from the search
		db.Save(w.t.Context()).Err(),
	} {
		if err != nil {
			w.t.Fatal(err)
		}
	}
	size, _ := db.DBSize(w.t.Context()).Result()
	return size
}

// search reads files; found is how often the planted value is in them.
func (w *town) search(files ...string) (total, found int) {
	w.t.Helper()
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
	return total, found
}

// dumps lists the RDB and AOF files.
func dumps(w *town, node *redistest.Server) (files []string) {
	w.t.Helper()
	err := filepath.WalkDir(node.Dir, func(path string, d fs.DirEntry, err error) error {
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
