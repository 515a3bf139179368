package bot

import (
	"context"
	"slices"
	"strconv"

	"refbot/bot/texts"
	"refbot/knowledge"
	"refbot/knowledge/language"
)

// subscribe acts at once, and offers what can be chosen.
func (c *conversation) subscribe(ctx context.Context, on bool) error {
	t, was := c.texts(), c.profile.Subscribed
	if !on {
		if err := c.dropWishes(ctx); err != nil {
			return err
		}
	}
	if was != on {
		c.profile.Subscribed, c.profileChanged = on, true
		c.profile.Since = c.Now().UTC()
	}
	switch {
	case on:
		if !c.profile.News.Valid() {
			c.profile.News, c.profileChanged = c.language(), true
		}
		return c.showSubscription(ctx, c.send)
	case was:
		return c.say(ctx, t.SubscribeOff, []Button{{Text: t.Button.Subscribe, Data: "sub:on"}})
	}
	return c.say(ctx, t.SubscribeNotYet, []Button{{Text: t.Button.Subscribe, Data: "sub:on"}})
}

// choose is what a subscriber wants to hear: a language, topics. False for a button nobody knows.
func (c *conversation) choose(ctx context.Context, what, value string) (bool, error) {
	topics, p := c.engine.Pack().Campaign.Topics, &c.profile
	switch what {
	case "lang":
		if !language.Code(value).Valid() {
			return false, nil
		}
		p.News = language.Code(value)
	case "menu":
		return true, c.showSubscription(ctx, c.replace)
	case "fix":
		if c.Wishes == nil {
			return false, nil
		}
		if err := c.toggleCorrections(ctx); err != nil {
			return true, err
		}
		return true, c.showSubscription(ctx, c.replace)
	case "topics":
		page, _ := strconv.Atoi(value)
		return true, c.replace(ctx, c.topicChoice(page))
	case "topic":
		i := slices.IndexFunc(topics, func(t knowledge.Topic) bool { return t.ID == value })
		if i < 0 {
			return false, nil
		}
		if at := slices.Index(p.Topics, value); at >= 0 {
			p.Topics = slices.Delete(slices.Clone(p.Topics), at, at+1)
		} else {
			p.Topics = append(slices.Clone(p.Topics), value)
		}
		c.profileChanged = true
		return true, c.replace(ctx, c.topicChoice(i/topicsPerPage))
	case "all":
		p.Topics = nil
	case "regions":
		page, _ := strconv.Atoi(value)
		return true, c.replace(ctx, c.regionChoice(page))
	case "region":
		if _, ok := c.engine.Pack().Campaign.Region(value); !ok && value != "none" {
			return false, nil
		}
		if p.Region = value; value == "none" {
			p.Region = ""
		}
	default:
		return false, nil
	}
	c.profileChanged = true
	return true, c.showSubscription(ctx, c.replace)
}

// showSubscription shows what somebody has chosen, by show.
func (c *conversation) showSubscription(ctx context.Context, show func(context.Context, Reply) error) error {
	corrections, err := c.wishesCorrections(ctx)
	if err != nil {
		return err
	}
	return show(ctx, c.subscription(corrections))
}

// subscription is what somebody has chosen.
func (c *conversation) subscription(corrections bool) Reply {
	t := c.texts()
	r := Reply{Language: t.Code, Parts: []Part{Text(t.SubscribeOn), Text(t.SubscribeChoose)}}
	var tongues []Button
	for _, code := range language.Codes() {
		tongues = append(tongues, Button{Text: chosen(c.profile.News == code, texts.For(code).Name), Data: "sub:lang:" + string(code)})
	}
	topics := t.SubscribeAll
	if n := len(c.profile.Topics); n > 0 {
		topics = t.SubscribeSome(n)
	}
	r.Buttons = [][]Button{tongues, {{Text: topics, Data: "sub:topics"}}}
	if campaign := &c.engine.Pack().Campaign; len(campaign.Regions) > 0 {
		region, _ := campaign.Region(c.profile.Region)
		r.Buttons = append(r.Buttons, []Button{{Text: "📍 " + orDefault(region.Title[t.Code], t.SubscribeNoRegion), Data: "sub:regions"}})
	}
	if c.Wishes != nil {
		r.Buttons = append(r.Buttons, []Button{{Text: chosen(corrections, t.Notice.Choice), Data: "sub:fix"}})
	}
	r.Buttons = append(r.Buttons, []Button{{Text: t.Button.Unsubscribe, Data: "sub:off"}})
	return r
}

// regionChoice lists the regions; nobody has to name theirs.
func (c *conversation) regionChoice(page int) Reply {
	t, regions := c.texts(), c.engine.Pack().Campaign.Regions
	page, from, to := pageBounds(page, topicsPerPage, len(regions))
	r := Reply{Language: t.Code, Parts: []Part{Text(t.SubscribeRegion)}}
	for _, region := range regions[from:to] {
		r.Buttons = append(r.Buttons, []Button{{Text: chosen(c.profile.Region == region.ID, region.Title[t.Code]), Data: "sub:region:" + region.ID}})
	}
	if row := pager(t, "sub:regions", page, topicsPerPage, len(regions)); row != nil {
		r.Buttons = append(r.Buttons, row)
	}
	r.Buttons = append(r.Buttons, []Button{{Text: t.SubscribeNoRegion, Data: "sub:region:none"}, {Text: t.SubscribeDone, Data: "sub:menu"}})
	return r
}

// topicChoice lists the topics, the chosen ones marked.
func (c *conversation) topicChoice(page int) Reply {
	t, topics := c.texts(), c.engine.Pack().Campaign.Topics
	page, from, to := pageBounds(page, topicsPerPage, len(topics))
	r := Reply{Language: t.Code, Parts: []Part{Text(t.SubscribeTopics)}}
	for _, topic := range topics[from:to] {
		if data := "sub:topic:" + topic.ID; len(data) <= 64 {
			r.Buttons = append(r.Buttons, []Button{{Text: chosen(slices.Contains(c.profile.Topics, topic.ID), topic.Title[t.Code]), Data: data}})
		}
	}
	if row := pager(t, "sub:topics", page, topicsPerPage, len(topics)); row != nil {
		r.Buttons = append(r.Buttons, row)
	}
	r.Buttons = append(r.Buttons, []Button{{Text: t.SubscribeAll, Data: "sub:all"}, {Text: t.SubscribeDone, Data: "sub:menu"}})
	return r
}

// chosen marks what is chosen.
func chosen(yes bool, text string) string {
	if yes {
		return "✅ " + text
	}
	return text
}
