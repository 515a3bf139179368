package review

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"refbot/bot"
	"refbot/bot/library"
	"refbot/bot/moderation"
	"refbot/bot/texts"
)

const (
	// usualHour is the hour of a moderator who has not chosen. Other staff get a digest only when they choose it.
	usualHour = 9
	// digestLate is how long after its hour a digest is still sent, when the bot was down at the hour.
	digestLate = 3 * time.Hour
)

// digestEvery is how often the clock is looked at.
const digestEvery = 30 * time.Second

// RunDigests sends everybody their digest at their hour until ctx ends. One replica runs it at a time. report hears of
// trouble.
func (r *Room) RunDigests(ctx context.Context, report func(error)) {
	ticks := time.NewTicker(digestEvery)
	defer ticks.Stop()
	for {
		if err := r.SendDigests(ctx); err != nil && ctx.Err() == nil {
			report(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
	}
}

// SendDigests sends the digests that are due now. It notes the day before it sends: who is not reached today gets none,
// and nobody gets two.
func (r *Room) SendDigests(ctx context.Context) error {
	people, err := r.Staff.Everybody(ctx, bot.Moderator, bot.Admin)
	if err != nil {
		return err
	}
	now := r.Now().In(r.zone())
	for _, person := range people {
		choice, err := r.choiceOf(ctx, person)
		if err != nil {
			return err
		}
		day := now.Format(time.DateOnly)
		at := time.Date(now.Year(), now.Month(), now.Day(), max(choice.Hour, 0), 0, 0, 0, now.Location())
		if choice.Hour == moderation.NoDigest || choice.Sent >= day || now.Before(at) || now.Sub(at) > digestLate {
			continue
		}
		choice.Sent = day
		if err := r.Digests.SetDigestChoice(ctx, person, choice); err != nil {
			return err
		}
		if err := r.sendDigest(ctx, person, choice); err != nil {
			return err
		}
	}
	return nil
}

// choiceOf is what somebody chose, or what holds for them until they do.
func (r *Room) choiceOf(ctx context.Context, person int64) (moderation.DigestChoice, error) {
	choice, chosen, err := r.Digests.DigestChoice(ctx, person)
	if err != nil || chosen {
		return choice, err
	}
	roles, err := r.Staff.Roles(ctx, person)
	if err != nil {
		return choice, err
	}
	if choice.Hour = moderation.NoDigest; roles.Has(bot.Moderator) {
		choice.Hour = usualHour
	}
	return choice, nil
}

// sendDigest sends one. Whoever cannot be reached sees /stats where they look next.
func (r *Room) sendDigest(ctx context.Context, person int64, choice moderation.DigestChoice) error {
	reply, worth, err := r.digest(ctx, texts.For(r.speaks(ctx, person)), choice)
	if err != nil || !worth {
		return err
	}
	_, err = r.Messenger.Send(ctx, bot.Chat{ID: person}, reply, 0)
	switch bot.KindOf(err) {
	case bot.Unreachable, bot.ChatGone, bot.BadContent:
		return nil
	}
	return err
}

// digestClusters is how many groups of questions without an answer a digest names.
const digestClusters = 3

// digest is the summary of /stats with what to do about it; not worth sending when nobody asked in a week and nothing
// waits.
func (r *Room) digest(ctx context.Context, t *texts.Catalog, choice moderation.DigestChoice) (reply bot.Reply, worth bool, err error) {
	reply, asked, err := r.summary(ctx, t, r.zone())
	if err != nil {
		return reply, false, err
	}
	now, d := r.Now().In(r.zone()), &t.Review.Digest
	clusters, _, err := r.Clusters.List(ctx, moderation.ClusterFilter{}, "", digestClusters)
	if err != nil {
		return reply, false, err
	}
	versions, err := r.Library.Shelf.History(ctx, 0, library.KeptVersions)
	if err != nil {
		return reply, false, err
	}
	published := 0
	for _, v := range versions {
		if now.Sub(v.At) < 24*time.Hour {
			published++
		}
	}
	parts := []bot.Part{{Spans: []bot.Span{{Text: d.Head(t.Date(now)), Bold: true}}}}
	parts = append(parts, reply.Parts...)
	if len(clusters) > 0 {
		lines := make([]string, len(clusters))
		for i := range clusters {
			lines[i] = fmt.Sprintf("• %s – %d", bot.Shorten(clusters[i].Label.Entry.Question, 100), clusters[i].Size)
		}
		parts = append(parts, bot.Part{Spans: []bot.Span{{Text: d.Unanswered, Bold: true}}}, bot.Part{Tight: true, Spans: []bot.Span{{Text: strings.Join(lines, "\n")}}})
	}
	if published > 0 {
		parts = append(parts, bot.Text(d.Published(published)))
	}
	reply.Parts = parts
	reply.Buttons = [][]bot.Button{{{Text: t.Review.Button.Next, Data: "mod:next"}}, {digestButton(t, choice)}}
	return reply, asked > 0 || published > 0, nil
}

func digestButton(t *texts.Catalog, choice moderation.DigestChoice) bot.Button {
	hour := t.Review.Digest.Off
	if choice.Hour != moderation.NoDigest {
		hour = clock(choice.Hour)
	}
	return bot.Button{Text: t.Review.Digest.Button + ": " + hour, Data: "mod:digest"}
}

func clock(hour int) string { return fmt.Sprintf("%02d:00", hour) }

// digestHours are those that are offered.
var digestHours = [][]int{{7, 8, 9, 10}, {12, 15, 18, 20}}

// chooseDigest offers the hours, or takes one: "mod:digest", "mod:digest:9", "mod:digest:off".
func (x *visit) chooseDigest(ctx context.Context, chosen string) error {
	choice, err := x.choiceOf(ctx, x.who.ID)
	if err != nil {
		return err
	}
	d := &x.r.Digest
	if chosen == "" {
		r := bot.Reply{Language: x.Language, Parts: []bot.Part{bot.Text(d.Ask)}}
		for _, hours := range digestHours {
			var row []bot.Button
			for _, hour := range hours {
				row = append(row, bot.Button{Text: clock(hour), Data: "mod:digest:" + strconv.Itoa(hour)})
			}
			r.Buttons = append(r.Buttons, row)
		}
		r.Buttons = append(r.Buttons, []bot.Button{{Text: d.Off, Data: "mod:digest:off"}})
		_, err := x.Messenger.Send(ctx, x.home, r, 0)
		return err
	}
	hour, err := strconv.Atoi(chosen)
	if err != nil || hour < 0 || hour > 23 {
		hour = moderation.NoDigest
	}
	choice.Hour = hour
	if err := x.Digests.SetDigestChoice(ctx, x.who.ID, choice); err != nil {
		return err
	}
	said := d.Never
	if hour != moderation.NoDigest {
		said = d.At(clock(hour))
	}
	return x.replace(ctx, bot.Reply{Language: x.Language, Parts: []bot.Part{bot.Text(said)}, Buttons: [][]bot.Button{{digestButton(x.t, choice)}}})
}

// zone is the campaign's time zone.
func (r *Room) zone() *time.Location {
	if zone := r.Knowledge.Load().Pack().Campaign.TimeZone; zone != nil {
		return zone
	}
	return time.UTC
}
