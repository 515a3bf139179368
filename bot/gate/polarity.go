package gate

import (
	"slices"
	"strings"
	"unicode/utf8"

	"refbot/knowledge/language"
)

// negation is a "not" at a word with the words it turns round.
type negation struct {
	at    int
	scope span
}

// negate finds the negations of a reading: cues, and the suffixes of Kazakh verbs.
func (r *reading) negate() {
	for _, c := range r.cues {
		if c.family == "neg" && !r.words[c.from].quoted && !r.numbers(c) {
			r.negated = append(r.negated, negation{c.from, r.scope(c)})
		}
	}
	if r.lang != language.Kazakh {
		return
	}
	for i := range r.words {
		if w := &r.words[i]; !w.quoted && (!w.capital || w.opens) && !language.Stop(w.Folded, language.Kazakh) && w.Kind == language.Word && (negativeVerb(w.Folded) || privative(w.Folded)) && !r.masked(i) {
			r.negated = append(r.negated, negation{i, r.clip(span{i - 1, i + 1}, i)})
		}
	}
}

// numbers reports the English "No" in front of a number.
func (r *reading) numbers(u cue) bool {
	return r.lang == language.English && r.words[u.from].Folded == "no" && u.to < len(r.words) && r.words[u.to].Kind == language.Number
}

// masked reports a word that is part of another cue, such as «кешіктірмей».
func (r *reading) masked(i int) bool {
	return slices.ContainsFunc(r.cues, func(c cue) bool {
		return c.from <= i && i < c.to && (c.family == "void" || c.family == "neg" || c.family == "within" || c.family == "cond" || c.family == "sharp" && negativeCues[c.name])
	})
}

// negativeCues are the sharp words that some Kazakh forms of hold a negative suffix: «қабылданбады».
var negativeCues = map[string]bool{"reject": true, "invalid": true, "uncounted": true, "at-least": true, "at-most": true, "no-later": true}

// scopeWords is how many words of meaning a negation turns round.
const scopeWords = 2

// scope is what a negating cue turns round: the words behind it, in Kazakh those in front of it.
func (r *reading) scope(c cue) span {
	if r.lang == language.Kazakh {
		return r.clip(span{c.from - 2, c.to}, c.from)
	}
	end := c.to
	for n := 0; end < len(r.words) && n < scopeWords; end++ {
		if r.words[end].content {
			n++
		}
	}
	if s := r.clip(span{c.from, end}, c.from); r.meaning(s) > 0 || c.name != "ban" {
		return s
	}
	return r.clip(span{c.from - scopeWords - 1, c.to}, c.from) // «агитация запрещена»
}

// clip keeps a span within the clause of word at.
func (r *reading) clip(s span, at int) span {
	c := r.clauses[r.words[at].clause]
	return span{max(s.from, c.from), min(s.to, c.to)}
}

// negativeEndings are what may follow the negative suffix ма/ме/ба/бе/па/пе of a folded Kazakh verb.
var negativeEndings = strings.Fields(`йды йди ды ди ган ген йтын йтин ганы гени стан стен с са се й йтыны йтини йтындыгы йтиндиги
	йтынын йтинин уы уи ймын ймин ймыз ймиз йсыз йсиз гандар гендер йтындар йтиндер йтындыгын йтиндигин гандыгы гендиги ууы уга уге`)

// negativeVerb reports a folded Kazakh verb with the negative suffix.
func negativeVerb(folded string) bool {
	for _, suffix := range [...]string{"ма", "ме", "ба", "бе", "па", "пе"} {
		at := strings.LastIndex(folded, suffix)
		if at < 4 { // two letters of a root, at least
			continue
		}
		if slices.Contains(negativeEndings, folded[at+len(suffix):]) && letters(folded[:at]) >= 2 {
			return true
		}
	}
	return false
}

// privative reports a folded Kazakh noun with the suffix for "without": «келісімінсіз». Behind a vowel and a participle it
// is the ending of a polite verb: «аласыз», «барғансыз».
func privative(folded string) bool {
	noun, ok := strings.CutSuffix(folded, "сиз")
	if !ok {
		noun, ok = strings.CutSuffix(folded, "сыз")
	}
	last, _ := utf8.DecodeLastRuneInString(noun)
	return ok && letters(noun) >= 3 && !strings.ContainsRune("аеёиоуыэюя", last) && !slices.ContainsFunc(participles, func(ending string) bool { return strings.HasSuffix(noun, ending) })
}

// participles are the endings of Kazakh participles of the past.
var participles = []string{"ган", "ген", "кан", "кен"}

// negatedIn returns the negations inside a clause.
func (r *reading) negatedIn(s span) []negation {
	var list []negation
	for _, n := range r.negated {
		if n.at >= s.from && n.at < s.to {
			list = append(list, n)
		}
	}
	return list
}

// polarity compares negations and modals clause by clause.
func (k *checker) polarity(c *claim) {
	for _, n := range c.negated {
		if !c.any(func(e *evidence) bool { return e.denies(c.reading, n) && !c.unsaid(e, n) }) {
			c.stop(Negation, c.phrase(n.scope.from, n.scope.to))
		}
	}
	for _, s := range c.clauses {
		if len(c.negatedIn(s)) > 0 && !c.any(func(e *evidence) bool { return !e.affirms(c, s) }) {
			c.stop(Negation, c.phrase(s.from, s.to))
		}
		if c.twice(s) && !c.any(func(e *evidence) bool { return slices.ContainsFunc(e.text.periods, e.text.twice) }) {
			c.stop(Negation, c.phrase(s.from, s.to))
		}
	}
	k.modals(c)
	k.dropped(c)
}

// affirmed is how many words of meaning a clause has at least that a statement may say without its "not".
const affirmed = 3

// affirms reports that all of a clause with a "not" stands in a clause of the statement that has none, and in no other
// that has one.
func (e *evidence) affirms(c *claim, mine span) bool {
	if c.meaning(mine) < affirmed {
		return false
	}
	with, without := 0.0, 0.0
	for _, text := range e.near {
		for _, s := range text.clauses {
			share := cover(c.reading, mine, text, s)
			if len(text.negatedIn(s)) > 0 {
				with = max(with, share)
			} else {
				without = max(without, share)
			}
		}
	}
	return without == 1 && with < without
}

// modals asks for every "must", "may" and "only" of a sentence in what it cites.
func (k *checker) modals(c *claim) {
	for _, u := range c.cues {
		if u.family != "modal" || c.words[u.from].quoted || c.any(func(e *evidence) bool { return e.allows(c, u) }) {
			continue
		}
		if k.loose && u.name == "can" {
			continue
		}
		if u.name != "only" && u.name != "can" && c.saw("cond", "if") && c.any(func(e *evidence) bool { return e.cues["cond:if"] }) {
			continue
		}
		if u.name == "can" && k.harmless(c, u) || (u.name == "must" || u.name == "need") && c.free(u) || u.name == "need" && c.papers(u) {
			continue
		}
		c.stop(Modal, c.phrase(u.from, u.to))
	}
}

// twice reports a clause that denies a lack: "not unchangeable" says that it changes.
func (r *reading) twice(s span) bool {
	return r.sawIn(s, "neg", "not", "cannot") && r.sawIn(s, "neg", "lacks", "ban") || slices.ContainsFunc(r.cues, func(u cue) bool {
		return u.family == "neg" && u.name == "ban" && u.from >= s.from && u.to <= s.to &&
			slices.ContainsFunc(r.negated, func(n negation) bool { return n.at == u.to })
	})
}

// deniedAt reports a "not" directly at a modal: «не нужен», «керек емес».
func (r *reading) deniedAt(u cue) bool {
	return slices.ContainsFunc(r.negated, func(n negation) bool { return n.at == u.from-1 || n.at == u.to })
}

// free reports a denied "must" about what a statement calls voluntary.
func (c *claim) free(u cue) bool {
	return len(c.negatedIn(c.clauses[c.words[u.from].clause])) > 0 && c.any(func(e *evidence) bool { return e.cues["sharp:voluntary"] })
}

// papers reports a need of a document that a statement speaks of too: who can vote with a passport needs one.
func (c *claim) papers(u cue) bool {
	mine := c.clauses[c.words[u.from].clause]
	return len(c.negatedIn(mine)) == 0 && c.sawIn(mine, "paper") && c.any(func(e *evidence) bool { return e.cues["paper:paper"] && e.cues["modal:can"] })
}

// harmless reports a "can" that only offers: «прочитать можно на сайте». It grants no office a power, and the
// statement makes no duty of it.
func (k *checker) harmless(c *claim, u cue) bool {
	mine := c.clauses[c.words[u.from].clause]
	subject := span{mine.from, u.from}
	return !c.sawIn(subject, "role") && !c.sawIn(subject, "body") && len(c.negatedIn(mine)) == 0 &&
		c.any(func(e *evidence) bool {
			return !e.obliges(c, mine) && cover(c.reading, mine, e.text, span{0, len(e.text.words)}) >= alike
		})
}

// denies reports whether a statement has a negation about the same; what stays does not change, and what is
// voluntary nobody must do.
func (e *evidence) denies(r *reading, n negation) bool {
	if e.cues["sharp:keep"] && r.mean(n.scope, "namend") || e.cues["sharp:voluntary"] && r.sawIn(r.clauses[r.words[n.at].clause], "modal", "must", "need") {
		return true
	}
	for _, text := range e.near {
		for _, m := range text.negated {
			if e.listed(r, r.clauses[r.words[n.at].clause], text.words[m.at].period) || shares(r, n.scope, text, m.scope) || cover(text, text.clauses[text.words[m.at].clause], r, r.clauses[r.words[n.at].clause]) >= alike {
				return true
			}
		}
	}
	return false
}

// unsaid reports a "not" at what the speaker said, of a statement that has none there: that something is not so does not
// mean that they did not say it.
func (c *claim) unsaid(e *evidence, n negation) bool {
	if !c.sawIn(n.scope, "say") && !c.sawIn(n.scope, "utter") || !c.namesSpeaker(e) {
		return false
	}
	return !slices.ContainsFunc(e.near, func(text *reading) bool {
		return slices.ContainsFunc(text.negated, func(m negation) bool { return text.sawIn(m.scope, "say") || text.sawIn(m.scope, "utter") })
	})
}

// listed reports whether a clause of a sentence draws on a whole period of the statement's text, such as a list
// behind one "not", and on none of its clauses without a negation.
func (e *evidence) listed(r *reading, mine span, period int) bool {
	if period >= len(e.text.periods) {
		return false
	}
	p := e.text.periods[period]
	for _, s := range e.text.clauses {
		if len(e.text.negatedIn(s)) == 0 && cover(r, mine, e.text, s) > alike {
			return false
		}
	}
	return cover(r, mine, e.text, p) >= drawn
}

// mean reports whether a span has a word with a key.
func (r *reading) mean(s span, key string) bool {
	return slices.ContainsFunc(r.words[s.from:s.to], func(w word) bool { return slices.Contains(w.keys, key) })
}

// alike is the share of a clause's words that another text must have to speak of the same.
const alike = .5

// shares reports whether two spans have a word of meaning in common.
func shares(a *reading, s span, b *reading, t span) bool {
	for i := s.from; i < s.to; i++ {
		for j := t.from; j < t.to; j++ {
			if (a.words[i].content || b.words[j].content) && share(&a.words[i], &b.words[j]) {
				return true
			}
		}
	}
	return false
}

// cover is the share of the words of meaning in span s of a that span t of b has too; values count double.
func cover(a *reading, s span, b *reading, t span) float64 {
	total, held := 0, 0
	for i := s.from; i < s.to; i++ {
		w, weight := &a.words[i], 1
		switch {
		case w.Value != "":
			weight = 2
		case !w.content:
			continue
		}
		total += weight
		for j := t.from; j < t.to; j++ {
			if share(w, &b.words[j]) {
				held += weight
				break
			}
		}
	}
	if total == 0 {
		return 0
	}
	return float64(held) / float64(total)
}

// allows reports whether a statement has the same modal: a "must" or "only" in a clause that the sentence's
// clause draws on, a "may" anywhere unless the clause says "must".
func (e *evidence) allows(c *claim, u cue) bool {
	mine := c.clauses[c.words[u.from].clause]
	for _, text := range e.near {
		for _, v := range text.cues {
			if v.family == "modal" && sameModal(v.name, "must") && text.deniedAt(v) && len(c.negatedIn(mine)) == 0 {
				continue
			}
			cannot := v.family == "neg" && v.name == "cannot" && len(c.negatedIn(mine)) > 0
			if u.name != "can" && (v.family != "modal" || !sameModal(v.name, u.name)) || u.name == "can" && !cannot && (v.family != "modal" || v.name != "can") {
				continue
			}
			if text.contrary(c, text.clauses[text.words[v.from].clause], mine) {
				continue
			}
			if text.lang != c.lang || u.name == "can" && !e.obliges(c, mine) || related(text, text.clauses[text.words[v.from].clause], c.reading, mine) || shares(c.reading, c.beside(u), text, text.beside(v)) {
				return true
			}
		}
	}
	return false
}

// contrary reports that a clause of a statement speaks of the opposite of a sharp word of the sentence's clause, and not of
// that: what is said of it is not said of the other.
func (r *reading) contrary(c *claim, theirs, mine span) bool {
	return slices.ContainsFunc(c.cues, func(u cue) bool {
		other := opposite(u.name)
		return u.family == "sharp" && other != "" && u.from >= mine.from && u.from < mine.to && r.sawIn(theirs, "sharp", other) && !r.sawIn(theirs, "sharp", u.name)
	})
}

// sameModal reports names of the same modal: a need is a duty.
func sameModal(a, b string) bool {
	return a == b || (a == "must" || a == "need") && (b == "must" || b == "need")
}

// besideReach is how far the words beside a modal reach.
const besideReach = 2

// beside are the words next to a cue in its clause.
func (r *reading) beside(u cue) span {
	return r.clip(span{u.from - besideReach, u.to + besideReach}, u.from)
}

// obliges reports whether the clause of the statement that is most like the sentence's says "must" and not "may".
func (e *evidence) obliges(c *claim, mine span) bool {
	best, must := 0.0, false
	for _, text := range e.near {
		for _, s := range text.clauses {
			if share := cover(c.reading, mine, text, s); share > best {
				best, must = share, text.sawIn(s, "modal", "must", "need") && !text.sawIn(s, "modal", "can")
			}
		}
	}
	return must
}

// related reports two words in common, or one where there are not more.
func related(a *reading, s span, b *reading, t span) bool {
	n, words := 0, 0
	for i := s.from; i < s.to; i++ {
		if !a.words[i].content && a.words[i].Value == "" {
			continue
		}
		words++
		for j := t.from; j < t.to; j++ {
			if share(&a.words[i], &b.words[j]) {
				n++
				break
			}
		}
	}
	return n >= 2 || n >= 1 && words <= 3
}
