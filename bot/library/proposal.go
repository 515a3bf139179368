package library

import (
	"cmp"
	"crypto/rand"
	"net/url"
	"slices"
	"strings"
	"time"

	"refbot/bot"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// ID names a proposal: 8 of [A-Z2-7], random.
type ID string

// NewID returns a random name.
func NewID() ID { return ID(rand.Text()[:8]) }

// Valid reports whether an id, which is foreign text, is well formed.
func (id ID) Valid() bool {
	return len(id) == 8 && strings.Trim(string(id), "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}

// State is how far a proposal is.
type State string

// The states of a proposal.
const (
	Draft     State = "draft"
	Submitted State = "submitted" // a second person is asked
	Published State = "published"
	Withdrawn State = "withdrawn"
)

// moves are the guarded transitions.
var moves = map[State][]State{
	Draft:     {Draft, Submitted, Withdrawn},
	Submitted: {Draft, Published, Withdrawn},
}

// Open reports whether the proposal can still be changed.
func (s State) Open() bool { return s == Draft || s == Submitted }

// Proposal is a change of the knowledge base that one person writes and another publishes. It is one of three:
// a statement put in, a statement taken out (Remove), or a version gone back to (Revert).
type Proposal struct {
	ID       ID        `json:"id"`
	Revision int64     `json:"revision"` // grows with every change; see Shelf.SaveProposal
	State    State     `json:"state"`
	Author   int64     `json:"author"` // Telegram user id
	Created  time.Time `json:"created"`

	Statement  *knowledge.Statement `json:"statement,omitempty"`
	Supersedes []string             `json:"supersedes,omitempty"` // statements whose value Statement replaces
	Remove     string               `json:"remove,omitempty"`
	Revert     int64                `json:"revert,omitempty"`

	Questions []string `json:"questions,omitempty"` // refs of journal entries it is to answer
	Cluster   string   `json:"cluster,omitempty"`   // of questions without an answer
	Version   int64    `json:"version,omitempty"`   // it was published as
	Asked     []Posted `json:"asked,omitempty"`     // messages that ask a second person
	Audit     []Event  `json:"audit"`
}

// Posted is a message of the bot to one of the staff.
type Posted struct {
	Chat    int64 `json:"c"`
	Message int   `json:"m"`
}

// Event is a line of a proposal's audit.
type Event struct {
	At     time.Time `json:"at"`
	By     int64     `json:"by"`
	Action string    `json:"action"`
	Why    string    `json:"why,omitempty"`
}

// The actions of the audit.
const (
	ActOpen     = "open"
	ActEdit     = "edit"
	ActSubmit   = "submit"
	ActReturn   = "return"
	ActPublish  = "publish"
	ActWithdraw = "withdraw"
)

// maxAudit bounds the lines of an audit: whoever edits on and on keeps the first and the newest.
const maxAudit = 200

// move takes the proposal to another state and writes the audit line; a *Refusal leaves it as it is.
func (p *Proposal) move(to State, action string, by int64, why string, now time.Time) error {
	if !slices.Contains(moves[p.State], to) {
		return &Refusal{Why: BadState, State: p.State}
	}
	p.State = to
	p.Audit = append(p.Audit, Event{now.UTC(), by, action, why})
	if len(p.Audit) > maxAudit {
		p.Audit = slices.Delete(p.Audit, 1, 2)
	}
	return nil
}

// changes are the steps from pack to what the proposal wants, apart from a revert.
func (p *Proposal) changes(pack *knowledge.Pack) []knowledge.Change {
	if p.Remove != "" {
		return []knowledge.Change{{Remove: p.Remove}}
	}
	list := []knowledge.Change{{Put: p.Statement}}
	for i := range pack.Statements {
		old := pack.Statements[i]
		if old.ID != p.Statement.ID && slices.Contains(p.Supersedes, old.ID) && !slices.Contains(old.SupersededBy, p.Statement.ID) {
			old.SupersededBy = append(slices.Clone(old.SupersededBy), p.Statement.ID)
			list = append(list, knowledge.Change{Put: &old})
		}
	}
	return list
}

// maxAliases is how many of the people's own questions a proposal begins with.
const maxAliases = 12

// Answering begins a proposal of a statement in a language that closes a gap; topic and cluster may be "".
func Answering(l language.Code, topic, cluster string) Proposal {
	p := Proposal{Statement: &knowledge.Statement{Language: l, Kind: knowledge.Official, DateExact: true}, Cluster: cluster}
	if topic != "" {
		p.Statement.Topics = []string{topic}
	}
	return p
}

// Ask notes that the proposal is to answer a question of the journal; the first ones become aliases of its statement.
func (p *Proposal) Ask(ref, question string) {
	if !slices.Contains(p.Questions, ref) {
		p.Questions = append(p.Questions, ref)
	}
	question = strings.TrimSpace(question)
	if s := p.Statement; len(s.Aliases) < maxAliases && !slices.Contains(s.Aliases, question) {
		s.Aliases = append(s.Aliases, question)
	}
}

// maxTitle bounds a title that is made from the text, in characters.
const maxTitle = 70

// Complete fills in what follows from what is known of a statement: a title, the outlet.
func Complete(s *knowledge.Statement) {
	s.Title = cmp.Or(s.Title, bot.Shorten(s.Text, maxTitle))
	if u, err := url.Parse(s.URL); err == nil && s.Outlet == "" {
		s.Outlet = strings.TrimPrefix(u.Hostname(), "www.")
	}
}

// name gives a new statement the id and key it is published under. They come from the proposal's own id: two drafts
// written at a time stay two statements, whichever is published first.
func (p *Proposal) name() {
	if s := p.Statement; s != nil && s.ID == "" {
		s.ID = "n" + strings.ToLower(string(p.ID))
		s.Key = s.ID
	}
}
