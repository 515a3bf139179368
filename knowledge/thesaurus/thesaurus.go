package thesaurus

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"refbot/knowledge/index"
	"refbot/knowledge/language"
	"refbot/knowledge/language/recent"
)

// Form is one way to name a notion.
type Form struct {
	Notion   string
	Language language.Code
	Text     string // words; one that ends with a * matches any ending
	Weight   float32
	Name     bool // it names a person, a place or a body: the words of a name are found with any ending
}

// Thesaurus finds notions. It is safe for concurrent use once built.
type Thesaurus struct {
	patterns []pattern
	first    map[string][]int32 // key of a pattern's first word → patterns
	keys     map[string]bool    // of any word of any pattern
	light    map[string]bool    // notions that say little
	met      *recent.Words[[]string]
}

// remembered is how many words of questions a thesaurus remembers.
const remembered = 8192

// pattern is a form cut into words.
type pattern struct {
	notion string
	weight float32
	words  []word
}

// word is a word of a pattern with the keys of which a token must have one.
type word struct{ keys []string }

// Keys begin with a mark that says how they are compared.
const (
	byStem   = "~" // and the language's code: equal stems
	byWord   = "=" // the word itself, or a stem of the token in another language
	byPrefix = ">" // the beginning of the word
	bySkel   = "s" // equal skeletons
	bySkelPr = "p" // the beginning of the skeleton
)

//go:embed common.txt
var commonList string

// common is the thesaurus of the common list alone: all who need no further forms share it.
var common = sync.OnceValue(func() *Thesaurus { return Of(Parse(commonList, commonWeight)) })

// New returns a thesaurus of the common list and further forms.
func New(forms []Form) *Thesaurus {
	if len(forms) == 0 {
		return common()
	}
	return Of(append(Parse(commonList, commonWeight), forms...))
}

// Of builds a thesaurus of these forms alone.
func Of(forms []Form) *Thesaurus {
	t := &Thesaurus{
		first: map[string][]int32{}, keys: map[string]bool{}, light: map[string]bool{}, met: recent.New[[]string](remembered),
	}
	for _, f := range forms {
		t.add(f)
	}
	return t
}

// commonWeight is how far a word of the common list stands for its notion.
const commonWeight = .85

// Parse reads lines "notion | Russian | Kazakh | English" with forms parted by commas; lines that
// begin with # are comments.
func Parse(list string, weight float32) []Form {
	var forms []Form
	for line := range strings.Lines(list) {
		columns := strings.Split(strings.TrimSpace(line), "|")
		if strings.HasPrefix(line, "#") || len(columns) != 4 {
			continue
		}
		for i, code := range []language.Code{language.Russian, language.Kazakh, language.English} {
			for _, text := range strings.Split(columns[i+1], ",") {
				if text = strings.TrimSpace(text); text != "" {
					forms = append(forms, Form{Notion: strings.TrimSpace(columns[0]), Language: code, Text: text, Weight: weight})
				}
			}
		}
	}
	return forms
}

func (t *Thesaurus) add(f Form) {
	notion, light := strings.CutPrefix(f.Notion, "-")
	p := pattern{notion: notion, weight: f.Weight}
	if light {
		t.light[notion] = true
	}
	for _, w := range strings.FieldsFunc(f.Text, func(r rune) bool { return r == ' ' || r == '-' }) {
		one := newWord(w, f.Language)
		if f.Name {
			one.open(w)
		}
		for _, k := range one.keys {
			t.keys[k] = true
		}
		p.words = append(p.words, one)
	}
	if len(p.words) == 0 {
		return
	}
	n := int32(len(t.patterns))
	t.patterns = append(t.patterns, p)
	for _, k := range p.words[0].keys {
		t.first[k] = append(t.first[k], n)
	}
}

// A stem that keeps fewer letters of its word than this share says too little of it: the word is then
// matched as it stands, with any ending.
const stemLeast = .67

// A beginning of a skeleton is compared from this many letters: shorter ones begin English words too.
const skeletonLeast = 5

func newWord(text string, code language.Code) word {
	prefix, open := strings.CutSuffix(text, "*")
	folded := language.Fold(prefix)
	if tokens := language.Tokenize(folded); !open && len(tokens) == 1 && tokens[0].Value != "" {
		return word{keys: []string{byWord + tokens[0].Value}}
	}
	stem := language.Stem(folded, code)
	letters := utf8.RuneCountInString(folded)
	short := float64(utf8.RuneCountInString(stem)) < stemLeast*float64(letters)
	var w word
	switch {
	case open || short && letters > 3:
		w.keys = append(w.keys, byPrefix+folded)
	default:
		w.keys = append(w.keys, byStem+string(code)+stem, byWord+folded)
	}
	if code == language.English {
		if open {
			w.keys = append(w.keys, byWord+folded)
		}
		return w
	}
	skeleton := language.Skeleton(folded)
	if open {
		if len(skeleton) >= skeletonLeast {
			w.keys = append(w.keys, bySkelPr+skeleton)
		}
		return w
	}
	return word{append(w.keys, bySkel+skeleton)}
}

// longWord is the length, in bytes, from which a word is none.
const longWord = 120

// keys returns every key a token answers to.
func keys(t *language.Token) []string {
	if t.Value != "" {
		return valueKeys(t)
	}
	f := t.Folded
	list := []string{byWord + f}
	if len(f) > longWord {
		return list
	}
	if index.Latin(f) {
		list = prefixes(append(list, byStem+"en"+language.Stem(f, language.English)), byPrefix, f)
		skeleton := language.Skeleton(f)
		return prefixes(append(list, bySkel+skeleton), bySkelPr, skeleton)
	}
	for _, code := range []language.Code{language.Russian, language.Kazakh} {
		stem := language.Stem(f, code)
		list = append(list, byStem+string(code)+stem)
		if stem != f {
			list = append(list, byWord+stem)
		}
	}
	return prefixes(list, byPrefix, f)
}

// valueKeys are those of a typed term: its value, and the sign of its kind, so that the word «процент»
// is found in "87.15 %" and «статья» in «ст. 9».
func valueKeys(t *language.Token) []string {
	list := []string{byWord + t.Value}
	switch t.Kind {
	case language.Percent:
		list = append(list, byWord+"%")
	case language.Article:
		list = append(list, byWord+"§")
	}
	return list
}

// prefixes appends a key for every beginning of a word of at least two letters.
func prefixes(list []string, mark, folded string) []string {
	letters := 0
	for i := range folded {
		if letters >= 2 {
			list = append(list, mark+folded[:i])
		}
		letters++
	}
	return append(list, mark+folded)
}

// Words returns the folded whole words of the forms, for a corrector of spelling.
func (t *Thesaurus) Words() []string {
	var words []string
	for k := range t.keys {
		if w, ok := strings.CutPrefix(k, byWord); ok {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return words
}

// Light reports whether a notion says little by itself, such as «человек» or "know".
func (t *Thesaurus) Light(notion string) bool { return t.light[notion] }

// Mentions returns the notions named by the words of a text. Where forms of one notion overlap, the
// longest counts.
func (t *Thesaurus) Mentions(tokens []language.Token) []index.Mention {
	return t.mentions(tokens, t.remembered)
}

// remembered returns the keys of a word from the memory all questions share.
func (t *Thesaurus) remembered(token *language.Token) []string {
	if token.Value != "" || len(token.Folded) > longWord {
		return t.known(token)
	}
	list, ok := t.met.Get(token.Folded)
	if !ok {
		list = t.known(token)
		t.met.Put(token.Folded, list)
	}
	return list
}

// known returns the keys of a token that any pattern knows.
func (t *Thesaurus) known(token *language.Token) []string {
	var list []string
	for _, k := range keys(token) {
		if t.keys[k] {
			list = append(list, k)
		}
	}
	return list
}

// Reader returns a thesaurus that remembers all the words it has met, for one goroutine that reads many
// texts.
func (t *Thesaurus) Reader() index.Thesaurus { return &reader{t, map[string][]string{}} }

type reader struct {
	*Thesaurus
	met map[string][]string
}

// Mentions implements [index.Thesaurus].
func (r *reader) Mentions(tokens []language.Token) []index.Mention {
	return r.mentions(tokens, r.keysOf)
}

func (r *reader) keysOf(token *language.Token) []string {
	name := token.Folded
	if token.Value != "" {
		name += token.Value
	}
	list, ok := r.met[name]
	if !ok {
		list = r.known(token)
		r.met[strings.Clone(name)] = list
	}
	return list
}

// mentions finds the notions named by words whose keys keysOf gives.
func (t *Thesaurus) mentions(tokens []language.Token, keysOf func(*language.Token) []string) []index.Mention {
	list := make([]index.Mention, 0, min(2*len(tokens), 64))
	for i := range tokens {
		from, keys := len(list), keysOf(&tokens[i])
		named := t.names(keys)
		for _, k := range keys {
			if named && beginsOnly(k, &tokens[i]) {
				continue
			}
			for _, p := range t.first[k] {
				pat := &t.patterns[p]
				if pat.matches(tokens[i:], keysOf) {
					m := index.Mention{Notion: pat.notion, From: i, To: i + len(pat.words), Weight: pat.weight}
					list = keepLongest(list, from, m)
				}
			}
		}
	}
	return list
}

func keepLongest(list []index.Mention, from int, m index.Mention) []index.Mention {
	for i := from; i < len(list); i++ {
		if list[i].Notion == m.Notion {
			if m.To > list[i].To {
				list[i] = m
			}
			return list
		}
	}
	return append(list, m)
}

// matches reports whether tokens, the first of which fits, begin with the words of the pattern.
func (p *pattern) matches(tokens []language.Token, keysOf func(*language.Token) []string) bool {
	if len(p.words) > len(tokens) {
		return false
	}
	for i := 1; i < len(p.words); i++ {
		if !p.words[i].fits(keysOf(&tokens[i])) {
			return false
		}
	}
	return true
}

func (w *word) fits(keys []string) bool {
	for _, k := range keys {
		if slices.Contains(w.keys, k) {
			return true
		}
	}
	return false
}
