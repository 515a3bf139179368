package outreach

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"refbot/bot"
	"refbot/bot/broadcast"
	"refbot/bot/markup"
	"refbot/bot/texts"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// show sends the card of a broadcast as a new message; l is the language of the text on it, "" for the reader's. A
// file goes ahead in a message of its own, exactly as subscribers get it.
func (x *visit) show(ctx context.Context, b *broadcast.Broadcast, l language.Code) error {
	if b.State != broadcast.Draft && !b.State.Open() {
		return x.showBegun(ctx, b)
	}
	l = shown(b, l, x.Language)
	if r, ok := b.Reply(l); ok && (r.Photo != "" || r.Document != "") && !b.Recall {
		r.Buttons = harmless(r.Buttons)
		if _, err := x.Messenger.Send(ctx, x.home, r, 0); err != nil {
			return x.unsent(err)
		}
	}
	r, err := x.card(ctx, b, l)
	if err != nil {
		return err
	}
	_, err = x.Messenger.Send(ctx, x.home, r, 0)
	return x.unsent(err)
}

// unsent makes a refusal of what Telegram does not take.
func (x *visit) unsent(err error) error {
	if bot.KindOf(err) == bot.BadContent {
		return &broadcast.Refusal{Why: broadcast.BadText, Fault: errors.New("telegram")}
	}
	return err
}

// view shows the card in another language, in place.
func (x *visit) view(ctx context.Context, id broadcast.ID, l string) error {
	b, err := x.Desk.Store.Load(ctx, id)
	if err != nil {
		return err
	}
	return x.redraw(ctx, b, language.Code(l))
}

// redraw shows the card in place of the message whose button was pressed.
func (x *visit) redraw(ctx context.Context, b *broadcast.Broadcast, l language.Code) error {
	if !b.State.Open() {
		return x.show(ctx, b, l)
	}
	r, err := x.card(ctx, b, shown(b, l, x.Language))
	if err != nil {
		return err
	}
	return x.replace(ctx, r)
}

// shown picks the language of the text on a card.
func shown(b *broadcast.Broadcast, wanted, own language.Code) language.Code {
	for _, l := range append([]language.Code{wanted, own, b.Fallback}, language.Codes()...) {
		if _, ok := b.Content[l]; ok && l != "" {
			return l
		}
	}
	return own
}

// harmless leaves the buttons a preview can have: those that lead somewhere.
func harmless(rows [][]bot.Button) [][]bot.Button {
	var kept [][]bot.Button
	for _, row := range rows {
		if row[0].URL != "" {
			kept = append(kept, row)
		}
	}
	return kept
}

// card draws a broadcast that may still be changed.
func (x *visit) card(ctx context.Context, b *broadcast.Broadcast, l language.Code) (bot.Reply, error) {
	info, err := x.info(ctx, b)
	if err != nil {
		return bot.Reply{}, err
	}
	r := bot.Reply{Language: x.Language, HTML: x.body(b, l, info)}
	if message, ok := b.Reply(l); ok {
		r.Buttons = append(r.Buttons, harmless(message.Buttons)...)
	}
	r.Buttons = append(r.Buttons, x.cardButtons(b, l)...)
	return r, nil
}

// body is the exact text with what there is to know below it. What would not fit into one message is cut: the
// whole of it is a press on "send it to me" away.
func (x *visit) body(b *broadcast.Broadcast, l language.Code, info string) string {
	foot := "<blockquote>" + info + "</blockquote>"
	if b.Recall {
		return foot
	}
	message, ok := b.Reply(l)
	if !ok {
		return foot
	}
	whole := message.HTML + "\n\n" + foot
	if t, err := markup.Parse(whole); err == nil && t.Units <= markup.MaxText {
		return whole
	}
	plain := markup.Plain(message.HTML)
	return markup.Escape(bot.Shorten(plain, 1500)) + "\n<i>" + markup.Escape(x.b.Cut) + "</i>\n\n" + foot
}

// info is what there is to know about a draft, as HTML.
func (x *visit) info(ctx context.Context, b *broadcast.Broadcast) (string, error) {
	counts, err := x.Desk.Count(ctx, b, nil)
	if err != nil {
		return "", err
	}
	doubts, err := x.Desk.Doubts(ctx, b)
	if err != nil {
		return "", err
	}
	lines := []string{"<b>" + markup.Escape(x.title(b)) + "</b>"}
	add := func(mark, text string) {
		if text != "" {
			lines = append(lines, mark+" "+markup.Escape(text))
		}
	}
	lines = append(lines, x.author(b))
	add("👥", x.reach(b, counts))
	add("🎯", x.segment(b.Segment))
	if !b.Recall {
		for _, l := range language.Codes() {
			add(languageMark(b, l), x.lengthOf(b, l))
		}
	}
	add("🕘", x.moment(b))
	for _, d := range doubts {
		add("⚠️", x.doubt(d))
	}
	if b.Override != "" {
		add("🔓", x.b.Override(b.Override))
	}
	return strings.Join(lines, "\n"), nil
}

func languageMark(b *broadcast.Broadcast, l language.Code) string {
	if _, ok := b.Content[l]; ok {
		return "✅"
	}
	if _, _, ok := b.Message(l); ok {
		return "↪️"
	}
	return "🚫"
}

// title says what it is and where it stands.
func (x *visit) title(b *broadcast.Broadcast) string {
	title := x.b.States[string(b.State)]
	switch {
	case b.Recall:
		title += " · " + x.b.IsRecall(string(b.Corrects))
	case b.Corrects != "":
		title += " · " + x.b.IsCorrection(string(b.Corrects))
	}
	return title + " · " + string(b.ID)
}

func (x *visit) author(b *broadcast.Broadcast) string {
	return "✍️ " + markup.Escape(x.b.Author) + " " + mention(b.Author)
}

// mention names one of the staff so that a tap opens their profile.
func mention(person int64) string {
	id := strconv.FormatInt(person, 10)
	return `<a href="tg://user?id=` + id + `">` + id + `</a>`
}

// reach says how many people get it, in which languages.
func (x *visit) reach(b *broadcast.Broadcast, counts map[language.Code]int) string {
	total := 0
	var parts []string
	for _, n := range counts {
		total += n
	}
	for _, l := range language.Codes() {
		if counts[l] > 0 {
			parts = append(parts, string(l)+" "+number(counts[l]))
		}
	}
	switch {
	case total == 0:
		return x.b.NobodyYet
	case b.Recall:
		return x.b.Recalls(total, number(total))
	case b.Corrects != "":
		return x.b.Corrects(total, number(total))
	}
	text := x.b.Reach(total, number(total))
	if len(parts) > 0 {
		text += " (" + strings.Join(parts, ", ") + ")"
	}
	return text
}

// lengthOf says how long the text in a language is, or what its readers get instead.
func (x *visit) lengthOf(b *broadcast.Broadcast, l language.Code) string {
	name := texts.For(l).Name
	m, in, ok := b.Message(l)
	switch {
	case !ok:
		return x.b.LeftOut(name)
	case in != l:
		return x.b.Instead(name, texts.For(in).Name)
	}
	return x.b.Length(name, number(b.Units(l)), number(m.Limit()))
}

func (x *visit) moment(b *broadcast.Broadcast) string {
	now := x.Desk.Now()
	if b.Schedule == nil {
		text := x.b.AtOnce
		if b.Corrects == "" && broadcast.Night(x.campaign(), now) {
			text += " " + x.b.ItIsNight(now.In(x.zone()).Format("15:04"))
		}
		return text
	}
	text := x.b.At(x.clock(b.Schedule.At), x.clock(b.Schedule.At.Add(b.Schedule.TooLate)))
	if broadcast.Night(x.campaign(), b.Schedule.At) {
		text += " " + x.b.ThenIsNight
	}
	return text
}

func (x *visit) campaign() *knowledge.Campaign { return &x.Engine.Pack().Campaign }
func (x *visit) zone() *time.Location          { return broadcast.Zone(x.campaign()) }
func (x *visit) clock(t time.Time) string      { return t.In(x.zone()).Format("02.01 15:04") }

func (x *visit) doubt(d broadcast.Doubt) string {
	return x.b.Doubts[string(d.Kind)](d.About())
}

// number writes a number in groups of three.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u00a0" + s[i:]
	}
	return s
}
