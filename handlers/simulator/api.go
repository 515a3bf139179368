package simulator

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
)

// call is one Bot API call on its way.
type call struct {
	params
	ctx    context.Context
	method *method
}

// method is one method of the Bot API.
type method struct {
	name  string
	run   func(*Server, *call) (any, error)
	stats int // index of its counters
}

// described is a result with a sentence beside it, as the webhook methods answer.
type described struct {
	result      any
	description string
}

// rawResult is a result that already is JSON.
type rawResult []byte

// methods by lower-case name: Telegram does not mind the case.
var methods = methodTable(
	method{name: "getMe", run: (*Server).getMe},
	method{name: "getUpdates", run: (*Server).getUpdates},
	method{name: "setWebhook", run: (*Server).setWebhook},
	method{name: "deleteWebhook", run: (*Server).deleteWebhook},
	method{name: "getWebhookInfo", run: (*Server).getWebhookInfo},
	method{name: "sendMessage", run: (*Server).sendMessage},
	method{name: "sendPhoto", run: (*Server).sendPhoto},
	method{name: "sendDocument", run: (*Server).sendDocument},
	method{name: "sendVoice", run: (*Server).sendVoice},
	method{name: "copyMessage", run: (*Server).copyMessage},
	method{name: "sendChatAction", run: (*Server).sendChatAction},
	method{name: "sendMessageDraft", run: (*Server).sendMessageDraft},
	method{name: "editMessageText", run: (*Server).editMessageText},
	method{name: "editMessageCaption", run: (*Server).editMessageCaption},
	method{name: "editMessageReplyMarkup", run: (*Server).editMessageReplyMarkup},
	method{name: "deleteMessage", run: (*Server).deleteMessage},
	method{name: "deleteMessages", run: (*Server).deleteMessages},
	method{name: "setMessageReaction", run: (*Server).setMessageReaction},
	method{name: "answerCallbackQuery", run: (*Server).answerCallbackQuery},
	method{name: "answerInlineQuery", run: (*Server).answerInlineQuery},
	method{name: "getFile", run: (*Server).getFile},
	method{name: "getChat", run: (*Server).getChat},
	method{name: "getChatMember", run: (*Server).getChatMember},
	method{name: "getChatMemberCount", run: (*Server).getChatMemberCount},
	method{name: "leaveChat", run: (*Server).leaveChat},
	method{name: "setMyCommands", run: (*Server).setMyCommands},
	method{name: "getMyCommands", run: (*Server).getMyCommands},
	method{name: "deleteMyCommands", run: (*Server).deleteMyCommands},
	method{name: "setMyName", run: (*Server).setMyName},
	method{name: "getMyName", run: (*Server).getMyName},
	method{name: "setMyDescription", run: (*Server).setMyDescription},
	method{name: "getMyDescription", run: (*Server).getMyDescription},
	method{name: "setMyShortDescription", run: (*Server).setMyShortDescription},
	method{name: "getMyShortDescription", run: (*Server).getMyShortDescription},
)

func methodTable(list ...method) map[string]*method {
	table := make(map[string]*method, len(list))
	for i := range list {
		list[i].stats = i
		table[strings.ToLower(list[i].name)] = &list[i]
	}
	return table
}

// serveBot serves /bot<TOKEN>/<method>; rest is the path behind "/bot".
func (s *Server) serveBot(w http.ResponseWriter, r *http.Request, rest string) {
	token, name, ok := strings.Cut(rest, "/")
	switch {
	case !ok || !strings.Contains(token, ":"):
		s.refuse(w, name, 0, errNotFound)
		return
	case token != s.token:
		s.refuse(w, name, 0, errUnauthorized)
		return
	}
	m := methods[strings.ToLower(name)]
	if m == nil {
		s.refuse(w, name, 0, errMethodNotFound)
		return
	}
	p, err := readParams(r)
	if err != nil {
		s.refuse(w, m.name, 0, err)
		return
	}
	s.serveCall(w, &call{params: p, ctx: r.Context(), method: m})
}

// serveCall runs a call between the faults that strike before it and those that strike after.
func (s *Server) serveCall(w http.ResponseWriter, c *call) {
	chat, _ := strconv.ParseInt(c.str("chat_id"), 10, 64)
	fault := s.faults.pick(c.method.name, chat)
	if fault != nil && s.strikeBefore(w, c, fault) {
		return
	}
	s.records.called(c.method)
	result, err := c.method.run(s, c)
	if err == nil {
		s.records.done(c.method)
	}
	switch {
	case fault != nil && fault.Kind == FaultCutAfter:
		cut()
	case err != nil:
		s.refuse(w, c.method.name, chat, err)
	default:
		writeResult(w, result)
	}
}

// refuse answers with an error and remembers it.
func (s *Server) refuse(w http.ResponseWriter, name string, chat int64, err error) {
	if errors.Is(err, context.Canceled) {
		return // the bot went away, or the server is closing
	}
	var refusal *Error
	if !errors.As(err, &refusal) {
		refusal = errServer
	}
	s.records.refused(Refusal{Method: name, Chat: chat, Code: refusal.Code, Description: refusal.Description, At: s.now()})
	writeError(w, refusal)
}

func writeError(w http.ResponseWriter, e *Error) {
	parameters := map[string]int64{}
	if e.RetryAfter > 0 {
		parameters["retry_after"] = int64(e.RetryAfter)
		w.Header().Set("Retry-After", strconv.Itoa(e.RetryAfter))
	}
	if e.MigrateTo != 0 {
		parameters["migrate_to_chat_id"] = e.MigrateTo
	}
	writeJSON(w, e.Code, struct {
		OK          bool             `json:"ok"`
		Code        int              `json:"error_code"`
		Description string           `json:"description"`
		Parameters  map[string]int64 `json:"parameters,omitempty"`
	}{false, e.Code, e.Description, parameters})
}

func writeResult(w http.ResponseWriter, result any) {
	if raw, ok := result.(rawResult); ok {
		body := make([]byte, 0, len(raw)+32)
		body = append(append(append(body, `{"ok":true,"result":`...), raw...), '}')
		writeBody(w, http.StatusOK, body)
		return
	}
	answer := struct {
		OK          bool   `json:"ok"`
		Result      any    `json:"result"`
		Description string `json:"description,omitempty"`
	}{OK: true, Result: result}
	if d, ok := result.(described); ok {
		answer.Result, answer.Description = d.result, d.description
	}
	writeJSON(w, http.StatusOK, answer)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "cannot encode the answer", http.StatusInternalServerError)
		return
	}
	writeBody(w, status, body)
}

func writeBody(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that went away is not the server's failure
}

func (s *Server) getMe(*call) (any, error) {
	return struct {
		User
		CanJoinGroups    bool `json:"can_join_groups"`
		CanReadAll       bool `json:"can_read_all_group_messages"`
		SupportsInline   bool `json:"supports_inline_queries"`
		CanConnect       bool `json:"can_connect_to_business"`
		HasMainWebApp    bool `json:"has_main_web_app"`
		HasTopicsEnabled bool `json:"has_topics_enabled"`
		AllowsUserTopics bool `json:"allows_users_to_create_topics"`
	}{User: s.bot, CanJoinGroups: true, SupportsInline: true}, nil
}
