package gate

import (
	"slices"
	"time"

	"refbot/knowledge"
	"refbot/knowledge/language"
	"refbot/knowledge/language/recent"
	"refbot/knowledge/thesaurus"
)

// Limits on an answer.
const (
	MaxSentences = 6
	MaxSentence  = 420 // characters
	MaxSources   = 9
)

// Status says how far a statement holds.
type Status string

// The states of a statement.
const (
	InForce  Status = "in force"
	Draft    Status = "draft"    // it speaks of a rule that is proposed, not adopted
	Replaced Status = "replaced" // a newer statement gives another value
)

// Source is a statement as the prompt carried it.
type Source struct {
	Language       language.Code
	Text, Title    string
	Speaker        string // empty: an institution or a document speaks
	Office, Outlet string
	Date           time.Time
	Status         Status
	URL            string
	Proposes       bool // all of it is a draft; of another statement about one, what speaks of the draft
	// Versions are the same statement in other languages: the one in the language asked for vouches for it.
	Versions []Version
}

// Version is a statement in another language.
type Version struct {
	Language                     language.Code
	Text, Title, Speaker, Office string
}

// Sentence is what somebody wrote, with the numbers, from 1, of the statements it rests on.
type Sentence struct {
	Text       string `json:"text"`
	Statements []int  `json:"statements"`
}

// Judged is a sentence with what speaks against it.
type Judged struct {
	Sentence
	Findings []Finding `json:"findings,omitempty"` // empty: it passes
}

// Verdict is what the gate makes of an answer.
type Verdict struct {
	Sentences []Judged
	Findings  []Finding // against the answer as a whole
}

// Pass reports whether the answer may go out as written.
func (v *Verdict) Pass() bool {
	return len(v.Findings) == 0 && !slices.ContainsFunc(v.Sentences, func(j Judged) bool { return len(j.Findings) > 0 })
}

// Reasons lists the reasons against the answer, each once, in the order they were found.
func (v *Verdict) Reasons() []Reason {
	var list []Reason
	add := func(findings []Finding) {
		for _, f := range findings {
			if !slices.Contains(list, f.Reason) {
				list = append(list, f.Reason)
			}
		}
	}
	add(v.Findings)
	for i := range v.Sentences {
		add(v.Sentences[i].Findings)
	}
	return list
}

// How many words of a language, and how many statements, a gate remembers: some 100 KB a statement.
const (
	remembered        = 8192
	rememberedSources = 128
)

// Gate checks answers over one knowledge base. It is safe for concurrent use.
type Gate struct {
	notions *thesaurus.Thesaurus
	cues    map[language.Code]*cueFinder
	common  map[string]bool // stems of words the statements write with a small letter
	names   map[string]bool // skeletons of words they only write with a capital
	hosts   []string        // of the campaign's official links
	met     map[language.Code]*recent.Words[form]
	seen    *recent.Words[*evidence] // statements, which are cited again and again
}

// New makes a gate for the statements and the glossary of a pack.
func New(p *knowledge.Pack) *Gate {
	g := &Gate{
		notions: thesaurus.New(forms(p)), cues: readCues(), hosts: hosts(p), met: map[language.Code]*recent.Words[form]{},
		seen: recent.New[*evidence](rememberedSources),
	}
	for _, code := range language.Codes() {
		g.met[code] = recent.New[form](remembered)
	}
	g.learn(p)
	return g
}

// forms turns the glossary into forms of the thesaurus.
func forms(p *knowledge.Pack) []thesaurus.Form {
	var list []thesaurus.Form
	for _, term := range p.Glossary.Terms {
		for code, texts := range term.Forms {
			for _, text := range texts {
				list = append(list, thesaurus.Form{Notion: term.ID, Language: code, Text: text, Weight: 1})
			}
		}
	}
	return list
}

// Prepare reads the statements that an answer may cite, so that checking it need not: that takes most of the time
// for statements never cited before.
func (g *Gate) Prepare(asked language.Code, sources []Source) {
	for i := range sources[:min(len(sources), MaxSources)] {
		g.evidenceOf(&sources[i], asked)
	}
}

// Check compares an answer in language asked with the statements its sentences cite by number, from 1. It
// takes any text and any numbers.
func (g *Gate) Check(asked language.Code, sources []Source, answer []Sentence) Verdict {
	var v Verdict
	if len(answer) == 0 {
		v.Findings = append(v.Findings, Finding{Reason: Empty})
	}
	if len(answer) > MaxSentences {
		v.Findings = append(v.Findings, Finding{Reason: TooLong})
		answer = answer[:MaxSentences]
	}
	c := newChecker(g, asked, sources)
	for i := range answer {
		c.admit(answer[i])
	}
	for i := range c.claims {
		c.check(&c.claims[i])
		v.Sentences = append(v.Sentences, Judged{answer[i], c.claims[i].findings})
	}
	return v
}
