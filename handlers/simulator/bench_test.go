package simulator_test

import (
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"refbot/handlers/simulator"
)

func benchServer(b *testing.B, people int) (*simulator.Server, []int64) {
	b.Helper()
	s := simulator.New()
	if err := s.Start("127.0.0.1:0"); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	ids := make([]int64, people)
	for i := range ids {
		ids[i] = s.AddPerson(simulator.Person{FirstName: "x", Started: true}).ID
	}
	return s, ids
}

// BenchmarkSendMessage sends over loopback to many chats, from several connections.
func BenchmarkSendMessage(b *testing.B) {
	s, people := benchServer(b, 100_000)
	transport := &http.Transport{MaxIdleConnsPerHost: 16}
	b.Cleanup(transport.CloseIdleConnections)
	c := &http.Client{Transport: transport}
	var next atomic.Int64
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			body := fmt.Sprintf(`{"chat_id":%d,"text":"<b>Референдум</b> 15 наурызда","parse_mode":"HTML"}`, people[next.Add(1)%int64(len(people))])
			resp, err := c.Post(s.URL()+"/bot"+s.Token()+"/sendMessage", "application/json", strings.NewReader(body))
			if err != nil {
				b.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
		}
	})
	b.StopTimer()
	b.ReportMetric(float64(s.Sent()["sendMessage"])/b.Elapsed().Seconds(), "msg/s")
}

// BenchmarkGetUpdates asks again and again for the same batch of 100 updates.
func BenchmarkGetUpdates(b *testing.B) {
	s, people := benchServer(b, 100)
	for _, p := range people {
		if _, err := s.Send(p, p, "когда референдум?"); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		resp, err := http.Get(s.URL() + "/bot" + s.Token() + "/getUpdates")
		if err != nil {
			b.Fatal(err)
		}
		n, err := io.Copy(io.Discard, resp.Body)
		if err != nil {
			b.Fatal(err)
		}
		_ = resp.Body.Close()
		b.SetBytes(n)
	}
}

// BenchmarkCrowd measures what a chat with a question and an answer costs in memory.
func BenchmarkCrowd(b *testing.B) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	s, people := benchServer(b, 0)
	for b.Loop() {
		p := s.AddPerson(simulator.Person{FirstName: "x", Started: true}).ID
		if _, err := s.Send(p, p, "когда референдум?"); err != nil {
			b.Fatal(err)
		}
		people = append(people, p)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(len(people)), "B/chat")
	runtime.KeepAlive(s)
}
