package gate

import (
	"slices"
	"strings"

	"refbot/knowledge/language"
)

// Words may stand in a statement and yet be told of something else there. What follows compares which name
// stands at which extreme, which office belongs to whom, and who reported what.

// poles compares the names at an extreme, «ниже всего в Алматы»: one that the statement has at the other
// extreme, or at none, is misplaced.
func (k *checker) poles(c *claim) {
	for _, u := range c.cues {
		if u.family != "sharp" || u.name != "highest" && u.name != "lowest" || !c.any(func(e *evidence) bool { return e.cues["sharp:"+opposite(u.name)] }) {
			continue
		}
		clause := c.clauses[c.words[u.from].clause]
		for i := clause.from; i < clause.to; i++ {
			w := &c.words[i]
			if !w.capital || w.Kind != language.Word || i >= u.from && i < u.to || w.opens && i == 0 || ours(w.Folded) || c.inCue(i, "body", "role", "say") || c.any(func(e *evidence) bool { return e.speaker.holdsAny(w) }) {
				continue
			}
			if k.held(c, w) && !c.any(func(e *evidence) bool { return e.atPole(u.name, w) }) {
				c.stop(Opposite, w.Text)
			}
		}
	}
}

// inCue reports whether word i belongs to a cue of one of the families.
func (r *reading) inCue(i int, families ...string) bool {
	return slices.ContainsFunc(r.cues, func(u cue) bool { return u.from <= i && i < u.to && slices.Contains(families, u.family) })
}

// atPole reports whether a name stands behind a word for an extreme and in front of the next such word, up to
// the end of the period.
func (e *evidence) atPole(name string, w *word) bool {
	for _, u := range e.text.cues {
		if u.family != "sharp" || u.name != name {
			continue
		}
		stretch := span{u.to, e.text.periods[e.text.words[u.from].period].to}
		for _, v := range e.text.cues {
			if v.family == "sharp" && (v.name == "highest" || v.name == "lowest") && v.from >= u.to {
				stretch.to = min(stretch.to, v.from)
			}
		}
		if e.text.holds(w, stretch) {
			return true
		}
		if before := (span{max(0, u.from-windowWords), u.from}); e.text.holds(w, before) {
			return true
		}
	}
	return false
}

// officeReach is how many words lie at most between an office and the name of who holds it.
const officeReach = 6

// offices asks that an office beside a person's name is that person's in the statement.
func (k *checker) offices(c *claim) {
	for _, u := range c.cues {
		if u.family != "role" || c.words[u.from].quoted {
			continue
		}
		for _, i := range [...]int{c.nameBehind(u), c.nameBefore(u)} {
			if i >= 0 && !c.any(func(e *evidence) bool { return e.holdsOffice(&c.words[i], u) }) {
				c.stop(Office, c.words[i].Text)
			}
		}
	}
}

// person reports a word that is written like a name and stands for no office or body.
func (c *claim) person(i int) bool {
	w := &c.words[i]
	return w.capital && w.Kind == language.Word && letters(w.Folded) > 2 && !w.quoted && !ours(w.Folded) && !c.inCue(i, "role", "body", "sharp", "plain") &&
		c.any(func(e *evidence) bool { return e.personal(w) })
}

// personal reports a word of a person's name: the speaker's, or one of two capital words in a row beside a word
// for saying.
func (e *evidence) personal(w *word) bool {
	if e.speaker.holdsAny(w) {
		return true
	}
	words := e.text.words
	for i := range words {
		if !words[i].capital || !e.text.holds(w, span{i, i + 1}) {
			continue
		}
		if i+1 < len(words) && e.text.firstName(i) || i > 0 && e.text.firstName(i-1) {
			return true
		}
	}
	return false
}

// firstName reports two capital words in a row in one clause that belong to no office, body or quotation.
func (r *reading) firstName(i int) bool {
	a, b := &r.words[i], &r.words[i+1]
	return a.capital && b.capital && a.Kind == language.Word && b.Kind == language.Word && a.clause == b.clause && a.period == b.period && !a.quoted && !b.quoted &&
		!r.inCue(i, "role", "body") && !r.inCue(i+1, "role", "body")
}

// nameBehind is the person's name that follows an office in its clause, -1 when there is none.
func (c *claim) nameBehind(u cue) int {
	clause := c.clauses[c.words[u.from].clause]
	for i := u.to; i < min(clause.to, u.to+officeReach); i++ {
		if c.inCue(i, "say", "role", "modal", "neg") || and(c.words[i].Folded, c.lang) {
			return -1
		}
		if c.person(i) {
			return i
		}
	}
	return -1
}

// nameBefore is the person's name that stands in front of a comma and an office, -1 when there is none.
func (c *claim) nameBefore(u cue) int {
	clause := c.clauses[c.words[u.from].clause]
	if u.from > clause.from+2 || clause.from == 0 || c.words[clause.from-1].period != c.words[u.from].period {
		return -1
	}
	if i := clause.from - 1; c.person(i) {
		return i
	}
	return -1
}

// holdsOffice reports whether a person has an office in a statement: its speaker, or within reach in its text.
func (e *evidence) holdsOffice(w *word, u cue) bool {
	name := u.family + ":" + u.name
	if e.speaker.holdsAny(w) && e.bureauSaw(u) {
		return true
	}
	for i := range e.text.words {
		if !e.text.holds(w, span{i, i + 1}) {
			continue
		}
		for _, v := range e.text.cues {
			if v.family+":"+v.name == name && v.from <= i+officeReach && v.to >= i-officeReach && e.text.words[v.from].period == e.text.words[i].period {
				return true
			}
		}
	}
	return false
}

func (e *evidence) bureauSaw(u cue) bool {
	return e.bureau.saw(u.family, u.name) || slices.ContainsFunc(e.near, func(r *reading) bool { return r.saw(u.family, u.name) })
}

// reported compares who reported something where a statement has several people speak: a sentence that names one
// of them does not rest on what another one said.
func (k *checker) reported(c *claim) {
	if !c.saw("say") || len(c.vouching) != 1 {
		return
	}
	e := c.vouching[0]
	p, share := e.nearest(c.reading, span{0, len(c.words)})
	if share < drawn || !e.text.sawIn(p, "say") {
		return
	}
	for i := range c.words {
		if !c.person(i) || !c.bySay(i) || e.text.holds(&c.words[i], p) {
			continue
		}
		if other := e.otherVoice(p); other >= 0 {
			c.stop(Speaker, e.text.words[other].Text)
		}
	}
}

// bySay reports whether a word stands near a word for saying.
func (c *claim) bySay(i int) bool {
	return slices.ContainsFunc(c.cues, func(u cue) bool {
		return u.family == "say" && u.from-i <= sayReach && i-u.to <= sayReach
	})
}

// otherVoice is a person's name beside a word for saying in a period, -1 when there is none.
func (e *evidence) otherVoice(p span) int {
	for _, u := range e.text.cues {
		if u.family != "say" || u.from < p.from || u.from >= p.to {
			continue
		}
		for i := max(p.from, u.from-sayReach); i+1 < min(p.to, u.to+sayReach); i++ {
			if e.text.firstName(i) {
				return i
			}
		}
	}
	return -1
}

// refuted asks that what a statement calls false, a rumour or a mistake is not told as true.
func (k *checker) refuted(c *claim) {
	if c.saw("sharp", "deny") || slices.ContainsFunc(c.negated, func(n negation) bool { return !c.inBan(n) }) {
		return
	}
	for _, mine := range c.clauses {
		if c.meaning(mine) < 3 {
			continue
		}
		if len(c.vouching) > 0 && !c.any(func(e *evidence) bool { return !e.refutes(c, mine) }) {
			c.stop(Negation, c.phrase(mine.from, mine.to))
		}
	}
}

// inBan reports a negation that is a ban: who tells of one as of a fact may repeat a rumour.
func (r *reading) inBan(n negation) bool {
	return slices.ContainsFunc(r.cues, func(u cue) bool { return u.family == "neg" && u.name == "ban" && u.from == n.at })
}

// refutes reports a clause that a statement tells only where it calls it false.
func (e *evidence) refutes(c *claim, mine span) bool {
	with, without := 0.0, 0.0
	for _, text := range e.near {
		for _, p := range text.periods {
			called, rest := text.calledFalse(p)
			if called.to > called.from {
				with = max(with, c.coverSaid(mine, e, text, called))
			}
			if rest.to > rest.from && len(text.negatedIn(rest)) == 0 {
				without = max(without, c.coverSaid(mine, e, text, rest))
			}
		}
	}
	return with >= nearly && with >= without+clearly
}

// calledFalse parts a sentence into what it calls false, up to the clause of that word and on through a "that" behind
// it, and the rest.
func (r *reading) calledFalse(p span) (called, rest span) {
	end := p.from
	for _, u := range r.cues {
		if u.family == "sharp" && u.name == "deny" && u.from >= p.from && u.from < p.to {
			end = max(end, r.clauses[r.words[u.from].clause].to)
		}
	}
	for end > p.from && end < p.to && that(r.words[end].Folded) {
		end = r.clauses[r.words[end].clause].to
	}
	return span{p.from, end}, span{end, p.to}
}

// that reports a word that begins what somebody said.
func that(folded string) bool {
	return folded == "что" || folded == "будто" || folded == "якобы" || folded == "о" || folded == "that" || folded == "as"
}

// attributes asks that a sharp word stands with what it is said of: where the statement tells of the rest of the
// clause without it, and of it elsewhere, it is misplaced.
func (k *checker) attributes(c *claim) {
	for _, u := range c.cues {
		if u.family != "sharp" || soft[u.name] || papers[u.name] || c.words[u.from].quoted || c.sawIn(c.clauses[c.words[u.from].clause], "say") {
			continue
		}
		mine := c.part(u)
		if c.meaning(mine) < 4 || !c.any(func(e *evidence) bool { return e.same }) {
			continue
		}
		if !c.any(func(e *evidence) bool { return !e.elsewhere(c, mine, u) }) {
			c.stop(Opposite, c.phrase(u.from, u.to))
		}
	}
}

// papers are sharp words for what one brings along: they stand wherever a sentence has room for them.
var papers = map[string]bool{"proxy": true, "passport": true, "notary": true, "driver": true}

// part is what stands around a cue in its clause up to an "and".
func (r *reading) part(u cue) span {
	s := r.clauses[r.words[u.from].clause]
	for i := s.from; i < s.to; i++ {
		switch {
		case !and(r.words[i].Folded, r.lang):
		case i < u.from:
			s.from = i + 1
		case i >= u.to:
			s.to = i
		}
	}
	return s
}

// elsewhere reports that a sentence of a statement tells of a clause but for a sharp word, which stands in another
// sentence that has at most half as many of the clause's words.
func (e *evidence) elsewhere(c *claim, mine span, u cue) bool {
	with, without, total := 0, 0, c.heldIn(mine, u, e.text, span{0, len(e.text.words)})
	for _, p := range e.text.periods {
		n := c.heldIn(mine, u, e.text, p)
		if e.text.sawIn(p, u.family, u.name) {
			with = max(with, n)
		} else {
			without = max(without, n)
		}
	}
	return without >= with+2 && 2*with <= without && 5*without >= 3*total
}

// heldIn counts the words of meaning and the values of a clause, but for a cue's own, that a span of another text has.
func (c *claim) heldIn(mine span, u cue, r *reading, s span) int {
	n := 0
	for i := mine.from; i < mine.to; i++ {
		w := &c.words[i]
		if i >= u.from && i < u.to || !w.content && w.Value == "" {
			continue
		}
		if r.means(w, s) {
			n++
		}
	}
	return n
}

// coverSaid is the share of the words of meaning of a clause, but for the speaker's name and office, that a span has.
func (c *claim) coverSaid(mine span, e *evidence, r *reading, s span) float64 {
	total, held := 0, 0
	for i := mine.from; i < mine.to; i++ {
		w := &c.words[i]
		if !w.content && w.Value == "" || w.capital && (e.speaker.holdsAny(w) || e.bureau.holdsAny(w)) || c.inCue(i, "say") {
			continue
		}
		total++
		if r.means(w, s) {
			held++
		}
	}
	if total == 0 {
		return 0
	}
	return float64(held) / float64(total)
}

// swaps asks that of what takes the place of something else, the one is not told for the other.
func (k *checker) swaps(c *claim) {
	for _, u := range c.cues {
		if u.family != "swap" {
			continue
		}
		gone, came := c.sides(u)
		if c.any(func(e *evidence) bool { return e.swapped(gone, came) }) {
			c.stop(Opposite, c.phrase(u.from, u.to))
		}
	}
}

// swapReach is how many words to either side of "instead of" are compared.
const swapReach = 3

// sides returns the keys of what goes and of what comes in its place.
func (r *reading) sides(u cue) (gone, came map[string]bool) {
	before, behind := map[string]bool{}, map[string]bool{}
	clause := r.clauses[r.words[u.from].clause]
	for i := max(clause.from, u.from-swapReach); i < u.from; i++ {
		addKeys(before, &r.words[i])
	}
	for i := u.to; i < min(clause.to, u.to+swapReach); i++ {
		addKeys(behind, &r.words[i])
	}
	if r.lang == language.Kazakh {
		return before, behind
	}
	return behind, before
}

// swapped reports that in the statement comes what goes in the sentence.
func (e *evidence) swapped(gone, came map[string]bool) bool {
	for _, text := range e.near {
		for _, v := range text.cues {
			if v.family != "swap" {
				continue
			}
			went, arrived := text.sides(v)
			if only(gone, arrived, went) && !only(gone, went, arrived) {
				return true
			}
		}
	}
	return false
}

// only reports a key that is in a and in b and not in c.
func only(a, b, c map[string]bool) bool {
	for k := range a {
		if b[k] && !c[k] {
			return true
		}
	}
	return false
}

// abroad asks that what another country's office said is told of that country.
func (k *checker) abroad(c *claim) {
	for _, e := range c.vouching {
		for _, u := range e.bureau.cues {
			if u.family != "country" || slices.ContainsFunc(e.bureau.words, func(w word) bool { return ours(w.Folded) }) {
				continue
			}
			if !c.saw("country", u.name) || slices.ContainsFunc(c.words, func(w word) bool { return ours(w.Folded) }) && !slices.ContainsFunc(e.text.words, func(w word) bool { return ours(w.Folded) }) {
				c.stop(Name, e.bureau.phrase(u.from, u.to))
			}
		}
	}
}

// closing asks that a Kazakh sentence whose last words deny is not told without the "not": a clause of the answer with
// words that stand in no other sentence of the statement.
func (k *checker) closing(c *claim) {
	if len(c.negated) > 0 {
		return
	}
	if c.lang != language.Kazakh {
		if len(c.vouching) > 0 && !c.any(func(e *evidence) bool { return !e.forbids(c) }) {
			c.stop(Negation, "")
		}
		return
	}
	if len(c.vouching) > 0 && !c.any(func(e *evidence) bool { return !e.closes(c) }) {
		c.stop(Negation, "")
	}
}

// forbids reports a clause of the statement that says "cannot" of what the claim says, and alone has words of it.
func (e *evidence) forbids(c *claim) bool {
	for _, u := range e.text.cues {
		if u.family != "neg" || u.name != "cannot" || e.text.words[u.from].quoted || !shares(e.text, e.text.scope(u), c.reading, span{0, len(c.words)}) {
			continue
		}
		mine, alone := e.text.clauses[e.text.words[u.from].clause], 0
		for i := range c.words {
			w := &c.words[i]
			if w.content && e.text.holds(w, mine) && !slices.ContainsFunc(e.text.clauses, func(o span) bool { return o != mine && e.text.holds(w, o) }) {
				alone++
			}
		}
		if alone >= 2 {
			return true
		}
	}
	return false
}

// closingWords is how far from the end of a sentence the verb stands that decides it.
const closingWords = 1

// closes reports a sentence of the statement that ends in a "not" and alone has words of the claim.
func (e *evidence) closes(c *claim) bool {
	for _, p := range e.text.periods {
		if !slices.ContainsFunc(e.text.negated, func(n negation) bool {
			return n.at < p.to && n.at >= p.to-1-closingWords && shares(e.text, n.scope, c.reading, span{0, len(c.words)})
		}) {
			continue
		}
		alone := 0
		for i := range c.words {
			w := &c.words[i]
			if w.content && e.text.open(w, p) && !slices.ContainsFunc(e.text.periods, func(o span) bool { return o != p && e.text.holds(w, o) }) {
				alone++
			}
		}
		if alone >= 1 {
			return true
		}
	}
	return false
}

// open reports a word in a clause of a sentence that has no verb of its own at its end, or in the last clause.
func (r *reading) open(w *word, p span) bool {
	for i := p.from; i < p.to; {
		s := r.clauses[r.words[i].clause]
		if (s.to >= p.to || !verbal(r.words[s.to-1].Folded)) && r.holds(w, s) {
			return true
		}
		i = max(s.to, i+1)
	}
	return false
}

// verbal reports the ending of a Kazakh verb that closes a clause.
func verbal(folded string) bool {
	for _, ending := range [...]string{"ды", "ди", "ты", "ти", "ып", "ип", "са", "се", "ган", "ген", "кан", "кен", "йды", "йди", "жок", "емес"} {
		if strings.HasSuffix(folded, ending) {
			return true
		}
	}
	return false
}

// sequence asks that what comes first does not come last.
func (k *checker) sequence(c *claim) {
	for _, u := range c.cues {
		if u.family != "then" {
			continue
		}
		for _, a := range c.cues {
			for _, b := range c.cues {
				if a.family == "role" && b.family == "role" && a.name != b.name && a.to <= u.from && b.from >= u.to && c.any(func(e *evidence) bool { return e.comes(b.name, a.name) }) {
					c.stop(Opposite, c.phrase(b.from, b.to))
				}
			}
		}
	}
}

// comes reports that a statement which tells an order names one office before another, and never after it.
func (e *evidence) comes(first, last string) bool {
	at := map[string][2]int{}
	for _, u := range e.text.cues {
		if u.family == "role" {
			x, ok := at[u.name]
			if !ok {
				x[0] = u.from
			}
			x[1] = u.from
			at[u.name] = x
		}
	}
	a, okA := at[first]
	b, okB := at[last]
	return okA && okB && e.text.saw("then") && a[1] < b[0]
}

// owners asks that what belongs to one office or body is not told of another: "the Archive of the President".
func (k *checker) owners(c *claim) {
	for i, u := range c.cues {
		if u.family != "role" && u.family != "body" {
			continue
		}
		w := c.owned(u)
		if w < 0 || c.inCue(w, "role", "body", "say", "sharp") {
			continue
		}
		if c.any(func(e *evidence) bool { return e.owns(&c.words[w], u) }) || !c.any(func(e *evidence) bool { return e.ownsOther(&c.words[w]) }) {
			continue
		}
		c.stop(Office, c.phrase(c.cues[i].from, c.cues[i].to))
	}
}

// owned is the word of meaning that an office or body directly owns, -1 when there is none.
func (r *reading) owned(u cue) int {
	if r.lang == language.Kazakh {
		if u.to < len(r.words) && r.words[u.to].content && !verbal(r.words[u.to].Folded) && r.words[u.to].clause == r.words[u.from].clause {
			return u.to
		}
		return -1
	}
	i, linked := u.from-1, r.lang == language.Russian
	for ; i >= 0 && u.from-i <= 2 && links[r.words[i].Folded]; i-- {
		linked = linked || r.words[i].Folded != "the"
	}
	if !linked {
		return -1
	}
	if i >= 0 && r.words[i].Kind == language.Word && letters(r.words[i].Folded) > 3 && r.words[i].clause == r.words[u.from].clause {
		return i
	}
	return -1
}

// links are the words between what is done or owned and who does or owns it.
var links = map[string]bool{"of": true, "the": true, "to": true, "by": true, "к": true, "ко": true, "за": true, "от": true, "на": true, "у": true}

// holders asks that what is given to one person is not told of another: «закреплена за Аидой Балаевой».
func (k *checker) holders(c *claim) {
	for i := 1; i < len(c.words); i++ {
		if !c.person(i) || c.person(i-1) || c.lang == language.Kazakh {
			continue
		}
		w := c.owned(cue{from: i, to: i + 1})
		if w < 0 || w == i-1 || c.inCue(w, "role", "body", "say") {
			continue
		}
		if c.any(func(e *evidence) bool { return e.gives(&c.words[w], &c.words[i]) }) {
			c.stop(Speaker, c.words[i].Text)
		}
	}
}

// gives reports that a statement links a word to a person's name, and never to this one.
func (e *evidence) gives(w, name *word) bool {
	found := false
	for i := 0; i+1 < len(e.text.words); i++ {
		if !e.text.firstName(i) {
			continue
		}
		at := e.text.owned(cue{from: i, to: i + 1})
		if at < 0 || at == i-1 || !e.text.holds(w, span{at, at + 1}) {
			continue
		}
		if e.text.holds(name, span{i, i + 2}) {
			return false
		}
		found = true
	}
	return found
}

// owns reports that a statement has a word owned by an office or body.
func (e *evidence) owns(w *word, u cue) bool {
	return slices.ContainsFunc(e.text.cues, func(v cue) bool {
		at := e.text.owned(v)
		return v.family == u.family && v.name == u.name && at >= 0 && e.text.holds(w, span{at, at + 1})
	})
}

// ownsOther reports that a statement has a word owned by some office or body.
func (e *evidence) ownsOther(w *word) bool {
	return slices.ContainsFunc(e.text.cues, func(v cue) bool {
		if v.family != "role" && v.family != "body" {
			return false
		}
		at := e.text.owned(v)
		return at >= 0 && e.text.holds(w, span{at, at + 1})
	})
}
