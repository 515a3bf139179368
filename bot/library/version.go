package library

import (
	"context"
	"errors"
	"slices"
	"time"

	"refbot/knowledge"
)

// Version is one state of the knowledge base that was published.
type Version struct {
	Number     int64     `json:"number"` // from 1, without gaps; 0: nothing was published
	Name       string    `json:"name"`   // of its pack: knowledge.Pack.Version
	At         time.Time `json:"at"`
	Author     int64     `json:"author,omitempty"` // who wrote the change; 0: an operator at a terminal
	By         int64     `json:"by,omitempty"`     // who published it; 0: an operator at a terminal
	Why        string    `json:"why,omitempty"`
	Statements int       `json:"statements"` // every language version counts
	Base       string    `json:"base"`       // version of the pack of the settings that the first version was made from

	// Ids of statements, against the version before it. At most MaxListed of each; Counts has them all.
	Added   []string `json:"added,omitempty"`
	Changed []string `json:"changed,omitempty"`
	Removed []string `json:"removed,omitempty"`
	Counts  [3]int   `json:"counts"` // added, changed, removed
}

// MaxListed bounds the ids a version lists of each kind.
const MaxListed = 500

// KeptVersions is how many of the newest versions can still be opened and gone back to; of older ones it is
// kept that they were.
const KeptVersions = 50

// What a [Shelf] answers besides errors of kind StoreDown.
var (
	ErrConflict = errors.New("somebody else was faster")
	ErrUnknown  = errors.New("there is no such thing on the shelf")
)

// Shelf keeps versions and proposals. Errors are *bot.Error of kind StoreDown, or ErrConflict, ErrUnknown.
type Shelf interface {
	// Latest returns the number of the newest version, 0 where nothing was published. One round trip.
	Latest(ctx context.Context) (int64, error)
	// Version returns what is known of a version; ErrUnknown where there is none.
	Version(ctx context.Context, number int64) (Version, error)
	// Archive returns its pack as knowledge.Archive wrote it; ErrUnknown when it is gone.
	Archive(ctx context.Context, number int64) ([]byte, error)
	// Publish puts a version on the shelf when v.Number is the newest plus one, else ErrConflict. Publishing the
	// same again changes nothing.
	Publish(ctx context.Context, v Version, archive []byte) error
	// History lists versions below a number (0: all), newest first, at most n.
	History(ctx context.Context, before int64, n int) ([]Version, error)

	// SaveProposal stores p when the stored revision is p.Revision (0: none), and counts it up; else ErrConflict.
	SaveProposal(ctx context.Context, p *Proposal) error
	Proposal(ctx context.Context, id ID) (*Proposal, error)
	// Proposals lists them newest first, at most n after the cursor ("" for the first page).
	Proposals(ctx context.Context, cursor string, n int) (list []*Proposal, next string, err error)
	// OpenProposals are those in state Draft or Submitted, in no order.
	OpenProposals(ctx context.Context) ([]*Proposal, error)
}

// compare notes in v what distinguishes a pack from the one before it.
func (v *Version) compare(before, after *knowledge.Pack) {
	for _, d := range Compare(before, after) {
		kind := 1
		switch {
		case d.Before == nil:
			kind = 0
		case d.After == nil:
			kind = 2
		}
		v.Counts[kind]++
		if list := []*[]string{&v.Added, &v.Changed, &v.Removed}[kind]; len(*list) < MaxListed {
			*list = append(*list, d.ID)
		}
	}
}

// Difference is a statement of which two packs hold something else.
type Difference struct {
	ID            string
	Before, After *knowledge.Statement // nil: it is not there
}

// Compare lists what distinguishes two packs, ordered by id. Where a statement was loaded from does not count.
func Compare(before, after *knowledge.Pack) []Difference {
	var list []Difference
	i, j := 0, 0
	for i < len(before.Statements) || j < len(after.Statements) {
		switch {
		case j == len(after.Statements) || i < len(before.Statements) && before.Statements[i].ID < after.Statements[j].ID:
			list = append(list, Difference{ID: before.Statements[i].ID, Before: &before.Statements[i]})
			i++
		case i == len(before.Statements) || after.Statements[j].ID < before.Statements[i].ID:
			list = append(list, Difference{ID: after.Statements[j].ID, After: &after.Statements[j]})
			j++
		default:
			if a, b := &before.Statements[i], &after.Statements[j]; !same(a, b) {
				list = append(list, Difference{ID: a.ID, Before: a, After: b})
			}
			i, j = i+1, j+1
		}
	}
	return list
}

func same(a, b *knowledge.Statement) bool { return slices.Equal(a.Markdown(), b.Markdown()) }
