package gate

import "refbot/knowledge/language"

// strange asks for every word of meaning in what the sentence cites, but for plain speech and for what other
// checks have compared already. Where the statement speaks another language only support can be asked.
func (k *checker) strange(c *claim) {
	if !c.any(func(e *evidence) bool { return e.same }) {
		return
	}
	compared := c.compared()
	for i := range c.words {
		w := &c.words[i]
		if !w.content || w.plain || w.Value != "" || compared[i] || ours(w.Folded) || monthOf(w) != "" {
			continue
		}
		if !c.any(func(e *evidence) bool { return e.has(w.keys, lightly) || e.named(w.skeleton) }) {
			c.stop(Unsupported, w.Text)
			return
		}
	}
}

// compared marks the words of cues that have a check of their own.
func (c *claim) compared() map[int]bool {
	out := map[int]bool{}
	for _, u := range c.cues {
		if u.family == "unit" && currencies[u.name] {
			continue
		}
		switch u.family {
		case "sharp", "role", "body", "num", "adj", "unit", "say", "neg", "modal", "cond", "void", "draft", "force", "past", "now", "final", "within", "bound":
			for i := u.from; i < u.to; i++ {
				out[i] = true
			}
		}
	}
	return out
}

// currencies are units that are a fact by themselves.
var currencies = map[string]bool{"tenge": true, "dollar": true, "euro": true, "ruble": true}

// signs are the currencies that a sign in front of a number or behind it names.
var signs = map[byte]string{'$': "dollar"}

// money gives amounts the currency that a sign in front of them names.
func (r *reading) money(text string) {
	for i := range r.amounts {
		a := &r.amounts[i]
		if at := r.words[a.from].Start; a.unit == "" && r.words[a.from].Kind == language.Number && at > 0 {
			a.unit = signs[text[at-1]]
		}
	}
}
