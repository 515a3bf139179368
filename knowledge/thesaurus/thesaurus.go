package thesaurus

import (
	_ "embed"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"refbot/knowledge/dictionary"
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
	base     *Thesaurus // whose notions it finds besides, nil for none: the common list is held once
	patterns []pattern
	keys     *dictionary.Dictionary // of the keys of any word of any pattern
	parts    []int32                // keys of the words of patterns
	ends     []uint32               // the keys of word w are parts[ends[w]:ends[w+1]]
	first    []int32                // patterns by the keys of their first word: of key k, first[start[k]:start[k+1]]
	start    []uint32               // by key
	begins   []uint8                // by key, letters of the beginning of a word, up to 255; 0 for keys of other marks
	light    map[string]bool        // notions that say little
	met      *recent.Words[keys]
}

// keys are the numbers of those keys of a word that a thesaurus knows, and those its base knows.
type keys struct {
	own, base         []int32
	ownBits, baseBits uint64 // a bit for each
}

// bit is one of 64 for a key: words without a common bit have no common key.
func bit(key int32) uint64 { return 1 << (uint32(key) & 63) }

// remembered is how many words of questions a thesaurus remembers.
const remembered = 16384

// pattern is a form cut into words.
type pattern struct {
	notion string
	weight float32
	word   uint32 // its first word
	words  uint32 // how many it has
	second uint64 // a bit for each key of its second word, all where it has none
}

// word returns the keys of which a token must have one to be word n of a pattern.
func (t *Thesaurus) word(p *pattern, n int) []int32 {
	at := int(p.word) + n
	return t.parts[t.ends[at]:t.ends[at+1]]
}

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
	t := Of(forms)
	t.base = common()
	return t
}

// Of builds a thesaurus of these forms alone.
func Of(forms []Form) *Thesaurus {
	t := &Thesaurus{ends: make([]uint32, 1), light: map[string]bool{}, met: recent.New[keys](remembered)}
	b := &builder{t, map[string]int32{}, nil}
	for _, f := range forms {
		b.add(f)
	}
	t.keys = dictionary.Of(b.names)
	t.patterns, t.begins, t.parts, t.ends = slices.Clip(t.patterns), slices.Clip(t.begins), slices.Clip(t.parts), slices.Clip(t.ends)
	t.sortByFirst()
	return t
}

// builder collects forms.
type builder struct {
	*Thesaurus
	numbers map[string]int32 // of keys
	names   []string         // of keys, by number
}

// sortByFirst lays out the patterns by the keys of their first word.
func (t *Thesaurus) sortByFirst() {
	t.start = make([]uint32, len(t.begins)+1)
	for i := range t.patterns {
		for _, k := range t.word(&t.patterns[i], 0) {
			t.start[k+1]++
		}
	}
	for k := range t.begins {
		t.start[k+1] += t.start[k]
	}
	t.first = make([]int32, t.start[len(t.begins)])
	next := slices.Clone(t.start)
	for i := range t.patterns {
		for _, k := range t.word(&t.patterns[i], 0) {
			t.first[next[k]] = int32(i)
			next[k]++
		}
	}
}

// firsts returns the patterns whose first word has a key.
func (t *Thesaurus) firsts(key int32) []int32 { return t.first[t.start[key]:t.start[key+1]] }

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

func (b *builder) add(f Form) {
	notion, light := strings.CutPrefix(f.Notion, "-")
	p := pattern{notion: notion, weight: f.Weight, word: uint32(len(b.ends) - 1)}
	if light {
		b.light[notion] = true
	}
	for _, w := range strings.FieldsFunc(f.Text, func(r rune) bool { return r == ' ' || r == '-' }) {
		keys := wordKeys(w, f.Language)
		if f.Name {
			keys = withEndings(keys, w)
		}
		for _, k := range keys {
			n := b.number(k)
			b.parts = append(b.parts, n)
			if p.words == 1 {
				p.second |= bit(n)
			}
		}
		b.ends = append(b.ends, uint32(len(b.parts)))
		p.words++
	}
	if p.words == 1 {
		p.second = math.MaxUint64
	}
	if p.words > 0 {
		b.patterns = append(b.patterns, p)
	}
}

// number returns the number of a key, a new one for a new key.
func (b *builder) number(key string) int32 {
	n, ok := b.numbers[key]
	if !ok {
		n = int32(len(b.names))
		b.numbers[key] = n
		b.names = append(b.names, key)
		b.begins = append(b.begins, uint8(min(lettersOfPrefix(key), math.MaxUint8)))
	}
	return n
}

// A stem that keeps fewer letters of its word than this share says too little of it: the word is then
// matched as it stands, with any ending.
const stemLeast = .67

// A beginning of a skeleton is compared from this many letters: shorter ones begin English words too.
const skeletonLeast = 5

// A whole skeleton is compared from this many letters: "it in" is no «иди на».
const wordSkeletonLeast = 3

// wordKeys returns the keys of a word of a form.
func wordKeys(text string, code language.Code) []string {
	prefix, open := strings.CutSuffix(text, "*")
	folded := language.Fold(prefix)
	if tokens := language.Tokenize(folded); !open && len(tokens) == 1 && tokens[0].Value != "" {
		return []string{byWord + tokens[0].Value}
	}
	stem := language.Stem(folded, code)
	letters := utf8.RuneCountInString(folded)
	short := float64(utf8.RuneCountInString(stem)) < stemLeast*float64(letters)
	var list []string
	switch {
	case open || short && letters > 3:
		list = append(list, byPrefix+folded)
	default:
		list = append(list, byStem+string(code)+stem, byWord+folded)
	}
	if code == language.English {
		if open {
			list = append(list, byWord+folded)
		}
		return list
	}
	skeleton := language.Skeleton(folded)
	if open {
		if len(skeleton) >= skeletonLeast {
			list = append(list, bySkelPr+skeleton)
		}
		return list
	}
	if len(skeleton) >= wordSkeletonLeast {
		list = append(list, bySkel+skeleton)
	}
	return list
}

// Words returns the folded whole words of the forms, for a corrector of spelling.
func (t *Thesaurus) Words() []string {
	var words []string
	for k := range t.keys.Size() {
		if w, ok := strings.CutPrefix(t.keys.Name(uint32(k)), byWord); ok {
			words = append(words, w)
		}
	}
	if t.base != nil {
		words = append(words, t.base.Words()...)
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// Light reports whether a notion says little by itself, such as «человек» or "know".
func (t *Thesaurus) Light(notion string) bool {
	return t.light[notion] || t.base != nil && t.base.light[notion]
}

// Mentions returns the notions named by the words of a text. Where forms of one notion overlap, the
// longest counts.
func (t *Thesaurus) Mentions(tokens []language.Token) []index.Mention {
	return t.mentions(tokens, t.remembered)
}

// remembered returns the keys of a word from the memory all questions share.
func (t *Thesaurus) remembered(token *language.Token) keys {
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

// Reader returns a thesaurus that remembers all the words it has met, for one goroutine that reads many
// texts.
func (t *Thesaurus) Reader() index.Thesaurus { return &reader{t, map[string]keys{}} }

type reader struct {
	*Thesaurus
	met map[string]keys
}

// Mentions implements [index.Thesaurus].
func (r *reader) Mentions(tokens []language.Token) []index.Mention {
	return r.mentions(tokens, r.keysOf)
}

func (r *reader) keysOf(token *language.Token) keys {
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
func (t *Thesaurus) mentions(tokens []language.Token, keysOf func(*language.Token) keys) []index.Mention {
	var own, base layer
	own.words, base.words = own.buf[:0], base.buf[:0]
	for i := range tokens {
		k := keysOf(&tokens[i])
		own.words, base.words = append(own.words, keyed{k.own, k.ownBits}), append(base.words, keyed{k.base, k.baseBits})
	}
	var list []index.Mention
	for i := range tokens {
		from, named := len(list), t.names(own.words[i].keys)
		list = t.begin(list, from, i, named, &tokens[i], own.words)
		if t.base != nil {
			list = t.base.begin(list, from, i, named, &tokens[i], base.words)
		}
	}
	return list
}

// layer is the words of a text by the keys that one of two thesauri knows.
type layer struct {
	words []keyed
	buf   [32]keyed
}

type keyed struct {
	keys []int32
	bits uint64
}

// begin appends the notions whose forms begin at word i; those from there on are of the same word. A word that a glossary
// names is not named by a short beginning.
func (t *Thesaurus) begin(list []index.Mention, from, i int, named bool, token *language.Token, words []keyed) []index.Mention {
	next := uint64(0)
	if i+1 < len(words) {
		next = words[i+1].bits
	}
	for _, k := range words[i].keys {
		if named && t.beginsOnly(k, token) {
			continue
		}
		for _, p := range t.firsts(k) {
			pat := &t.patterns[p]
			if pat.words > 1 && pat.second&next == 0 || !t.matches(pat, words[i:]) {
				continue
			}
			list = keepLongest(list, from, index.Mention{Notion: pat.notion, From: i, To: i + int(pat.words), Weight: pat.weight})
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

// matches reports whether a text, whose first word fits and of whose words these are the keys, begins with
// the words of the pattern.
func (t *Thesaurus) matches(p *pattern, words []keyed) bool {
	if int(p.words) > len(words) {
		return false
	}
	for i := 1; i < int(p.words); i++ {
		word := t.word(p, i)
		if !slices.ContainsFunc(words[i].keys, func(k int32) bool { return slices.Contains(word, k) }) {
			return false
		}
	}
	return true
}
