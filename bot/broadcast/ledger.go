package broadcast

import (
	"slices"

	"refbot/knowledge/language"
)

// Includes reports whether a subscriber belongs to the segment. Who chose no topics gets all of them; who gave
// no region belongs to none.
func (s Segment) Includes(x Subscriber) bool {
	return (len(s.Languages) == 0 || slices.Contains(s.Languages, x.Language)) &&
		(len(s.Topics) == 0 || len(x.Topics) == 0 || shares(s.Topics, x.Topics)) &&
		(len(s.Regions) == 0 || x.Region != "" && slices.Contains(s.Regions, x.Region)) &&
		(s.Since.IsZero() || !x.Since.Before(s.Since))
}

func shares(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// Reach is the segment of those the broadcast has words for: without a fallback, those whose language is
// not written are left out. A broadcast without any text reaches nobody: ok is false.
func (b *Broadcast) Reach() (s Segment, ok bool) {
	s = b.Segment
	if _, ok := b.Content[b.Fallback]; ok {
		return s, true
	}
	var written []language.Code
	for _, code := range language.Codes() {
		if _, ok := b.Content[code]; ok && (len(s.Languages) == 0 || slices.Contains(s.Languages, code)) {
			written = append(written, code)
		}
	}
	s.Languages = written
	return s, len(written) > 0
}

// Total is how many recipients there are.
func (t Tally) Total() int { return t.Queued + t.Settled() }

// Settled is of how many it is known what became of them, or that it cannot be known.
func (t Tally) Settled() int { return t.Sent + t.Unreachable + t.Failed + t.Unknown }

// Errors are the lines that make a broadcast stop and a person look. Who blocked the bot is no error.
func (t Tally) Errors() int { return t.Failed + t.Unknown }

// Of is the count of one outcome.
func (t Tally) Of(o Outcome) int {
	switch o {
	case Queued, Begun:
		return t.Queued
	case Sent:
		return t.Sent
	case Unreachable:
		return t.Unreachable
	case Failed:
		return t.Failed
	case Unknown:
		return t.Unknown
	}
	return 0
}
