package contender

import (
	"slices"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"

	"refbot/knowledge/language"
)

// Analyzers made of the product's own words: folded stems and folded 4-grams.
const (
	stemsOfText     = "refbot_stems_text"     // one stem a word, by the language of the text
	stemsOfQuestion = "refbot_stems_question" // a word's stems in every language of its script
	fourGrams       = "refbot_grams"
)

// Boosts of bleve's fields against the text's 1, from the middle of the flat top of a sweep over the
// public sets: titles .3 to 1, grams .1 to 1.
const (
	titleBoost = .4
	gramBoost  = .6
)

// buildBleveFields sets bleve up with all it can take over from the product: the same tokens, stems of
// the text and of the title, and 4-grams that forgive endings and typos.
func buildBleveFields(passages []Passage, _ language.Code) (Engine, error) {
	fields := []field{{"text", stemsOfText, stemsOfQuestion, 1, func(p *Passage) string { return p.Text }}}
	if slices.ContainsFunc(passages, func(p Passage) bool { return p.Title != "" }) {
		fields = append(fields, field{"title", stemsOfText, stemsOfQuestion, titleBoost, func(p *Passage) string { return p.Title }})
	}
	fields = append(fields, field{"grams", fourGrams, fourGrams, gramBoost, (*Passage).Whole})
	return openBleve(passages, fields)
}

// analyzer turns the product's tokens into bleve's.
type analyzer func(text string, tokens []language.Token) analysis.TokenStream

// Analyze implements analysis.Analyzer.
func (a analyzer) Analyze(input []byte) analysis.TokenStream {
	return a(string(input), language.Tokenize(string(input)))
}

func init() {
	for name, a := range map[string]analyzer{stemsOfText: textStems, stemsOfQuestion: questionStems, fourGrams: grams} {
		err := registry.RegisterAnalyzer(name, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) { return a, nil })
		if err != nil {
			panic(err) // a name taken twice: a mistake in this file
		}
	}
}

func textStems(text string, tokens []language.Token) analysis.TokenStream {
	code := language.Identify(text).Code
	if code == language.English {
		code = language.Russian // of the Cyrillic words in an English text
	}
	var stream analysis.TokenStream
	for i := range tokens {
		stream = add(stream, i, termOf(&tokens[i], code))
	}
	return stream
}

func questionStems(_ string, tokens []language.Token) analysis.TokenStream {
	var stream analysis.TokenStream
	for i := range tokens {
		first, second := termOf(&tokens[i], language.Russian), termOf(&tokens[i], language.Kazakh)
		stream = add(stream, i, first)
		if second != first {
			stream = add(stream, i, second)
		}
	}
	return stream
}

// termOf returns the typed value of a token, or its stem; Latin words are stemmed as English ones.
func termOf(t *language.Token, code language.Code) string {
	switch {
	case t.Value != "":
		return t.Value
	case t.Folded != "" && t.Folded[0] < 0x80:
		return language.Stem(t.Folded, language.English)
	}
	return language.Stem(t.Folded, code)
}

func grams(_ string, tokens []language.Token) analysis.TokenStream {
	var stream analysis.TokenStream
	for i := range tokens {
		if tokens[i].Kind != language.Word {
			continue
		}
		for _, gram := range language.Grams(tokens[i].Folded, 4) {
			stream = add(stream, i, gram)
		}
	}
	return stream
}

func add(stream analysis.TokenStream, position int, term string) analysis.TokenStream {
	if term == "" {
		return stream
	}
	return append(stream, &analysis.Token{Term: []byte(term), Position: position + 1, Type: analysis.AlphaNumeric})
}
