package redisstore

import (
	"errors"
	"slices"
	"testing"
	"time"

	"refbot/bot/library"
	"refbot/knowledge"
)

// version is a version of no content.
func version(number int64) library.Version {
	return library.Version{Number: number, Name: "2026-03-18-00000000", At: time.Unix(1773532800, 0).UTC(), Author: asker, By: stranger}
}

func testShelf(t *testing.T, e *env) {
	r := e.store.Shelf()
	if n, err := r.Latest(t.Context()); n != 0 || err != nil {
		t.Errorf("an empty shelf has version %d, %v", n, err)
	}
	if list, err := r.History(t.Context(), 0, 10); len(list) != 0 || err != nil {
		t.Errorf("an empty shelf has a history: %v, %v", list, err)
	}
	must(t, r.Publish(t.Context(), version(1), []byte("one")))
	if err := r.Publish(t.Context(), version(3), []byte("three")); !errors.Is(err, library.ErrConflict) {
		t.Errorf("a version was passed over: %v", err)
	}
	other := version(1)
	other.Why = "somebody else's"
	if err := r.Publish(t.Context(), other, []byte("other")); !errors.Is(err, library.ErrConflict) {
		t.Errorf("a version was published twice: %v", err)
	}
	for n := int64(2); n <= library.KeptVersions+2; n++ {
		must(t, r.Publish(t.Context(), version(n), []byte("more")))
	}
	for n, want := range map[int64]error{1: library.ErrUnknown, 2: library.ErrUnknown, 3: nil, library.KeptVersions + 2: nil, 1000: library.ErrUnknown} {
		if _, err := r.Archive(t.Context(), n); !errors.Is(err, want) {
			t.Errorf("the archive of version %d: %v, want %v", n, err, want)
		}
	}
	list, err := r.History(t.Context(), 4, 10)
	if err != nil || len(list) != 3 || list[0].Number != 3 || list[2].Number != 1 || list[0].Author != asker {
		t.Errorf("history %+v, %v", list, err)
	}
	_, err = r.Version(t.Context(), 99)
	if !errors.Is(err, library.ErrUnknown) {
		t.Errorf("a version nobody published: %v", err)
	}
}

func testProposals(t *testing.T, e *env) {
	r := e.store.Shelf()
	var ids []library.ID
	for i := range 5 {
		p := &library.Proposal{
			ID: library.NewID(), State: library.Draft, Author: asker, Created: time.Unix(int64(1000+i), 0).UTC(),
			Statement: &knowledge.Statement{ID: "s", Text: "текст"},
		}
		must(t, r.SaveProposal(t.Context(), p))
		ids = append(ids, p.ID)
	}
	p, err := r.Proposal(t.Context(), ids[2])
	must(t, err)
	if p.Revision != 1 || p.Statement.Text != "текст" {
		t.Errorf("%+v", p)
	}
	late := *p
	p.State = library.Withdrawn
	must(t, r.SaveProposal(t.Context(), p))
	if err := r.SaveProposal(t.Context(), &late); !errors.Is(err, library.ErrConflict) {
		t.Errorf("who was too late changed it: %v", err)
	}
	open, err := r.OpenProposals(t.Context())
	if err != nil || len(open) != 4 || slices.ContainsFunc(open, func(p *library.Proposal) bool { return p.ID == ids[2] }) {
		t.Errorf("%d are open, %v", len(open), err)
	}
	var seen []library.ID
	for cursor := ""; ; {
		list, next, err := r.Proposals(t.Context(), cursor, 2)
		must(t, err)
		for _, p := range list {
			seen = append(seen, p.ID)
		}
		if cursor = next; cursor == "" {
			break
		}
	}
	slices.Reverse(seen)
	if !slices.Equal(seen, ids) {
		t.Errorf("listed %v, want %v", seen, ids)
	}
	if _, err := r.Proposal(t.Context(), library.NewID()); !errors.Is(err, library.ErrUnknown) {
		t.Errorf("a proposal nobody made: %v", err)
	}
}
