package gate

import (
	"net/url"
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
