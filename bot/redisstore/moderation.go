package redisstore

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"refbot/bot"
	"refbot/bot/moderation"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// Moderation is the journal as moderators work with it. A [Clerk] derives its index from the journal; until the
// clerk has looked at an entry, within a second or two, it is not there. Its keys:
//
//	rb:{q}:version            counts the changes of the index, so that of two clerks only one writes
//	rb:{q}:next               number of the next entry
//	rb:{q}:a:<segment>        sealed: what 1,024 entries are filtered by, 12 bytes each: see traits
//	rb:{q}:n:<segment>        sealed: whose they are and what their refs are, 28 bytes each
//	rb:{q}:spans              hash segment → "<first> <last> <mask>": Unix seconds of its questions, which values
//	                          their traits have
//	rb:{q}:r:<3 letters>      hash ref → number of the entry; of the refs that begin so
//	rb:{q}:topics             hash topic → number
//	rb:{q}:h:<hour>           hash of counters of that hour since 1970; 400 days
//	rb:{q}:c:<cluster>        sealed group of similar questions: what they speak of, days, languages
//	rb:{q}:open, :settled     sorted sets of clusters by their size
//	rb:{q}:seen               hash cluster → its size when somebody ruled on its card
//	rb:{q}:queue              sorted set: cards by how useful they are
//	rb:{q}:leases             sorted set: cards that are out, by when they come back (ms)
//	rb:{q}:holders            hash card → <moderator>
//	rb:{q}:back:<moderator>   set of cards this moderator has given back; 12 hours
//
// Segments go when the last entry in them does, the rest of what is about an entry when it is forgotten or over.
type Moderation struct {
	store *Store
	db    redis.UniversalClient
}

// Moderation returns what moderators work with beside the store.
func (s *Store) Moderation() *Moderation { return &Moderation{s, s.db} }

var (
	_ moderation.Journal  = (*Moderation)(nil)
	_ moderation.Queue    = (*Moderation)(nil)
	_ moderation.Clusters = (*Moderation)(nil)
)

const (
	filePrefix  = "rb:{q}:"
	fileVersion = filePrefix + "version"
	fileNext    = filePrefix + "next"
	fileSpans   = filePrefix + "spans"
	fileTopics  = filePrefix + "topics"
	fileOpen    = filePrefix + "open"
	fileSettled = filePrefix + "settled"
	fileSeen    = filePrefix + "seen"
	fileQueue   = filePrefix + "queue"
	fileLeases  = filePrefix + "leases"
	fileHolders = filePrefix + "holders"
)

const (
	segmentSize = 1024
	traitSize   = 12
	personSize  = 16
	refSize     = 12
	nameSize    = personSize + refSize
)

func traitsKey(segment int64) string { return filePrefix + "a:" + strconv.FormatInt(segment, 10) }
func namesKey(segment int64) string  { return filePrefix + "n:" + strconv.FormatInt(segment, 10) }
func refKey(ref string) string       { return filePrefix + "r:" + ref[:min(3, len(ref))] }

var (
	decisions = []knowledge.Decision{
		"", knowledge.DecideAnswer, knowledge.DecideAbstain, knowledge.DecideNeutral, knowledge.DecideOfftopic, knowledge.DecideSmalltalk,
	}
	languages = []language.Code{"", language.Kazakh, language.Russian, language.English}
	feedbacks = []bot.Feedback{"", bot.Helpful, bot.NotHelpful}
	rulings   = append([]bot.Ruling{""}, moderation.Rulings()...)
)

// place is the number of a value in a list, 0 for one that is not there.
func placeIn[T comparable](list []T, value T) byte {
	for i := range list {
		if list[i] == value {
			return byte(i)
		}
	}
	return 0
}

// traits are what an entry is filtered by, as they are stored: seconds since 1970 (4 bytes), decision and language
// (1), feedback and ruling (1), topic (2), cluster (4). All zero: no entry, or one that was forgotten.
type traits struct {
	at      uint32
	verdict byte // decision | language<<4
	opinion byte // feedback | ruling<<4
	topic   uint16
	cluster uint32
}

func traitsOf(e *bot.Entry, topic uint16, cluster uint32) traits {
	t := traits{
		at: uint32(max(0, e.At.Unix())), topic: topic, cluster: cluster,
		verdict: placeIn(decisions, e.Decision) | placeIn(languages, e.Language)<<4, opinion: placeIn(feedbacks, e.Feedback),
	}
	if e.Review != nil {
		t.opinion |= placeIn(rulings, e.Review.Ruling) << 4
	}
	return t
}

func (t traits) put(b []byte) {
	binary.BigEndian.PutUint32(b, t.at)
	b[4], b[5] = t.verdict, t.opinion
	binary.BigEndian.PutUint16(b[6:], t.topic)
	binary.BigEndian.PutUint32(b[8:], t.cluster)
}

func readTraits(b []byte) traits {
	return traits{binary.BigEndian.Uint32(b), b[4], b[5], binary.BigEndian.Uint16(b[6:]), binary.BigEndian.Uint32(b[8:])}
}

// Where the bits of a mask begin: one for each decision, language, feedback and ruling.
const (
	maskLanguage = 6
	maskFeedback = maskLanguage + 4
	maskRuling   = maskFeedback + 3
)

// mask has the bits of the values these traits have.
func (t traits) mask() uint32 {
	return 1<<(t.verdict&15) | 1<<(maskLanguage+(t.verdict>>4)) | 1<<(maskFeedback+(t.opinion&15)) | 1<<(maskRuling+(t.opinion>>4))
}

// masks are what a segment must have a bit of, each, to hold what passes.
func (s *sieve) masks() (list []uint32) {
	if s.verdictOf&15 != 0 {
		list = append(list, 1<<(s.verdict&15))
	}
	if s.verdictOf>>4 != 0 {
		list = append(list, 1<<(maskLanguage+(s.verdict>>4)))
	}
	if s.opinionOf&15 != 0 {
		list = append(list, 1<<(maskFeedback+(s.opinion&15)))
	}
	if s.opinionOf>>4 != 0 {
		list = append(list, 1<<(maskRuling+(s.opinion>>4)))
	}
	if s.reviewed {
		list = append(list, (1<<len(rulings)-2)<<maskRuling)
	}
	return list
}

// gone reports that there is no entry.
func (t traits) gone() bool { return t.verdict&15 == 0 }

// sieve is a filter as traits are compared with it.
type sieve struct {
	since, until            int64 // seconds; until is exclusive, 0 sets no bound
	verdict, verdictOf      byte
	opinion, opinionOf      byte
	topic                   uint16
	cluster                 uint32
	open, reviewed, byTopic bool
	impossible              bool
}

func (m *Moderation) sieve(ctx context.Context, f moderation.Filter) (sieve, error) {
	s := sieve{cluster: f.Cluster.Number(), open: f.State == moderation.Open, reviewed: f.State == moderation.Reviewed}
	if !f.Since.IsZero() {
		s.since = f.Since.Unix()
	}
	if !f.Until.IsZero() {
		s.until = f.Until.Unix() + 1 // the fraction of a second is told from the entry
	}
	part := func(place byte, asked bool, shift uint, of, is *byte) {
		if asked {
			s.impossible = s.impossible || place == 0
			*of |= 15 << shift
			*is |= place << shift
		}
	}
	part(placeIn(decisions, f.Decision), f.Decision != "", 0, &s.verdictOf, &s.verdict)
	part(placeIn(languages, f.Language), f.Language != "", 4, &s.verdictOf, &s.verdict)
	part(placeIn(feedbacks, f.Feedback), f.Feedback != "", 0, &s.opinionOf, &s.opinion)
	part(placeIn(rulings, f.Ruling), f.Ruling != "", 4, &s.opinionOf, &s.opinion)
	s.impossible = s.impossible || f.Cluster != "" && s.cluster == 0
	if f.Topic == "" {
		return s, nil
	}
	s.byTopic = true
	n, err := m.db.HGet(ctx, fileTopics, f.Topic).Int()
	if errors.Is(err, redis.Nil) {
		s.impossible, err = true, nil
	}
	s.topic = uint16(n)
	return s, err
}

func (s *sieve) passes(t traits) bool {
	at := int64(t.at)
	return !t.gone() && t.verdict&s.verdictOf == s.verdict && t.opinion&s.opinionOf == s.opinion &&
		(!s.byTopic || t.topic == s.topic) && (s.cluster == 0 || t.cluster == s.cluster) &&
		(!s.open || t.opinion>>4 == 0) && (!s.reviewed || t.opinion>>4 != 0) &&
		at >= s.since && (s.until == 0 || at < s.until)
}

// fits tells of an entry as it is now what the sieve told of its traits a moment ago.
func fits(f *moderation.Filter, q *moderation.Question) bool {
	return (f.Since.IsZero() || !q.At.Before(f.Since)) && (f.Until.IsZero() || q.At.Before(f.Until)) && fitsReview(f, q) &&
		(f.Language == "" || f.Language == q.Language) && (f.Decision == "" || f.Decision == q.Decision) &&
		(f.Topic == "" || f.Topic == q.Topic) && (f.Feedback == "" || f.Feedback == q.Feedback) &&
		(f.Asker == "" || f.Asker == q.Asker) && (f.Cluster == "" || f.Cluster == q.Cluster)
}

// fitsReview tells it of what moderators made of the entry.
func fitsReview(f *moderation.Filter, q *moderation.Question) bool {
	ruling := bot.Ruling("")
	if q.Review != nil {
		ruling = q.Review.Ruling
	}
	return (f.Ruling == "" || f.Ruling == ruling) && (f.State != moderation.Open || ruling == "") && (f.State != moderation.Reviewed || ruling != "")
}

// segment is a stretch of the index.
type segment struct {
	number        int64
	traits, names []byte
}

// openSegment opens what is stored of a segment; what does not open, or is not there, is empty.
func (m *Moderation) openSegment(key string, value any, size int) []byte {
	text, _ := value.(string)
	if text == "" {
		return nil
	}
	plain, err := m.store.sealer.Open(key, []byte(text))
	if err != nil || len(plain)%size != 0 || len(plain) > size*segmentSize {
		m.store.report(errors.New("a part of the index of moderation does not open"))
		return nil
	}
	return plain
}

func putName(b []byte, person, ref string) bool {
	raw, err := base64.RawURLEncoding.DecodeString(person)
	if err != nil || len(raw) != personSize || len(ref) != refSize {
		return false
	}
	copy(b, raw)
	copy(b[personSize:], ref)
	return true
}

func readName(b []byte) (person, ref string) {
	return base64.RawURLEncoding.EncodeToString(b[:personSize]), string(b[personSize:nameSize])
}

// found is an entry of the index.
type found struct {
	number      int64
	person, ref string
	traits      traits
}

// locate finds an entry by its ref.
func (m *Moderation) locate(ctx context.Context, ref string) (found, error) {
	if len(ref) != refSize {
		return found{}, moderation.ErrUnknown
	}
	number, err := m.db.HGet(ctx, refKey(ref), ref).Int64()
	if errors.Is(err, redis.Nil) {
		return found{}, moderation.ErrUnknown
	}
	if err != nil {
		return found{}, err
	}
	seg, at := number/segmentSize, int(number%segmentSize)
	values, err := m.db.MGet(ctx, traitsKey(seg), namesKey(seg)).Result()
	if err != nil {
		return found{}, err
	}
	t, n := m.openSegment(traitsKey(seg), values[0], traitSize), m.openSegment(namesKey(seg), values[1], nameSize)
	if len(t) < (at+1)*traitSize || len(n) < (at+1)*nameSize {
		return found{}, moderation.ErrUnknown
	}
	f := found{number: number, traits: readTraits(t[at*traitSize:])}
	if f.person, f.ref = readName(n[at*nameSize:]); f.ref != ref {
		return found{}, moderation.ErrUnknown
	}
	return f, nil
}

// refused is an error of moderation as it is, and one of Redis as the bot knows it.
func refused(op string, err error) error {
	for _, known := range []error{
		moderation.ErrUnknown, moderation.ErrCursor, moderation.ErrNothing, moderation.ErrRuling, moderation.ErrEmpty,
	} {
		if errors.Is(err, known) {
			return known
		}
	}
	return failed(op, err)
}

// Question implements moderation.Journal.
func (m *Moderation) Question(ctx context.Context, ref string) (moderation.Question, error) {
	f, err := m.locate(ctx, ref)
	if err != nil {
		return moderation.Question{}, refused("read an entry", err)
	}
	list, err := m.read(ctx, []found{f})
	if err == nil && len(list) == 0 {
		err = moderation.ErrUnknown
	}
	if err != nil {
		return moderation.Question{}, refused("read an entry", err)
	}
	return list[0], nil
}

// read reads entries of the index in their order, but for those that are gone or do not open.
func (m *Moderation) read(ctx context.Context, places []found) ([]moderation.Question, error) {
	if len(places) == 0 {
		return nil, nil
	}
	pipe := m.db.Pipeline()
	values := make([]*redis.StringCmd, len(places))
	for i, f := range places {
		values[i] = pipe.Get(ctx, keysOf(f.person).entry+f.ref)
	}
	if _, err := pipe.Exec(ctx); err != nil && !errors.Is(err, redis.Nil) {
		return nil, err
	}
	if err := lastError(values); err != nil {
		return nil, err
	}
	list := make([]moderation.Question, 0, len(places))
	for i, f := range places {
		q := moderation.Question{Asker: f.person, Cluster: moderation.NewClusterID(f.traits.cluster)}
		plain, err := m.store.sealer.Open(keysOf(f.person).entry+f.ref, []byte(values[i].Val()))
		if err == nil && json.Unmarshal(plain, &q.Entry) == nil {
			list = append(list, q)
		}
	}
	return list, nil
}

// Rule implements moderation.Journal.
func (m *Moderation) Rule(ctx context.Context, who int64, ref string, r bot.Review) (moderation.Question, error) {
	if err := moderation.Check(r); err != nil {
		return moderation.Question{}, err
	}
	return m.review(ctx, who, ref, "rule "+string(r.Ruling), r.Note, func(e *bot.Entry) error {
		next := bot.Review{Ruling: r.Ruling, Better: r.Better, Note: r.Note, By: who, At: time.Now().UTC(), Former: e.Review}
		depth := 1
		for at := &next; at.Former != nil; at, depth = at.Former, depth+1 {
			if depth == moderation.MaxFormer {
				at.Former = nil
				break
			}
		}
		e.Review = &next
		return nil
	})
}

// Undo implements moderation.Journal.
func (m *Moderation) Undo(ctx context.Context, who int64, ref string) (moderation.Question, error) {
	return m.review(ctx, who, ref, "undo", "", func(e *bot.Entry) error {
		if e.Review == nil {
			return moderation.ErrNothing
		}
		e.Review = e.Review.Former
		return nil
	})
}

// review changes the ruling on an entry, and what the queue makes of it.
func (m *Moderation) review(ctx context.Context, who int64, ref, action, why string, change func(*bot.Entry) error) (q moderation.Question, err error) {
	f, err := m.locate(ctx, ref)
	if err != nil {
		return q, refused("rule on an answer", err)
	}
	e, there, err := m.store.amend(ctx, f.person, ref, change)
	if err == nil && !there {
		err = moderation.ErrUnknown
	}
	if err != nil {
		return q, refused("rule on an answer", err)
	}
	if err := m.reviewed(ctx, &f, e.Review != nil); err != nil {
		return q, refused("rule on an answer", err)
	}
	line := bot.AuditLine{By: who, Room: bot.RoomReview, Action: action, What: ref, Why: why}
	if err := m.store.Audit().Note(ctx, line); err != nil {
		return q, err
	}
	return moderation.Question{Asker: f.person, Entry: e, Cluster: moderation.NewClusterID(f.traits.cluster)}, nil
}

// reviewed takes the cards of an entry out of the queue; where there is no ruling any more, the clerk puts them back.
func (m *Moderation) reviewed(ctx context.Context, f *found, ruled bool) error {
	pipe := m.db.Pipeline()
	cluster := strconv.FormatUint(uint64(f.traits.cluster), 10)
	switch {
	case ruled:
		cards := []any{"q:" + f.ref}
		if f.traits.cluster != 0 {
			cards = append(cards, "c:"+cluster)
			if size := m.db.ZScore(ctx, fileOpen, cluster).Val(); size > 0 {
				pipe.HSet(ctx, fileSeen, cluster, int(size))
			}
		}
		pipe.ZRem(ctx, fileQueue, cards...)
		pipe.ZRem(ctx, fileLeases, cards...)
		pipe.HDel(ctx, fileHolders, texts(cards)...)
	case f.traits.cluster != 0:
		pipe.HDel(ctx, fileSeen, cluster)
	default:
		return nil
	}
	_, err := pipe.Exec(ctx)
	return err
}

func texts(values []any) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i], _ = v.(string)
	}
	return list
}

// cardOf tells a card's kind, "q" or "c", from its name.
func cardOf(card string) (kind, name string) {
	kind, name, _ = strings.Cut(card, ":")
	return kind, name
}
