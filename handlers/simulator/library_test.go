package simulator_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"refbot/handlers/simulator"
)

// libraryBot is a small bot on the library that refbot uses.
func libraryBot(t *testing.T, s *simulator.Server, handle bot.HandlerFunc) *bot.Bot {
	t.Helper()
	b, err := bot.New(s.Token(), bot.WithServerURL(s.URL()), bot.WithDefaultHandler(handle),
		bot.WithNotAsyncHandlers(), bot.WithErrorsHandler(func(error) {}))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); b.Start(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
	return b
}

func TestConversationThroughTheLibrary(t *testing.T) {
	s, _ := start(t)
	libraryBot(t, s, func(ctx context.Context, b *bot.Bot, u *models.Update) {
		switch {
		case u.Message != nil:
			_, err := b.SendMessage(ctx, &bot.SendMessageParams{
				ChatID: u.Message.Chat.ID, ParseMode: models.ParseModeHTML,
				Text:            "<b>Сіз:</b> " + bot.EscapeMarkdown(strings.ToUpper(u.Message.Text)),
				ReplyParameters: &models.ReplyParameters{MessageID: u.Message.ID},
				ReplyMarkup: models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{
					{Text: "👍", CallbackData: "fb:up:1"}, {Text: "Дереккөз", URL: "https://example.kz/a?b=1"},
				}}},
			})
			if err != nil {
				t.Error(err)
			}
		case u.CallbackQuery != nil:
			at := u.CallbackQuery.Message.Message
			if _, err := b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: u.CallbackQuery.ID, Text: "Рақмет"}); err != nil {
				t.Error(err)
			}
			if _, err := b.EditMessageText(ctx, &bot.EditMessageTextParams{ChatID: at.Chat.ID, MessageID: at.ID, Text: "жаңа"}); err != nil {
				t.Error(err)
			}
		case u.InlineQuery != nil:
			_, err := b.AnswerInlineQuery(ctx, &bot.AnswerInlineQueryParams{InlineQueryID: u.InlineQuery.ID, Results: []models.InlineQueryResult{
				&models.InlineQueryResultArticle{ID: "st001", Title: "Күні", InputMessageContent: &models.InputTextMessageContent{MessageText: "<i>15</i>", ParseMode: models.ParseModeHTML}},
			}})
			if err != nil && ctx.Err() == nil { // the test may end before the answer to this call arrives
				t.Error(err)
			}
		}
	})
	ctx := soon(t)
	p := s.AddPerson(simulator.Person{FirstName: "Айгүл", LanguageCode: "kk"})
	asked, err := s.Open(p.ID, "topic-dates")
	if err != nil {
		t.Fatal(err)
	}
	reply, err := s.WaitReply(ctx, p.ID, asked.MessageID)
	if err != nil {
		t.Fatal(err)
	}
	if want := "<b>Сіз:</b> /START TOPIC\\-DATES"; reply.HTML != want || reply.ReplyTo != asked.MessageID {
		t.Errorf("reply = %q to %d, want %q to %d", reply.HTML, reply.ReplyTo, want, asked.MessageID)
	}
	id, err := s.Press(p.ID, p.ID, reply.MessageID, "👍")
	if err != nil {
		t.Fatal(err)
	}
	if a, err := s.CallbackAnswer(ctx, id); err != nil || a.Text != "Рақмет" {
		t.Errorf("callback answer = %+v, %v", a, err)
	}
	if err := s.Wait(ctx, p.ID, func(list []simulator.Message) bool { return list[1].Text == "жаңа" }); err != nil {
		t.Fatal(err)
	}
	query, err := s.Inline(p.ID, 0, "қашан", "")
	if err != nil {
		t.Fatal(err)
	}
	cards, err := s.InlineAnswer(ctx, query)
	if err != nil || len(cards.Results) != 1 || cards.Results[0].HTML != "<i>15</i>" {
		t.Fatalf("inline answer = %+v, %v", cards, err)
	}
	if m, err := s.Choose(query, "st001", p.ID); err != nil || m.Text != "15" || m.ViaBot == "" {
		t.Errorf("chosen = %+v, %v", m, err)
	}
	if r := s.Refusals(); len(r) != 0 {
		t.Errorf("refusals: %v", r)
	}
}

func TestLibraryUnderstandsRefusals(t *testing.T) {
	s, _ := start(t)
	b, err := bot.New(s.Token(), bot.WithServerURL(s.URL()))
	if err != nil {
		t.Fatal(err)
	}
	ctx := soon(t)
	p := citizen(s)
	send := func(chat int64) error {
		_, err := b.SendMessage(ctx, &bot.SendMessageParams{ChatID: chat, Text: "x"})
		return err
	}
	if err := s.Block(p.ID); err != nil {
		t.Fatal(err)
	}
	if err := send(p.ID); !errors.Is(err, bot.ErrorForbidden) {
		t.Errorf("blocked: %v", err)
	}
	if err := send(1); !errors.Is(err, bot.ErrorBadRequest) {
		t.Errorf("stranger: %v", err)
	}
	if err := s.AddFault(simulator.Fault{Kind: simulator.FaultFlood, RetryAfter: 7}); err != nil {
		t.Fatal(err)
	}
	var flood *bot.TooManyRequestsError
	if err := send(p.ID); !errors.As(err, &flood) || flood.RetryAfter != 7 {
		t.Errorf("flood: %v", err)
	}
	group, err := s.AddGroup("Ауыл", p.ID)
	if err != nil {
		t.Fatal(err)
	}
	to, err := s.MigrateGroup(group.ID)
	if err != nil {
		t.Fatal(err)
	}
	var moved *bot.MigrateError
	if err := send(group.ID); !errors.As(err, &moved) || int64(moved.MigrateToChatID) != to {
		t.Errorf("migrated: %v", err)
	}
}
