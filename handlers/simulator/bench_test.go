package simulator_test

import (
	"fmt"
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
			_ = resp.Body.Close()
		}
	})
	b.StopTimer()
	b.ReportMetric(float64(s.Sent()["sendMessage"])/b.Elapsed().Seconds(), "msg/s")
}

// BenchmarkGetUpdates takes updates in batches of 100 and confirms them.
func BenchmarkGetUpdates(b *testing.B) {
	s, people := benchServer(b, 1000)
	offset := int64(0)
	url := s.URL() + "/bot" + s.Token() + "/getUpdates?offset="
	for b.Loop() {
		b.StopTimer()
		for i := range 100 {
			if _, err := s.Send(people[i], people[i], "когда референдум?"); err != nil {
				b.Fatal(err)
			}
		}
		b.StartTimer()
		resp, err := http.Get(url + fmt.Sprint(offset))
		if err != nil {
			b.Fatal(err)
		}
		_ = resp.Body.Close()
		offset = 100_001 + 100*int64(b.N)
	}
}

// BenchmarkCrowd measures what a chat with one message from the bot costs in memory.
func BenchmarkCrowd(b *testing.B) {
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		s, people := benchServer(b, 20_000)
		for _, p := range people {
			if _, err := s.Send(p, p, "когда референдум?"); err != nil {
				b.Fatal(err)
			}
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(len(people)), "B/chat")
		runtime.KeepAlive(s)
	}
}
