package knowledge

import (
	"fmt"
	"strings"
	"time"

	"refbot/knowledge/dictionary"
	"refbot/knowledge/index"
	"refbot/knowledge/intent"
	"refbot/knowledge/language"
	"refbot/knowledge/language/recent"
	"refbot/knowledge/thesaurus"
)

// Engine answers questions over one pack. It is immutable and safe for concurrent use; a new
// version of the knowledge is a new Engine, swapped in through a [Live].
//
//	engine, err := knowledge.Build(pack)
//	answer := engine.Ask(knowledge.Question{Text: "когда референдум?"})
type Engine struct {
	pack      *Pack
	index     *index.Index
	ids       *dictionary.Dictionary // of statements, by number
	group     []int32                // by statement, a number its language versions share
	groups    groups                 // language versions by group
	newer     map[int][]int          // by statement, those that give the newer value, as the pack says or the figures show
	older     map[int32][]int        // by group, the statements it gives the newer value of
	asked     map[string][]int32     // by the words of an alias, the groups it is listed for
	traits    []trait
	years     []uint16 // all statements are about, see yearsOf
	yearStart []uint32 // by statement, its first of them
	kinship   *index.Kinship
	spans     [][2]int32   // byte ranges of the sentences of all texts, see sentences
	spanStart []uint32     // by statement, its first of them
	span      [2]time.Time // oldest and newest date of what is not old
	words     *language.Corrector
	layouts   *language.Layouts
	languages *language.Identifier
	meant     *recent.Words[string]
	intents   *intent.Reader
	verdict   *model
	entities  map[string]EntityKind // notions that name something
	field     map[string]bool       // notions of the pack's glossary
	related   map[string][]string   // ids of terms that may answer for a term
	core      map[string]bool       // those of them that many statements name
}

// Build indexes a pack, which must not be changed afterwards.
func Build(p *Pack) (*Engine, error) {
	e := &Engine{
		pack: p, newer: map[int][]int{},
		traits: make([]trait, len(p.Statements)), intents: intent.NewReader(), verdict: fitted,
		meant: recent.New[string](remembered), languages: language.NewIdentifier(),
		entities: map[string]EntityKind{}, related: map[string][]string{}, field: map[string]bool{}, core: map[string]bool{}, asked: map[string][]int32{},
	}
	notions := thesaurus.New(e.forms())
	ids, documents := make([]string, len(p.Statements)), make([]index.Document, len(p.Statements))
	for i := range p.Statements {
		s := &p.Statements[i]
		ids[i], documents[i] = s.ID, e.document(s)
	}
	e.ids = dictionary.Of(ids)
	e.join()
	for i := range p.Statements {
		e.noteAliases(&p.Statements[i], e.group[i])
	}
	words, read := map[string]int{}, e.surveyor()
	e.index = index.Build(documents, index.Options{Thesaurus: notions, Words: words, Read: read.read, Tuning: tuning()})
	read.done()
	for id := range e.field {
		if e.entities[id] != Place && coreShare*e.index.Lookup(index.Notion, id) >= len(documents) {
			e.core[id] = true
		}
	}
	e.kinship = e.index.Kinship()
	e.settle()
	e.chain()
	addForms(words, p)
	for _, word := range append(notions.Words(), e.intents.Words()...) {
		words[word]++
	}
	var err error
	if e.words, err = language.NewCorrector(words); err != nil {
		return nil, fmt.Errorf("build engine: %w", err)
	}
	e.layouts = language.NewLayouts(func(folded string) bool {
		return e.words.Known(folded) || e.index.Knows(&language.Token{Folded: folded})
	})
	return e, nil
}

// coreShare says from which part of a pack's statements on, one in so many, a notion is what the pack is about.
const coreShare = 10

// sentences returns the byte ranges of the sentences of a statement's text.
func (e *Engine) sentences(at int) [][2]int32 { return e.spans[e.spanStart[at]:e.spanStart[at+1]] }

// numberOf returns the place of a statement of the pack.
func (e *Engine) numberOf(s *Statement) int {
	at, _ := e.ids.Find(s.ID)
	return int(at)
}

// Pack returns the pack the engine answers over.
func (e *Engine) Pack() *Pack { return e.pack }

func key(s *Statement) string {
	if s.Key != "" {
		return s.Key
	}
	return s.ID
}

// forms turns the glossary into forms of the thesaurus and notes what its terms name.
func (e *Engine) forms() []thesaurus.Form {
	var forms []thesaurus.Form
	for _, term := range e.pack.Glossary.Terms {
		e.field[term.ID] = true
		if term.Entity != NoEntity {
			e.entities[term.ID] = term.Entity
		}
		if len(term.Related) > 0 {
			e.related[term.ID] = term.Related
		}
		for code, texts := range term.Forms {
			for _, text := range texts {
				forms = append(forms, thesaurus.Form{Notion: term.ID, Language: code, Text: text, Weight: 1, Name: term.Entity != NoEntity})
			}
		}
	}
	return forms
}

// addForms adds the words of the glossary to the vocabulary of the corrector, as rare ones.
func addForms(words map[string]int, p *Pack) {
	for _, term := range p.Glossary.Terms {
		for _, texts := range term.Forms {
			for _, text := range texts {
				for _, t := range language.Tokenize(text) {
					if t.Kind == language.Word {
						words[t.Folded]++
					}
				}
			}
		}
	}
}

// document lays a statement out in fields. Tags stand for themselves and for the titles of the topics
// they belong to, so that a topic's name finds its statements in every language.
func (e *Engine) document(s *Statement) index.Document {
	d := index.Document{Tags: s.Topics, Parts: []index.Part{
		{Field: index.Title, Text: s.Title, Language: s.Language},
		{Field: index.Text, Text: s.Text, Language: s.Language},
		{Field: index.Speaker, Text: s.Speaker, Language: s.Language},
		{Field: index.Office, Text: s.Office, Language: s.Language},
		{Field: index.Topic, Text: strings.ReplaceAll(strings.Join(s.Topics, " "), "-", " "), Language: language.English},
	}}
	for _, alias := range s.Aliases {
		d.Parts = append(d.Parts, index.Part{Field: index.Alias, Text: alias})
	}
	return d
}
