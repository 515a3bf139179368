package simulator_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"refbot/handlers/simulator"
)

// town is a server with everybody a refusal needs.
type town struct {
	*simulator.Server
	client
	clock                                               *clock
	citizen, blocked, stranger, gone, neighbour         int64
	group, moved, supergroup, expelled, expelledSuper   int64
	botText, botPhoto, oldText, theirs, groupTheirs     int64
	staleQuery, answeredQuery, freshInline, staleInline string
}

func newTown(t *testing.T) *town {
	t.Helper()
	clock := newClock()
	s, c := start(t, simulator.WithClock(clock.now))
	w := &town{Server: s, client: c, clock: clock}
	w.citizen, w.blocked, w.gone = citizen(s).ID, citizen(s).ID, citizen(s).ID
	w.stranger, w.neighbour = s.AddPerson(simulator.Person{}).ID, s.AddPerson(simulator.Person{}).ID
	check(t, s.Block(w.blocked), s.Deactivate(w.gone))
	groups := map[string]*int64{"group": &w.group, "moved": &w.moved, "expelled": &w.expelled, "super": &w.expelledSuper}
	for title, id := range groups {
		g, err := s.AddGroup(title, w.citizen, w.neighbour)
		check(t, err)
		*id = g.ID
	}
	var err error
	w.supergroup, err = s.MigrateGroup(w.moved)
	check(t, err)
	w.expelledSuper, err = s.MigrateGroup(w.expelledSuper)
	check(t, err, s.Kick(w.expelled, w.citizen), s.Kick(w.expelledSuper, w.citizen))
	w.fill(t)
	return w
}

// fill writes the messages and asks the queries that refusals refer to.
func (w *town) fill(t *testing.T) {
	w.oldText = must[message](w.client, "sendMessage", args{"chat_id": w.citizen, "text": "old"}).MessageID
	id, err := w.Forge(w.citizen, w.citizen, w.oldText, "x")
	check(t, err)
	w.staleQuery = id
	w.staleInline, err = w.Inline(w.citizen, 0, "x", "")
	check(t, err)
	w.clock.pass(48 * time.Hour)
	keyboard := map[string]any{"inline_keyboard": [][]any{{map[string]any{"text": "ok", "callback_data": "ok"}}}}
	w.botText = must[message](w.client, "sendMessage", args{"chat_id": w.citizen, "text": "same", "reply_markup": keyboard}).MessageID
	sent := w.upload("sendPhoto", args{"chat_id": w.citizen, "photo": tinyPNG, "caption": "pic"})
	var photo message
	check(t, json.Unmarshal(sent.Result, &photo))
	w.botPhoto = photo.MessageID
	m, err := w.Send(w.citizen, w.citizen, "mine")
	check(t, err)
	w.theirs = m.MessageID
	m, err = w.Send(w.citizen, w.group, "hello all")
	check(t, err)
	w.groupTheirs = m.MessageID
	w.answeredQuery, err = w.Press(w.citizen, w.citizen, w.botText, "ok")
	check(t, err)
	must[bool](w.client, "answerCallbackQuery", args{"callback_query_id": w.answeredQuery})
	w.freshInline, err = w.Inline(w.citizen, 0, "x", "")
	check(t, err)
}

func check(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func button(fields map[string]any) map[string]any {
	return map[string]any{"inline_keyboard": [][]any{{fields}}}
}

func article(id, title, text string) map[string]any {
	return map[string]any{"type": "article", "id": id, "title": title, "input_message_content": map[string]any{"message_text": text}}
}

// TestRefusals pins every refusal to Telegram's code and words.
func TestRefusals(t *testing.T) {
	w := newTown(t)
	to := func(more args) args {
		a := args{"chat_id": w.citizen, "text": "hi"}
		for k, v := range more {
			a[k] = v
		}
		return a
	}
	const badParse = "Bad Request: can't parse entities: "
	html := func(text string) args { return to(args{"text": text, "parse_mode": "HTML"}) }
	mark := func(text string) args { return to(args{"text": text, "parse_mode": "MarkdownV2"}) }
	entity := func(e map[string]any) args { return to(args{"entities": []any{e}}) }
	keys := func(b map[string]any) args { return to(args{"reply_markup": button(b)}) }
	long := strings.Repeat("ы", 4097)
	commands := func(list ...any) args { return args{"commands": list} }
	command := func(name, text string) map[string]any { return map[string]any{"command": name, "description": text} }
	many := make([]any, 101)
	for i := range many {
		many[i] = command(fmt.Sprintf("c%d", i), "x")
	}
	results := func(list ...any) args { return args{"inline_query_id": w.freshInline, "results": list} }
	cards := make([]any, 51)
	for i := range cards {
		cards[i] = article(fmt.Sprint(i), "t", "x")
	}

	for _, row := range []struct {
		name, method string
		args         args
		code         int
		want         string
	}{
		{"method", "sendMassage", nil, 404, "Not Found: method not found"},
		{"no text", "sendMessage", args{"chat_id": w.citizen}, 400, "Bad Request: message text is empty"},
		{"blank text", "sendMessage", to(args{"text": " \n "}), 400, "Bad Request: text must be non-empty"},
		{"only tags", "sendMessage", html("<b></b>"), 400, "Bad Request: text must be non-empty"},
		{"long text", "sendMessage", to(args{"text": long}), 400, "Bad Request: message is too long"},
		{"long text in surrogates", "sendMessage", to(args{"text": strings.Repeat("😀", 2049)}), 400, "Bad Request: message is too long"},
		{"no chat", "sendMessage", args{"text": "hi"}, 400, "Bad Request: chat_id is empty"},
		{"chat is a word", "sendMessage", to(args{"chat_id": "@nobody_here"}), 400, "Bad Request: chat not found"},
		{"unknown chat", "sendMessage", to(args{"chat_id": 12345}), 400, "Bad Request: chat not found"},
		{"never wrote", "sendMessage", to(args{"chat_id": w.stranger}), 400, "Bad Request: chat not found"},
		{"known from a group", "sendMessage", to(args{"chat_id": w.neighbour}), 403, "Forbidden: bot can't initiate conversation with a user"},
		{"blocked", "sendMessage", to(args{"chat_id": w.blocked}), 403, "Forbidden: bot was blocked by the user"},
		{"deactivated", "sendMessage", to(args{"chat_id": w.gone}), 403, "Forbidden: user is deactivated"},
		{"kicked", "sendMessage", to(args{"chat_id": w.expelled}), 403, "Forbidden: bot was kicked from the group chat"},
		{"kicked super", "sendMessage", to(args{"chat_id": w.expelledSuper}), 403, "Forbidden: bot was kicked from the supergroup chat"},
		{"migrated", "sendMessage", to(args{"chat_id": w.moved}), 400, "Bad Request: group chat was upgraded to a supergroup chat"},
		{"blocked action", "sendChatAction", args{"chat_id": w.blocked, "action": "typing"}, 403, "Forbidden: bot was blocked by the user"},
		{"wrong action", "sendChatAction", args{"chat_id": w.citizen, "action": "thinking"}, 400, "Bad Request: wrong parameter action in request"},
		{"thread", "sendMessage", to(args{"message_thread_id": 5}), 400, "Bad Request: message thread not found"},
		{"business", "sendMessage", to(args{"business_connection_id": "x"}), 400, "Bad Request: business connection not found"},
		{"paid", "sendMessage", to(args{"allow_paid_broadcast": true}), 400, "Bad Request: FLOODSKIP_NOT_ALLOWED"},
		{"reply to nothing", "sendMessage", to(args{"reply_parameters": args{"message_id": 999}}), 400, "Bad Request: message to be replied not found"},
		{"reply without id", "sendMessage", to(args{"reply_parameters": args{"quote": "x"}}), 400, `Bad Request: can't find field "message_id"`},
		{"preview link", "sendMessage", to(args{"link_preview_options": args{"url": "no link"}}), 400, "Bad Request: WEBPAGE_URL_INVALID"},
		{"preview flag", "sendMessage", to(args{"link_preview_options": args{"is_disabled": "yes"}}), 400, `Bad Request: field "is_disabled" must be of type Boolean`},

		{"mode", "sendMessage", to(args{"parse_mode": "BBCode"}), 400, "Bad Request: unsupported parse_mode"},
		{"html p", "sendMessage", html("<p>x</p>"), 400, badParse + `Unsupported start tag "p" at byte offset 0`},
		{"html br", "sendMessage", html("жа<br>x"), 400, badParse + `Unsupported start tag "br" at byte offset 4`},
		{"html less than", "sendMessage", html("a <3 b"), 400, badParse + `Unsupported start tag "3" at byte offset 2`},
		{"html open", "sendMessage", html("<b>x"), 400, badParse + `Can't find end tag corresponding to start tag "b"`},
		{"html crossed", "sendMessage", html("<b><i>test</b></i>"), 400, badParse + `Unmatched end tag at byte offset 10, expected "</i>", found "</b>"`},
		{"html end", "sendMessage", html("x</b>"), 400, badParse + "Unexpected end tag at byte offset 1"},
		{"html cut tag", "sendMessage", html("x <b"), 400, badParse + "Unclosed start tag at byte offset 2"},
		{"html cut end tag", "sendMessage", html("<b>x</b"), 400, badParse + "Unclosed end tag at byte offset 4"},
		{"html span", "sendMessage", html("<span>x</span>"), 400, badParse + `Tag "span" must have class "tg-spoiler" at byte offset 0`},
		{"html emoji", "sendMessage", html(`<tg-emoji emoji-id="x">x</tg-emoji>`), 400, badParse + "Invalid custom emoji identifier specified"},
		{"html name token", "sendMessage", html("<a href=x/y>x</a>"), 400, badParse + "Unexpected end of name token at byte offset 8"},
		{"mark dot", "sendMessage", mark("hello."), 400, badParse + `Character '.' is reserved and must be escaped with the preceding '\'`},
		{"mark open", "sendMessage", mark("*x"), 400, badParse + "Can't find end of Bold entity at byte offset 0"},
		{"entity type", "sendMessage", entity(args{"type": "big", "offset": 0, "length": 1}), 400, "Bad Request: can't parse MessageEntity: Unsupported type specified"},
		{"entity behind", "sendMessage", entity(args{"type": "bold", "offset": 100, "length": 1}), 400, "Bad Request: entity begins after the end of the text at UTF-16 offset 100"},
		{"entity too long", "sendMessage", entity(args{"type": "bold", "offset": 0, "length": 100}), 400, "Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100"},
		{"entity before", "sendMessage", entity(args{"type": "bold", "offset": -1, "length": 1}), 400, "Bad Request: receive an entity with incorrect offset -1"},
		{"entity link", "sendMessage", entity(args{"type": "text_link", "offset": 0, "length": 1, "url": "not-a-url"}), 400, "Bad Request: entity URL 'not-a-url' is invalid: Wrong HTTP URL"},
		{"entity no link", "sendMessage", entity(args{"type": "text_link", "offset": 0, "length": 1}), 400, `Bad Request: can't parse MessageEntity: Can't find field "url"`},

		{"button data", "sendMessage", keys(args{"text": "x", "callback_data": strings.Repeat("ы", 33)}), 400, "Bad Request: BUTTON_DATA_INVALID"},
		{"button without action", "sendMessage", keys(args{"text": "x"}), 400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
		{"button empty data", "sendMessage", keys(args{"text": "x", "callback_data": ""}), 400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"},
		{"button empty copy", "sendMessage", keys(args{"text": "x", "copy_text": args{"text": ""}}), 400, "Bad Request: BUTTON_COPY_TEXT_INVALID"},
		{"button no text", "sendMessage", keys(args{"callback_data": "x"}), 400, `Bad Request: can't parse inline keyboard button: Can't find field "text"`},
		{"button link", "sendMessage", keys(args{"text": "x", "url": "not-a-url"}), 400, "Bad Request: inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL"},
		{"button localhost", "sendMessage", keys(args{"text": "x", "url": "http://localhost:8080/"}), 400, "Bad Request: inline keyboard button URL 'http://localhost:8080/' is invalid: Wrong HTTP URL"},
		{"button ftp", "sendMessage", keys(args{"text": "x", "url": "ftp://example.com"}), 400, "Bad Request: inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol"},
		{"button app", "sendMessage", keys(args{"text": "x", "web_app": args{"url": "http://example.com"}}), 400, "Bad Request: inline keyboard button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed"},
		{"keyboard no array", "sendMessage", to(args{"reply_markup": args{"inline_keyboard": "x"}}), 400, `Bad Request: field "inline_keyboard" must be of type Array`},
		{"markup no object", "sendMessage", to(args{"reply_markup": "[]"}), 400, "Bad Request: object expected as reply markup"},
		{"force reply", "sendMessage", to(args{"reply_markup": args{"force_reply": "yes"}}), 400, `Bad Request: field "force_reply" must be of type Boolean`},
		{"big keyboard", "sendMessage", to(args{"reply_markup": args{"inline_keyboard": bigKeyboard(101)}}), 400, "Bad Request: reply markup is too long"},

		{"no photo", "sendPhoto", args{"chat_id": w.citizen}, 400, "Bad Request: there is no photo in the request"},
		{"unknown file", "sendDocument", args{"chat_id": w.citizen, "document": "AgADx"}, 400, "Bad Request: wrong file identifier/HTTP URL specified"},
		{"long caption", "sendPhoto", args{"chat_id": w.citizen, "photo": "https://example.kz/a.png", "caption": strings.Repeat("ы", 1025)}, 400, "Bad Request: message caption is too long"},
		{"get file", "getFile", args{"file_id": "AgADx"}, 400, "Bad Request: invalid file_id"},
		{"copy nothing", "copyMessage", args{"chat_id": w.citizen, "from_chat_id": w.citizen, "message_id": 999}, 400, "Bad Request: message to copy not found"},

		{"edit same", "editMessageText", args{"chat_id": w.citizen, "message_id": w.botText, "text": "same", "reply_markup": button(args{"text": "ok", "callback_data": "ok"})}, 400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"},
		{"edit same keyboard", "editMessageReplyMarkup", args{"chat_id": w.citizen, "message_id": w.oldText}, 400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"},
		{"edit nothing", "editMessageText", args{"chat_id": w.citizen, "message_id": 999, "text": "x"}, 400, "Bad Request: message to edit not found"},
		{"edit no id", "editMessageText", args{"chat_id": w.citizen, "text": "x"}, 400, "Bad Request: message identifier is not specified"},
		{"edit theirs", "editMessageText", args{"chat_id": w.citizen, "message_id": w.theirs, "text": "x"}, 400, "Bad Request: message can't be edited"},
		{"edit text of photo", "editMessageText", args{"chat_id": w.citizen, "message_id": w.botPhoto, "text": "x"}, 400, "Bad Request: there is no text in the message to edit"},
		{"edit caption of text", "editMessageCaption", args{"chat_id": w.citizen, "message_id": w.botText, "caption": "x"}, 400, "Bad Request: there is no caption in the message to edit"},
		{"edit inline", "editMessageText", args{"inline_message_id": "x", "text": "x"}, 400, "Bad Request: MESSAGE_ID_INVALID"},
		{"edit in migrated", "editMessageText", args{"chat_id": w.moved, "message_id": 1, "text": "x"}, 400, "Bad Request: group chat was upgraded to a supergroup chat"},
		{"edit with reply keyboard", "editMessageText", args{"chat_id": w.citizen, "message_id": w.botText, "text": "x", "reply_markup": args{"keyboard": [][]string{{"a"}}}}, 400, "Bad Request: inline keyboard expected"},
		{"delete nothing", "deleteMessage", args{"chat_id": w.citizen, "message_id": 999}, 400, "Bad Request: message to delete not found"},
		{"delete no id", "deleteMessage", args{"chat_id": w.citizen}, 400, "Bad Request: message identifier is not specified"},
		{"delete old", "deleteMessage", args{"chat_id": w.citizen, "message_id": w.oldText}, 400, "Bad Request: message can't be deleted for everyone"},
		{"delete theirs in group", "deleteMessage", args{"chat_id": w.group, "message_id": w.groupTheirs}, 400, "Bad Request: message can't be deleted"},
		{"delete none", "deleteMessages", args{"chat_id": w.citizen, "message_ids": []int{}}, 400, "Bad Request: message identifiers are not specified"},
		{"reaction", "setMessageReaction", args{"chat_id": w.citizen, "message_id": w.botText, "reaction": []any{args{"type": "emoji", "emoji": "🦆"}}}, 400, "Bad Request: REACTION_INVALID"},
		{"reactions", "setMessageReaction", args{"chat_id": w.citizen, "message_id": w.botText, "reaction": []any{args{"type": "emoji", "emoji": "👍"}, args{"type": "emoji", "emoji": "👎"}}}, 400, "Bad Request: REACTIONS_TOO_MANY"},
		{"react to nothing", "setMessageReaction", args{"chat_id": w.citizen, "message_id": 999, "reaction": []any{args{"type": "emoji", "emoji": "👍"}}}, 400, "Bad Request: message to react not found"},
		{"draft in group", "sendMessageDraft", args{"chat_id": w.group, "draft_id": 1, "text": "x"}, 400, "Bad Request: TEXTDRAFT_PEER_INVALID"},

		{"callback stale", "answerCallbackQuery", args{"callback_query_id": w.staleQuery}, 400, "Bad Request: query is too old and response timeout expired or query ID is invalid"},
		{"callback twice", "answerCallbackQuery", args{"callback_query_id": w.answeredQuery}, 400, "Bad Request: query is too old and response timeout expired or query ID is invalid"},
		{"callback text", "answerCallbackQuery", args{"callback_query_id": w.answeredQuery, "text": strings.Repeat("ы", 201)}, 400, "Bad Request: MESSAGE_TOO_LONG"},
		{"callback link", "answerCallbackQuery", args{"callback_query_id": w.answeredQuery, "url": "https://example.kz"}, 400, "Bad Request: URL_INVALID"},
		{"inline stale", "answerInlineQuery", args{"inline_query_id": w.staleInline, "results": []any{}}, 400, "Bad Request: query is too old and response timeout expired or query ID is invalid"},
		{"inline many", "answerInlineQuery", results(cards...), 400, "Bad Request: too many inline query results specified"},
		{"inline twins", "answerInlineQuery", results(article("1", "t", "x"), article("1", "t", "x")), 400, "Bad Request: RESULT_ID_DUPLICATE"},
		{"inline no id", "answerInlineQuery", results(article("", "t", "x")), 400, "Bad Request: RESULT_ID_EMPTY"},
		{"inline long id", "answerInlineQuery", results(article(strings.Repeat("x", 65), "t", "x")), 400, "Bad Request: RESULT_ID_INVALID"},
		{"inline no title", "answerInlineQuery", results(article("1", "", "x")), 400, "Bad Request: ARTICLE_TITLE_EMPTY"},
		{"inline long text", "answerInlineQuery", results(article("1", "t", long)), 400, "Bad Request: MESSAGE_TOO_LONG"},
		{"inline no type", "answerInlineQuery", results(args{"id": "1"}), 400, `Bad Request: can't parse InlineQueryResult: Can't find field "type"`},
		{"inline offset", "answerInlineQuery", args{"inline_query_id": w.freshInline, "results": []any{}, "next_offset": strings.Repeat("1", 65)}, 400, "Bad Request: NEXT_OFFSET_INVALID"},
		{"inline start", "answerInlineQuery", args{"inline_query_id": w.freshInline, "results": []any{}, "button": args{"text": "x", "start_parameter": "a b"}}, 400, "Bad Request: unallowed characters in start_parameter are used"},

		{"commands", "setMyCommands", commands(many...), 400, "Bad Request: BOT_COMMANDS_TOO_MUCH"},
		{"command capital", "setMyCommands", commands(command("Start", "x")), 400, "Bad Request: BOT_COMMAND_INVALID"},
		{"command hyphen", "setMyCommands", commands(command("a-b", "x")), 400, "Bad Request: BOT_COMMAND_INVALID"},
		{"command empty", "setMyCommands", commands(command("", "x")), 400, "Bad Request: command must be non-empty"},
		{"command long", "setMyCommands", commands(command(strings.Repeat("a", 33), "x")), 400, "Bad Request: command length must not exceed 32"},
		{"command silent", "setMyCommands", commands(command("a", " ")), 400, "Bad Request: command description must be non-empty"},
		{"command wordy", "setMyCommands", commands(command("a", strings.Repeat("ы", 257))), 400, "Bad Request: command description length must not exceed 256"},
		{"command language", "setMyCommands", args{"commands": []any{}, "language_code": "kaz"}, 400, "Bad Request: invalid language code specified"},
		{"command scope chat", "setMyCommands", args{"commands": []any{}, "scope": args{"type": "chat", "chat_id": 5}}, 400, "Bad Request: chat not found"},
		{"command scope", "setMyCommands", args{"commands": []any{}, "scope": args{"type": "chat_member", "chat_id": w.citizen, "user_id": w.citizen}}, 400, "Bad Request: can't use specified scope in private chats"},
		{"description", "setMyDescription", args{"description": strings.Repeat("ы", 513)}, 400, "Bad Request: DESCRIPTION_TOO_LONG"},
		{"short description", "setMyShortDescription", args{"short_description": strings.Repeat("ы", 121)}, 400, "Bad Request: ABOUT_TOO_LONG"},
		{"get chat", "getChat", args{"chat_id": w.stranger}, 400, "Bad Request: chat not found"},
		{"get member", "getChatMember", args{"chat_id": w.group, "user_id": 5}, 400, "Bad Request: user not found"},
		{"leave private", "leaveChat", args{"chat_id": w.citizen}, 400, "Bad Request: chat member status can't be changed in private chats"},
		{"webhook link", "setWebhook", args{"url": "nonsense"}, 400, "Bad Request: invalid webhook URL specified"},
		{"webhook plain", "setWebhook", args{"url": "http://example.kz/hook"}, 400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"},
		{"webhook secret", "setWebhook", args{"url": "https://example.kz/hook", "secret_token": "a b"}, 400, "Bad Request: secret token contains unallowed characters"},
		{"webhook long secret", "setWebhook", args{"url": "https://example.kz/hook", "secret_token": strings.Repeat("a", 257)}, 400, "Bad Request: secret token is too long"},
	} {
		t.Run(row.name, func(t *testing.T) {
			before := w.RefusalCount()
			got := w.call(row.method, row.args)
			if got.OK || got.Code != row.code || got.Status != row.code || got.Description != row.want {
				t.Errorf("%s %v\n got %d %d %s\nwant %d %s", row.method, row.args, got.Status, got.Code, got.Description, row.code, row.want)
			}
			if all := w.Refusals(); len(all) != before+1 || all[before].Description != row.want {
				t.Errorf("the refusal was not remembered")
			}
		})
	}
}

func bigKeyboard(buttons int) [][]any {
	rows := make([][]any, buttons)
	for i := range rows {
		rows[i] = []any{args{"text": "x", "callback_data": fmt.Sprint(i)}}
	}
	return rows
}

func TestWrongToken(t *testing.T) {
	s, c := start(t)
	for token, want := range map[string]string{
		"7770000001:wrong": "Unauthorized", "nonsense": "Not Found", s.Token() + "x": "Unauthorized",
	} {
		c.base = s.URL() + "/bot" + token + "/"
		if got := c.call("getMe", nil); got.Description != want || got.OK {
			t.Errorf("token %s: %d %s, want %s", token, got.Code, got.Description, want)
		}
	}
}

func TestMigrationCarriesTheNewID(t *testing.T) {
	w := newTown(t)
	got := w.call("sendMessage", args{"chat_id": w.moved, "text": "x"})
	if got.Parameters.MigrateTo != w.supergroup {
		t.Errorf("migrate_to_chat_id = %d, want %d", got.Parameters.MigrateTo, w.supergroup)
	}
	must[message](w.client, "sendMessage", args{"chat_id": w.supergroup, "text": "x"})
}
