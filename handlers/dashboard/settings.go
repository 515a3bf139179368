package dashboard

import (
	"net/http"
	"strings"

	"refbot/bot"
	"refbot/bot/texts"
	"refbot/knowledge/language"
)

// settingsData is what is set and what is switched.
type settingsData struct {
	Now      bot.Switches
	Texts    []suspendedText
	Settings []Setting
	LLM      bool
	Changes  []bot.Switches
}

// suspendedText is what people of a language read while the bot is stopped.
type suspendedText struct {
	Catalog *texts.Catalog
	Text    string // in place of the usual one
}

// maxChanges is how many changes of the switches the page lists.
const maxChanges = 20

func (s *Server) settings(w http.ResponseWriter, r *http.Request, v *visitor) error {
	now, err := s.Control.Store.Switches(r.Context())
	if err != nil {
		return err
	}
	changes, err := s.Control.Store.SwitchChanges(r.Context(), maxChanges)
	if err != nil {
		return err
	}
	d := settingsData{Now: now, Settings: s.Settings, LLM: s.LLM, Changes: changes}
	for _, code := range language.Codes() {
		d.Texts = append(d.Texts, suspendedText{texts.For(code), now.Text[code]})
	}
	return s.show(w, r, v, "settings", &page{Title: "settings", Data: d})
}

// switched stops the bot or lets it answer again, and switches the LLM.
func (s *Server) switched(w http.ResponseWriter, r *http.Request, v *visitor) error {
	now, err := s.Control.Store.Switches(r.Context())
	if err != nil {
		return err
	}
	action := r.PostFormValue("what")
	switch action {
	case "stop":
		now.Suspended, now.Text = true, map[language.Code]string{}
		for _, code := range language.Codes() {
			if text := strings.TrimSpace(r.PostFormValue("text_" + string(code))); text != "" {
				now.Text[code] = bot.Shorten(text, bot.MaxSuspendedText)
			}
		}
	case "answer":
		now.Suspended = false
	case "llm_off":
		now.NoLLM = true
	case "llm_on":
		now.NoLLM = false
	default:
		return errForm
	}
	now.At, now.By, now.Why = s.Now().UTC(), v.Person, bot.Shorten(strings.TrimSpace(r.PostFormValue("why")), 300)
	if err := s.Control.Set(r.Context(), now); err != nil {
		return err
	}
	return back(w, r, "/dashboard/settings", "switched")
}
