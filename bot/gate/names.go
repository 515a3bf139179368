package gate

import (
	"net/url"
	"slices"
	"strings"

	"refbot/knowledge"
	"refbot/knowledge/language"
)

// learn notes which words the statements write with a small letter, and which only with a capital: names.
func (g *Gate) learn(p *knowledge.Pack) {
	g.common, g.names = map[string]bool{}, map[string]bool{}
	capitals := map[string]string{}
	for i := range p.Statements {
		s := &p.Statements[i]
		for _, t := range language.Tokenize(s.Text + "\n" + s.Title + "\n" + s.Office + "\n" + s.Speaker) {
			if t.Kind != language.Word {
				continue
			}
			stem := language.Stem(t.Folded, s.Language)
			if first := []rune(t.Text)[0]; strings.ToLower(string(first)) == string(first) {
				g.common[stem] = true
			} else {
				capitals[stem] = t.Folded
			}
		}
	}
	for stem, folded := range capitals {
		if !g.common[stem] {
			g.names[language.Skeleton(folded)] = true
		}
	}
}

// hosts lists the hosts of the campaign's official links.
func hosts(p *knowledge.Pack) []string {
	var list []string
	for _, l := range p.Campaign.Links {
		if u, err := url.Parse(l.URL); err == nil {
			list = append(list, strings.TrimPrefix(u.Hostname(), "www."))
		}
	}
	return list
}

// checkNames asks for every name of a sentence in what it cites.
func (k *checker) checkNames(c *claim) {
	for i := range c.words {
		w := &c.words[i]
		if w.Kind != language.Word || !w.capital || letters(w.Folded) < 2 || ours(w.Folded) {
			continue
		}
		if k.held(c, w) || k.commonIn(c, w) || monthOf(w) != "" || w.Folded == "no" || k.loose && w.opens {
			continue
		}
		if !w.opens || k.looksLikeName(c, i) {
			c.stop(Name, w.Text)
		}
	}
}

// ours reports the country's own name, which stands behind every statement.
func ours(folded string) bool {
	return strings.HasPrefix(folded, "казахстан") || strings.HasPrefix(folded, "казакстан") || strings.HasPrefix(folded, "kazakhstan") ||
		folded == "рк" || folded == "кр"
}

// held reports whether a word stands in a statement the sentence may rest on, in any form, script or language.
func (k *checker) held(c *claim, w *word) bool {
	return c.any(func(e *evidence) bool { return e.has(w.keys, beginnings+lightly) || e.named(w.skeleton) })
}

// commonIn reports a word that is no name, of a title such as "Constitution Day", whose meaning stands in a statement.
func (k *checker) commonIn(c *claim, w *word) bool {
	return k.common[language.Stem(w.Folded, c.lang)] && c.any(func(e *evidence) bool { return e.has(w.keys, beginnings) })
}

// Marks of keys that say little: how a word begins, notions such as "person".
const (
	beginnings = "p"
	lightly    = "l"
)

// looksLikeName tells a name that begins a sentence from a word that only begins it.
func (k *checker) looksLikeName(c *claim, i int) bool {
	w := &c.words[i]
	if language.Stop(w.Folded, c.lang) || k.common[language.Stem(w.Folded, c.lang)] || !w.content {
		return false
	}
	if k.names[w.skeleton] || surname(w.skeleton) {
		return true
	}
	if i+1 >= len(c.words) || !c.words[i+1].capital || c.words[i+1].Kind != language.Word {
		return false
	}
	return !k.held(c, &c.words[i+1]) || c.person(i+1) && !c.inCue(i, "role", "body", "say") && !styles[w.Folded]
}

// styles are the words of address that stand in front of a name.
var styles = map[string]bool{"mr": true, "mrs": true, "ms": true, "dr": true, "господин": true, "госпожа": true, "мырза": true, "ханым": true}

// surname reports the endings of family names, by their skeletons.
func surname(skeleton string) bool {
	s := strings.TrimRight(skeleton, "aeiu")
	if len(s) < 6 {
		return false
	}
	for _, ending := range []string{"baev", "bekov", "kanov", "hanov", "galiev", "aliev", "ulov", "beko", "enko", "skii"} {
		if strings.HasSuffix(s, ending) {
			return true
		}
	}
	return false
}

// sharp asks for every word with an opposite, every office and body in what the sentence cites.
func (k *checker) sharp(c *claim) {
	for i, cu := range c.cues {
		var reason Reason
		switch cu.family {
		case "sharp":
			reason = Opposite
		case "role", "body":
			reason = Office
			if k.loose && !known[cu.name] {
				continue
			}
		default:
			continue
		}
		switch {
		case c.words[cu.from].quoted || c.saidOtherwise(cu) || cu.family == "sharp" && c.partOfName(cu):
		case (soft[cu.name] || k.loose && cu.family == "sharp") && !c.anyOf(i, c.vouching):
			if c.any(func(e *evidence) bool { return e.opposes(cu.name) }) {
				c.blame(reason, c.anyOf(i, c.cited), c.phrase(cu.from, cu.to))
			}
		case !c.anyOf(i, c.vouching):
			c.blame(reason, c.anyOf(i, c.cited), c.phrase(cu.from, cu.to))
		case cu.family == "sharp" && !c.denied(cu) && c.allDenied(cu):
			c.stop(Negation, c.phrase(cu.from, cu.to))
		case cu.family == "sharp" && !c.any(func(e *evidence) bool { return !e.turned(c.reading, cu) }):
			c.stop(Opposite, c.phrase(cu.from, cu.to))
		}
	}
}

// saidOtherwise reports a sharp word that other checks compare: what is not permitted is banned, and "up to 18:00" is a
// deadline.
func (c *claim) saidOtherwise(u cue) bool {
	return u.name == "permit" && c.denied(u) ||
		u.name == "some" && u.to < len(c.words) && c.words[u.to].Kind == language.Number || // "some 10,000"
		u.name == "at-most" && c.any(func(e *evidence) bool { return e.cues["bound:until"] || e.cues["sharp:no-later"] })
}

// partOfName reports a cue within the name of a body: the Central Election Commission elects nobody.
func (r *reading) partOfName(u cue) bool {
	return slices.ContainsFunc(r.cues, func(o cue) bool {
		return o.family == "body" && o.from <= u.from && u.to <= o.to && o.to-o.from > u.to-u.from
	})
}

// leading is how far from the beginning of a sentence an institution stands that tells what the sentence says.
const leading = 3

// anyOf reports whether one of the statements has cue i, or another reading of the same words. An office that
// only the statement's head names belongs to the speaker: the sentence has to say so.
func (c *claim) anyOf(i int, list []*evidence) bool {
	for _, o := range c.cues {
		if o.from != c.cues[i].from || o.family != c.cues[i].family {
			continue
		}
		name := o.family + ":" + o.name
		for _, e := range list {
			if e.cues[name] || e.office[name] && (o.family == "sharp" || c.says() || c.namesSpeaker(e) || e.Speaker == "" && c.cues[i].from <= leading) {
				return true
			}
		}
	}
	return false
}

// says reports a word for saying; «заявление» is a paper too.
func (c *claim) says() bool {
	return slices.ContainsFunc(c.cues, func(u cue) bool { return u.family == "say" && !c.inCue(u.from, "paper") })
}

// known are the offices and bodies that every language names by words of their own.
var known = map[string]bool{
	"president": true, "vice-president": true, "prime-minister": true, "cec": true, "constitutional-court": true, "supreme-court": true,
	"kurultai": true, "majilis": true, "senate": true, "mfa": true, "osce": true, "maslikhat": true,
}

// denied reports a "not" at a cue: «а не наравне».
func (r *reading) denied(u cue) bool {
	return slices.ContainsFunc(r.negated, func(n negation) bool {
		return n.at >= u.from-1 && n.at <= u.to && r.words[n.at].clause == r.words[u.from].clause && !slices.ContainsFunc(r.cues, func(c cue) bool {
			return c.family == "neg" && c.name != "not" && c.from == n.at
		})
	})
}

// allDenied reports a word that statements use with a "not" only.
func (c *claim) allDenied(u cue) bool {
	found := false
	for _, e := range c.vouching {
		for _, text := range e.near {
			for _, v := range text.cues {
				if v.family == u.family && v.name == u.name {
					if !text.denied(v) {
						return false
					}
					found = true
				}
			}
		}
	}
	return found
}

// actions are sharp words that are done to something: what is done to it may not change places.
var actions = map[string]bool{
	"adopt": true, "reject": true, "appoint": true, "dismiss": true, "elect": true, "dissolve": true, "abolish": true, "restore": true,
	"postpone": true, "suspend": true,
}

// opposites are sharp words that turn a sentence round when one stands for the other.
var opposites = map[string]string{
	"adopt": "reject", "valid": "invalid", "in-favour": "against", "open": "close", "begin": "end", "more": "less",
	"at-least": "at-most", "appoint": "dismiss", "keep": "abolish", "temporary": "permanent", "free": "paid", "sooner": "later", "highest": "lowest", "first": "last", "create": "dissolve",
	"higher-education": "secondary-education",
}

// further are opposites beside the first, where a soft word has several.
var further = map[string][]string{"keep": {"end", "dissolve"}}

// opposes reports a statement that speaks of an opposite of a sharp word.
func (e *evidence) opposes(name string) bool {
	return e.cues["sharp:"+opposite(name)] || slices.ContainsFunc(further[name], func(o string) bool { return e.cues["sharp:"+o] })
}

// opposite returns the cue that turns another round, "" where there is none.
func opposite(name string) string {
	if o := opposites[name]; o != "" {
		return o
	}
	for a, b := range opposites {
		if b == name {
			return a
		}
	}
	return ""
}

// soft are sharp words that plain speech adds («с 12 февраля» begins): they are refused only where the
// statement speaks of their opposite.
var soft = map[string]bool{
	"begin": true, "end": true, "open": true, "close": true, "more": true, "less": true, "first": true, "last": true,
	"keep": true, "create": true, "sooner": true, "later": true, "approx": true,
}

// turned reports whether the words around a sharp word stand around its opposite in the statement, or around
// another action, and none of them around the word itself.
func (e *evidence) turned(r *reading, u cue) bool {
	other := opposite(u.name)
	if other == "" && !actions[u.name] {
		return false
	}
	if e.othersSubject(r, u, other) {
		return true
	}
	own := r.around(u)
	mine, theirs := 0, 0
	for _, v := range e.text.cues {
		rival := v.name == other || actions[u.name] && actions[v.name]
		if v.family != "sharp" || v.name != u.name && !rival {
			continue
		}
		for key := range e.text.around(v) {
			switch {
			case !own[key]:
			case v.name == u.name:
				mine++
			default:
				theirs++
			}
		}
	}
	return theirs > 0 && mine == 0
}

// othersSubject reports that what stands in front of an action stands in front of a rival action in the statement,
// and never in front of the same one.
func (e *evidence) othersSubject(r *reading, u cue, other string) bool {
	if !actions[u.name] {
		return false
	}
	own := r.infront(u)
	mine, theirs := false, false
	for _, v := range e.text.cues {
		if v.family != "sharp" {
			continue
		}
		switch {
		case v.name == u.name:
			mine = mine || anyIn(own, e.text.infront(v))
		case v.name == other || actions[v.name]:
			theirs = theirs || anyIn(own, e.text.infront(v))
		}
	}
	return theirs && !mine
}

// infront returns the keys of the words in front of a cue in its clause, back to an "and".
func (r *reading) infront(u cue) map[string]bool {
	out := map[string]bool{}
	for i := u.from - 1; i >= r.clauses[r.words[u.from].clause].from && !and(r.words[i].Folded, r.lang); i-- {
		r.addMeaning(out, i)
	}
	return out
}

// around returns the keys of the words and values beside a cue, in its clause and up to an "and".
func (r *reading) around(u cue) map[string]bool {
	out := map[string]bool{}
	clause := r.clauses[r.words[u.from].clause]
	for i := u.from - 1; i >= max(clause.from, u.from-windowWords) && !and(r.words[i].Folded, r.lang); i-- {
		r.addMeaning(out, i)
	}
	for i := u.to; i < min(clause.to, u.to+windowWords) && !and(r.words[i].Folded, r.lang); i++ {
		r.addMeaning(out, i)
	}
	return out
}

func (r *reading) addMeaning(to map[string]bool, i int) {
	if r.words[i].content || r.words[i].Value != "" {
		addKeys(to, &r.words[i])
	}
}

// quotationLeast is how many words in quotation marks have to be those of the statement.
const quotationLeast = 2

// quotations asks for words in quotation marks in the statement itself, where it is in the same language.
func (k *checker) quotations(c *claim) {
	for _, q := range quoted(c.Text) {
		if len(language.Tokenize(q)) < quotationLeast {
			continue
		}
		folded := language.Fold(strings.Trim(q, " .,;:!?"))
		same := c.any(func(e *evidence) bool { return e.same })
		if same && !c.any(func(e *evidence) bool { return e.contains(folded) }) || !same && !k.means(c, q) {
			c.stop(Quotation, q)
		}
	}
}

// means reports whether what a sentence quotes from a statement in another language has its words of meaning there, but
// for one in four.
func (k *checker) means(c *claim, passage string) bool {
	r := k.read(passage, c.lang)
	held, all := 0, 0
	for i := range r.words {
		w := &r.words[i]
		if !w.content && w.Value == "" {
			continue
		}
		all++
		if c.any(func(e *evidence) bool { return e.has(w.keys, beginnings) || e.named(w.skeleton) }) {
			held++
		}
	}
	return 4*held >= 3*all
}

// quoted returns the passages in quotation marks.
func quoted(text string) []string {
	var out []string
	start := -1
	for i, r := range text {
		switch {
		case start < 0 && strings.ContainsRune("«“„\"", r):
			start = i + len(string(r))
		case start >= 0 && strings.ContainsRune("»”\"", r):
			out = append(out, text[start:i])
			start = -1
		}
	}
	return out
}

// contains reports whether a statement holds a passage, in its own words or but for their endings.
func (e *evidence) contains(folded string) bool {
	for _, text := range e.folded {
		if strings.Contains(text, folded) {
			return true
		}
	}
	passage := language.Tokenize(folded)
	for _, r := range e.near {
		for i := 0; i+len(passage) <= len(r.words); i++ {
			if r.repeats(i, passage) {
				return true
			}
		}
	}
	return false
}

// repeats reports whether the words from i on are those of a passage but for endings.
func (r *reading) repeats(i int, passage []language.Token) bool {
	for j := range passage {
		if a, b := &passage[j], &r.words[i+j]; a.Folded != b.Folded && !sameName(language.Skeleton(a.Folded), b.skeleton) {
			return false
		}
	}
	return true
}
