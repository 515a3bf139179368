package broadcast_test

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"strings"
	"testing"

	"refbot/bot/broadcast"
	"refbot/knowledge/language"
)

func TestDoubts(t *testing.T) {
	ctx := context.Background()
	for text, want := range map[string]string{
		"Спасибо, что вы с нами!":                        "",
		"Проголосовали 62,4 % участников":                "claim 62,4\u00a0%",
		"Встречаемся 15 марта":                           "claim 15 марта",
		"Сказала Айгуль Сериккызы":                       "claim Сказала Айгуль Сериккызы",
		"Об этом рассказала Сериккызы":                   "claim Сериккызы",
		"Вот <a href=\"https://lake.example/x\">тут</a>": "",
		"Вот https://t.me/refbot?start=st-r1":            "",
		"Вот https://evil.example/lake.example":          "link https://evil.example/lake.example",
		"Голосуйте, пожалуйста, за сохранение":           "advice голосуйте за",
		"Біз үшін қолдап дауыс беріңіздер":               "advice қолдап дауыс беріңіз",
		"Please vote YES": "advice vote yes",
		"Проголосовали за это многие":    "",
		"Вот https://lake.example/moved": "leads https://lake.example/moved → evil.example",
		"Вот https://lake.example/none":  "dead https://lake.example/none",
		"Вот https://lake.example/login": "",
	} {
		o := newOffice(t)
		o.Links = landed{
			"https://lake.example/moved": {URL: "https://evil.example/x", Status: 200}, "https://lake.example/none": {URL: "https://lake.example/none", Status: 404},
			"https://lake.example/login": {URL: "https://lake.example/in", Status: 403}, "https://lake.example/x": {URL: "https://lake.example/y", Status: 200},
		}
		b, err := o.Store.Load(ctx, o.draft(text))
		if err != nil {
			t.Fatal(err)
		}
		doubts, err := o.Doubts(ctx, b)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range doubts {
			got = append(got, fmt.Sprintf("%s %s", d.Kind, d.About()))
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// landed says where links lead.
type landed map[string]broadcast.Landing

func (l landed) Look(context.Context, []string) map[string]broadcast.Landing { return l }

func TestLinkedStatementsHoldClaims(t *testing.T) {
	ctx := context.Background()
	o := newOffice(t)
	id := o.draft("Айгуль Сериккызы 16 марта: 15 марта 2026 года за озеро проголосовали 62,4 %, см. https://news.example/r1. Явка 70,1 %.")
	b, err := o.Edit(ctx, author, id, "", func(b *broadcast.Broadcast) error { b.Statements = []string{"r1"}; return nil })
	if err != nil {
		t.Fatal(err)
	}
	doubts, err := o.Doubts(ctx, b)
	if err != nil || len(doubts) != 1 || doubts[0].What != "70,1\u00a0%" {
		t.Errorf("%+v, %v", doubts, err)
	}
}

func TestSameAgainAndAdviceNeedsAdmin(t *testing.T) {
	ctx := context.Background()
	o := newOffice(t)
	first := o.submitted("Голосуйте за озеро")
	_, err := o.Approve(ctx, approver, first, card)
	wantRefused(t, err, broadcast.NeedsAdmin)
	if _, err := o.Approve(ctx, admin, first, card); err != nil {
		t.Fatal(err)
	}
	b, err := o.Store.Load(ctx, o.draft("голосуйте  за ОЗЕРО"))
	if err != nil {
		t.Fatal(err)
	}
	doubts, err := o.Doubts(ctx, b)
	if err != nil || len(doubts) != 2 || doubts[1].Kind != broadcast.DoubtSame || doubts[1].Other != first {
		t.Errorf("%+v, %v", doubts, err)
	}
}

func TestReportNamesNobody(t *testing.T) {
	o := newOffice(t)
	o.store.lines["AAAAAAAA"] = []broadcast.Line{
		{Chat: 71, Language: language.Russian, Outcome: broadcast.Sent},
		{Chat: 72, Language: language.Russian, Outcome: broadcast.Unreachable},
		{Chat: 73, Language: language.Kazakh, Outcome: broadcast.Unknown},
		{Chat: 74, Language: language.English, Outcome: broadcast.Begun},
	}
	rows, err := broadcast.Tabulate(context.Background(), o.store, &broadcast.Broadcast{ID: "AAAAAAAA"})
	if err != nil {
		t.Fatal(err)
	}
	var table bytes.Buffer
	if err := broadcast.WriteCSV(&table, rows); err != nil {
		t.Fatal(err)
	}
	want := "language,recipients,sent,unreachable,failed,unknown,queued\nkk,1,0,0,0,1,0\nru,2,1,1,0,0,0\nen,1,0,0,0,0,1\nall,4,1,1,0,1,1\n"
	if table.String() != want {
		t.Errorf("got\n%swant\n%s", table.String(), want)
	}
	picture, err := broadcast.Chart(rows)
	if err != nil {
		t.Fatal(err)
	}
	if size, err := png.DecodeConfig(bytes.NewReader(picture)); err != nil || size.Width != 1000 {
		t.Errorf("the chart is %+v, %v", size, err)
	}
	if _, err := broadcast.Chart(nil); err != nil {
		t.Error(err)
	}
}
