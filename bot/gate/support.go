package gate

import "refbot/knowledge/language"

// Shares of a sentence's words of meaning that must stand in what it cites: in the same language, and where the
// statement has none of its words, by notions of the thesaurus and names alone.
const (
	supportSame  = .6
	supportOther = .5
	supportLoose = .25 // of a translation, whose numbers, names and negations are counted besides
)

// support asks whether the words of a sentence are those of its statements at all.
func (k *checker) support(c *claim) {
	total, held := 0, 0
	missing := ""
	for i := range c.words {
		w := &c.words[i]
		if !w.content && w.Value == "" || ours(w.Folded) {
			continue
		}
		if w.plain && w.Value == "" && !c.any(func(e *evidence) bool { return e.has(w.keys, lightly) }) {
			continue
		}
		total++
		if w.Value != "" || c.any(func(e *evidence) bool { return e.has(w.keys, lightly) || w.capital && e.named(w.skeleton) }) {
			held++
		} else if missing == "" {
			missing = w.Text
		}
	}
	least := supportOther
	if k.loose {
		least = supportLoose
	}
	if c.any(func(e *evidence) bool { return e.same }) {
		least = supportSame
	}
	if total == 0 || float64(held) < least*float64(total) {
		c.stop(Unsupported, missing)
	}
}

// inLanguage is the chance from which a sentence is in another language than the one asked for.
const inLanguage = .6

// language asks that a sentence is in the language asked for; names and quotations do not count.
func (k *checker) language(c *claim) {
	text := c.Text
	for _, q := range quoted(text) {
		text = replaceOnce(text, q)
	}
	id := language.Identify(text)
	switch {
	case id.Code == "":
		c.stop(Empty, "")
	case id.Code != k.asked && id.Confidence >= inLanguage, id.Scores[k.scripted()] < .05 && id.Code != k.asked:
		c.stop(Language, string(id.Code))
	case id.Class == language.KKLatin || id.Class == language.RULatin:
		c.stop(Language, id.Class.String())
	}
}

// scripted is the class of the asked language in its own script.
func (k *checker) scripted() language.Class {
	switch k.asked {
	case language.Kazakh:
		return language.KK
	case language.Russian:
		return language.RU
	}
	return language.EN
}
