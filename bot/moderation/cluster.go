package moderation

import (
	"context"
	"strconv"
	"strings"
	"time"

	"refbot/knowledge/language"
)

// ClusterID names a cluster: "C" and a decimal number below 2^32.
type ClusterID string

// Valid reports whether an id, which is foreign text, is well formed.
func (id ClusterID) Valid() bool { return id.Number() != 0 }

// Number is the number in the id, from 1; 0 for one that is not well formed.
func (id ClusterID) Number() uint32 {
	digits, found := strings.CutPrefix(string(id), "C")
	n, err := strconv.ParseUint(digits, 10, 32)
	if !found || err != nil || digits[0] < '1' || digits[0] > '9' {
		return 0
	}
	return uint32(n)
}

// NewClusterID is the id of a number; "" for 0.
func NewClusterID(n uint32) ClusterID {
	if n == 0 {
		return ""
	}
	return ClusterID("C" + strconv.FormatUint(uint64(n), 10))
}

// Cluster is a group of similar questions without an answer.
type Cluster struct {
	ID        ClusterID             `json:"id"`
	Label     Question              `json:"label"` // the most typical question
	Size      int                   `json:"size"`  // questions
	Languages map[language.Code]int `json:"languages"`
	Days      []DayCount            `json:"days"` // oldest first, days with questions only, at most 180
	First     time.Time             `json:"first"`
	Last      time.Time             `json:"last"`
	// Settled tells that somebody has closed the gap or ruled that there is none; zero while it is open. A settled
	// cluster is open again when more such questions stay without an answer.
	Settled time.Time `json:"settled,omitzero"`
}

// DayCount is how many questions a day (UTC, 2026-03-15) brought.
type DayCount struct {
	Day   string `json:"day"`
	Count int    `json:"count"`
}

// ClusterFilter narrows the list of clusters.
type ClusterFilter struct {
	Settled bool // those that are settled; else the open ones
	Least   int  // questions at least; 0 for any
}

// Clusters lists what people ask and get no answer to. Errors are *bot.Error of kind StoreDown, or ErrUnknown,
// ErrCursor. The questions of a cluster are those of [Journal] by Filter.Cluster.
type Clusters interface {
	// List gives at most n clusters after the cursor, the largest first; next is "" when there are no more.
	List(ctx context.Context, f ClusterFilter, cursor string, n int) (list []Cluster, next string, err error)
	// Get reads one. ErrUnknown.
	Get(ctx context.Context, id ClusterID) (Cluster, error)
	// Settle closes a cluster: its card leaves the queue. why is for the audit: a version, an id of a statement.
	Settle(ctx context.Context, who int64, id ClusterID, why string) error
	// Reopen takes that back.
	Reopen(ctx context.Context, who int64, id ClusterID) error
}
