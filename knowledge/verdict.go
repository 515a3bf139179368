package knowledge

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
)

// evidence is what the verdict weighs, by name, in the order of the model's weights.
type evidence [features]float64

// The features of the verdict between answer and abstain. Shares are of the weight of the question's
// own words, each weighing its idf; "it" is the best statement that may carry an answer.
const (
	fBias      = iota
	fShare     // share it covers
	fTop3      // share the three best cover together
	fFocus     // share its best sentence covers
	fScore     // score against the highest the question could reach
	fMargin    // how far it stands out from the tenth candidate
	fRarest    // weight of the rarest word, if it lacks it
	fSilent    // share of words whose notion it does not name
	fUnspoken  // share of words whose notion none of the three names
	fUnknown   // share of words no list knows and none of the three holds
	fEntity    // persons, offices and places it does not name
	fNumber    // numbers and dates it does not name
	fKind      // it holds the kind of value asked for
	fNoKind    // a kind of value is asked for and it holds none
	fFew       // one or two words only
	fField     // share of words of the field
	fTitle     // share its title, aliases, speaker or office hold
	fNear      // words of the question that stand together in it, against its score
	fGuess     // share it holds only as words that look alike
	fKin       // how much it is about the same facts as the other best ones, against its score
	fLacks     // how many words with a subject it lacks, to three
	fPlace     // places of the question none of the three names
	fUnit      // the thing to be counted is in none of the three
	fUncounted // it gives no number of that thing
	fEven      // share of its notions none of the three names, each counting the same
	fEvenTop   // the same of it alone
	fName      // it holds a name of the question and nothing else of it
	fAbsent    // how many words with a subject none of the three holds, to three
	fTerm      // share of words of terms of several words that none of the three names
	fStranger  // share of words of those that no statement names at all
	fHeld      // how many words with a subject it holds, to five
	fWordy     // share it lacks of a question of many words, from six to sixteen: a story has words no statement needs
	fDense     // share of its words, each counting the same, that one sentence of the three holds
	fListed    // how like the question is to one that it, or one of the three, is listed for
	features
)

var featureNames = [features]string{
	"bias", "share", "top3", "focus", "score", "margin", "rarest", "silent", "unspoken", "unknown", "entity", "number",
	"kind", "no kind", "few", "field", "title", "near", "guess", "kin", "lacks", "place",
	"unit", "uncounted", "even", "even top", "name", "absent", "term", "stranger", "held", "wordy", "dense", "listed",
}

// chance returns the model's chance that an answer is right.
func (m *model) chance(x *evidence) float64 {
	var sum float64
	for i, w := range m {
		sum += w * x[i]
	}
	return 1 / (1 + math.Exp(-sum))
}

type model [features]float64

//go:embed verdict.json
var fittedJSON []byte

// fitted holds the weights of the verdict; command cmd/refbot/fit writes verdict.json anew.
var fitted = mustModel(fittedJSON)

// WithVerdict returns an engine that weighs the evidence of a verdict by other weights, by the names
// [Engine.Explain] gives them: those of command cmd/refbot/fit. The error names what is no evidence.
func (e *Engine) WithVerdict(weights map[string]float64) (*Engine, error) {
	m, err := newModel(weights)
	if err != nil {
		return nil, err
	}
	other := *e
	other.verdict = m
	return &other, nil
}

// mustModel reads weights by name. The file is part of the program: a name it does not know, or a
// file that is no JSON, is a fault of the program.
func mustModel(data []byte) *model {
	var weights map[string]float64
	if err := json.Unmarshal(data, &weights); err != nil {
		panic(fmt.Sprintf("verdict.json: %v", err))
	}
	m, err := newModel(weights)
	if err != nil {
		panic("verdict.json: " + err.Error())
	}
	return m
}

// newModel puts weights by name in their order; features without a weight count nothing.
func newModel(weights map[string]float64) (*model, error) {
	var m model
	known := 0
	for i, name := range featureNames {
		if w, ok := weights[name]; ok {
			m[i] = w
			known++
		}
	}
	if known < len(weights) {
		return nil, fmt.Errorf("verdict: %d weights name no evidence", len(weights)-known)
	}
	return &m, nil
}
