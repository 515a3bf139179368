package gate

import (
	"slices"

	"refbot/knowledge/language"
)

// checker is one answer being checked.
type checker struct {
	*Gate
	asked    language.Code
	sources  []Source
	evidence []*evidence // by source, nil until cited
	claims   []claim
	loose    bool // a translation: words that no list joins to the original's are to be expected
}

// claim is a sentence being checked.
type claim struct {
	Sentence
	*reading
	cited    []*evidence
	vouching []*evidence // of the cited, those it may rest on: only the named speaker's, when one is named
	findings []Finding
}

func newChecker(g *Gate, asked language.Code, sources []Source) *checker {
	if len(sources) > MaxSources {
		sources = sources[:MaxSources]
	}
	return &checker{Gate: g, asked: asked, sources: sources, evidence: make([]*evidence, len(sources))}
}

// stop notes a finding, each reason once.
func (c *claim) stop(r Reason, detail string) {
	if !slices.ContainsFunc(c.findings, func(f Finding) bool { return f.Reason == r }) {
		c.findings = append(c.findings, Finding{r, detail})
	}
}

// blame notes a finding, as the speaker's when another statement the sentence cites would have vouched for it.
func (c *claim) blame(r Reason, otherwise bool, detail string) {
	if otherwise && len(c.vouching) < len(c.cited) {
		r = Speaker
	}
	c.stop(r, detail)
}

// admit looks at a sentence by itself and collects what it cites.
func (k *checker) admit(s Sentence) {
	c := claim{Sentence: s, reading: &reading{lang: k.asked}}
	for _, n := range s.Statements {
		if n < 1 || n > len(k.sources) {
			c.stop(Citation, "")
			continue
		}
		if k.evidence[n-1] == nil {
			k.evidence[n-1] = k.evidenceOf(&k.sources[n-1], k.asked)
		}
		if e := k.evidence[n-1]; !slices.Contains(c.cited, e) {
			c.cited = append(c.cited, e)
		}
	}
	if len(c.cited) == 0 {
		c.stop(Citation, "")
	}
	if letters(s.Text) > MaxSentence {
		c.stop(TooLong, "")
	} else {
		c.reading = k.read(s.Text, k.asked)
	}
	k.manner(&c)
	k.claims = append(k.claims, c)
}

// check compares a sentence with what it cites.
func (k *checker) check(c *claim) {
	c.vouching = c.cited
	if len(c.cited) == 0 || len(c.words) == 0 {
		return
	}
	k.speaker(c)
	k.values(c)
	k.durations(c)
	k.binding(c)
	k.checkNames(c)
	k.sharp(c)
	k.quotations(c)
	k.polarity(c)
	k.conditions(c)
	k.status(c)
	k.support(c)
	k.strange(c)
	k.poles(c)
	k.superlatives(c)
	k.offices(c)
	k.reported(c)
	k.refuted(c)
	k.attributes(c)
	k.swaps(c)
	k.exchanges(c)
	k.times(c)
	k.abroad(c)
	k.closing(c)
	k.sequence(c)
	k.bygone(c)
	k.owners(c)
	k.holders(c)
	k.leads(c)
	k.blend(c)
}

// any reports whether one of the vouching statements fulfils a condition.
func (c *claim) any(ok func(*evidence) bool) bool { return slices.ContainsFunc(c.vouching, ok) }
