package gate

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// manner looks at a sentence by itself.
func (k *checker) manner(c *claim) {
	if len(c.words) == 0 {
		c.stop(Empty, "")
		return
	}
	k.characters(c)
	if strings.ContainsAny(c.Text, markupSigns) {
		if found := markup.FindString(c.Text); found != "" {
			c.stop(Markup, found)
		}
	}
	k.links(c)
	for family, reason := range map[string]Reason{"leak": Leak, "advice": Advice} {
		if i := slices.IndexFunc(c.cues, func(u cue) bool { return u.family == family }); i >= 0 {
			c.stop(reason, c.phrase(c.cues[i].from, c.cues[i].to))
		}
	}
	if i := slices.IndexFunc(c.cues, func(u cue) bool { return u.family == "praise" }); i >= 0 && !c.quotesPraise(i) && !k.loose {
		c.stop(Evaluation, c.phrase(c.cues[i].from, c.cues[i].to))
	}
	k.language(c)
}

// quotesPraise reports a word of praise in quotation marks of somebody who is named with it.
func (c *claim) quotesPraise(i int) bool {
	return c.words[c.cues[i].from].quoted && c.saw("say")
}

// markup is what no sentence of an answer holds: tags, entities, Markdown, numbers of statements, roles of a chat.
var markup = regexp.MustCompile("<[^>]*>|&[a-z]+;|[<>{}`\\\\|]|\\*\\*|__|\\[[^\\]]*\\]|^#|^\\s*[*-] |(?i)^(assistant|system|user):")

// markupSigns are the characters one of which all markup has.
const markupSigns = "<>{}`\\|&*_[#-:"

// characters refuses what shows nothing or runs the wrong way, and line breaks.
func (k *checker) characters(c *claim) {
	for _, r := range c.Text {
		if r == unicode.ReplacementChar || r != ' ' && unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs) ||
			unicode.In(r, unicode.So, unicode.Sk) && r != '№' && r != '°' {
			c.stop(Characters, "")
			return
		}
	}
}

// address finds web addresses, mail addresses, handles and hashtags.
var address = regexp.MustCompile(`(?i)https?://[^\s»"]+|www\.[^\s»"]+|[\w.+-]+@[\w-]+\.[\w.]+|[@#][\p{L}\w]{2,}|\b[\w-]+(\.[\w-]+)*\.(kz|com|ru|org|net|io|me|info|gov|ly|xyz|online|site|app|dev|ai)\b(/[^\s»"]*)?`)

// links refuses addresses that stand neither in the statement nor among the campaign's official ones.
func (k *checker) links(c *claim) {
	if !addressed(c.Text) {
		return
	}
	for _, found := range address.FindAllString(c.Text, -1) {
		found = strings.TrimRight(found, ".,;:!?)")
		if !k.official(found) && !slices.ContainsFunc(c.cited, func(e *evidence) bool { return e.links(found) }) {
			c.stop(Link, found)
		}
	}
}

// addressed reports a text that may hold an address: it has one of their signs, or a full stop inside a word.
func addressed(text string) bool {
	if strings.ContainsAny(text, "@#/") {
		return true
	}
	for i := 0; i+1 < len(text); i++ {
		if text[i] == '.' && (text[i+1]|0x20 >= 'a' && text[i+1]|0x20 <= 'z') {
			return true
		}
	}
	return false
}

// links reports whether a statement's address or text holds the address.
func (e *evidence) links(found string) bool {
	lower := strings.ToLower(found)
	return found == e.URL || slices.ContainsFunc(e.folded, func(text string) bool { return holdsWhole(text, lower) })
}

// holdsWhole reports whether text holds s not as a part of something longer.
func holdsWhole(text, s string) bool {
	i := strings.Index(text, s)
	if i < 0 {
		return false
	}
	end := text[i+len(s):]
	return end == "" || !strings.ContainsAny(end[:1], "/-_") && !unicode.IsLetter(rune(end[0]))
}

// official reports the bare host of one of the campaign's links.
func (k *checker) official(found string) bool {
	host := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(found), "https://"), "http://"), "www.")
	return slices.Contains(k.hosts, strings.TrimRight(host, "/"))
}

// replaceOnce takes a passage out of a text.
func replaceOnce(text, passage string) string { return strings.Replace(text, passage, "", 1) }
