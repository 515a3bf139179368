// Package spelling writes Cyrillic Kazakh and Russian the ways people write them in Latin letters or on a
// Russian keyboard. It makes training text for the identifier and test text for everything that has to read
// such spellings; nothing in the product depends on it.
package spelling

import (
	"strings"
	"unicode"
)

// Scheme is one way to write: letters, longest groups first, to their spelling.
type Scheme struct {
	Name string
	// Seen marks schemes the identifier is trained on; the others show how it does on new ones.
	Seen  bool
	table *strings.Replacer
}

// Write returns s in the scheme, in lower case.
func (c Scheme) Write(s string) string { return c.table.Replace(strings.ToLower(s)) }

// common holds the letters on which every Latin scheme agrees.
const common = "а a б b в v г g д d е e з z и i к k л l м m н n о o п p р r с s т t у u ф f ъ - э e "

// scheme builds a scheme from pairs "letter spelling"; "-" spells nothing. Later pairs win over earlier ones.
func scheme(name string, seen bool, tables ...string) Scheme {
	m := map[string]string{}
	var order []string
	for _, t := range tables {
		f := strings.Fields(t)
		for i := 0; i+1 < len(f); i += 2 {
			if _, ok := m[f[i]]; !ok {
				order = append(order, f[i])
			}
			m[f[i]] = strings.TrimSuffix(f[i+1], "-")
		}
	}
	var pairs []string
	for _, k := range order {
		pairs = append(pairs, k, m[k])
	}
	return Scheme{Name: name, Seen: seen, table: strings.NewReplacer(pairs...)}
}

// The Kazakh letters beyond common in the groups that schemes share.
const (
	kkDigraph = "ж zh й i х h һ h ц ts ч ch ш sh щ sh ы y і i ь - ю yu я ya ё yo "
	kkPlain   = "ә a ғ g қ k ң n ө o ұ u ү u "
)

// Kazakh returns the Latin spellings of Kazakh.
func Kazakh() []Scheme {
	return []Scheme{
		scheme("kk-2021", true, common, "ж j й i х h һ h ц ts ч tş ш ş щ ş ы y і ı ь - ю iu я ia ё io ә ä ғ ğ қ q ң ñ ө ö ұ ū ү ü "),
		scheme("kk-2021-plain", true, common, kkPlain, "ж j й i х h һ h ц ts ч ch ш sh щ sh ы y і i ь - ю iu я ia ё io қ q "),
		scheme("kk-chat-zh", true, common, kkDigraph, kkPlain, "й y "),
		scheme("kk-chat-j", true, common, kkDigraph, kkPlain, "ж j й i х kh ц c "),
		scheme("kk-chat-gh", true, common, kkDigraph, kkPlain, "ғ gh қ q х kh й y ң ng "),
		scheme("kk-chat-iy", true, common, kkDigraph, kkPlain, "ы i й y ж j ц c я ia ю iu "),
		scheme("kk-2019", true, common, kkDigraph, "ж j ә á ғ ǵ қ q ң ń ө ó ұ u ү ú у ý и ı й ı і i ы y ш sh ч ch я ıa ю ıý "),
		scheme("kk-2017", false, common, kkDigraph, "ж j ә a' ғ g' қ q ң n' ө o' ұ u ү u' у y' и i' й i' і i ы y ш s' ч c' я i'a ю i'y' ц c "),
		scheme("kk-turkic", false, common, kkDigraph, "ж c ә ä ғ ğ қ q ң ñ ө ö ұ u ү ü у w и ï й y і i ы ı ш ş ч ç х x я ya ю yu "),
	}
}

// Russian returns the Latin spellings of Russian.
func Russian() []Scheme {
	const base = "ж zh й y х kh ц ts ч ch ш sh щ shch ы y ь - ю yu я ya ё e "
	return []Scheme{
		scheme("ru-bgn", true, common, base),
		scheme("ru-passport", true, common, base, "й i щ shch ъ ie ю iu я ia "),
		scheme("ru-chat", true, common, base, "ж j х h ц c щ sh ы i ь ' ё yo "),
		scheme("ru-chat-y", true, common, base, "х h ц c щ sch ь ' й i ё yo "),
		scheme("ru-chat-j", true, common, base, "ж zh й j х h ц c щ sch ы y ю ju я ja ё jo э e "),
		scheme("ru-lazy", true, common, base, "ж zh й i х h ц c щ sh ы y ь - ю u я ia "),
		scheme("ru-iso9", false, common, "ж ž й j х h ц c ч č ш š щ šč ы y ь ' ю ju я ja ё ë э è "),
		scheme("ru-gost", false, common, "ж zh й j х x ц cz ч ch ш sh щ shh ы y' ь ` ю yu я ya ё yo э e' ъ `` "),
	}
}

// Plain writes Kazakh with the Russian letters that look or sound nearest.
func Plain() Scheme {
	return scheme("kk-plain", true, "ә а і и қ к ғ г ң н ө о ұ у ү у һ х ")
}

// PlainMixed is Plain of those who keep і as the Latin i's twin and write ы for it elsewhere.
func PlainMixed() Scheme {
	return scheme("kk-plain-y", true, "ә э і ы қ к ғ г ң н ө о ұ у ү у һ х ")
}

// Cyrillic reports whether s is written in Cyrillic letters, mostly.
func Cyrillic(s string) bool {
	n := 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			n++
		case unicode.IsLetter(r):
			n--
		}
	}
	return n > 0
}
