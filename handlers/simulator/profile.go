package simulator

import "sync"

const (
	maxName             = 64
	maxDescription      = 512
	maxShortDescription = 120
)

// profile is what the bot says about itself, by field and language.
type profile struct {
	mu     sync.Mutex
	fields map[[2]string]string
}

func (p *profile) set(field, language, text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fields == nil {
		p.fields = map[[2]string]string{}
	}
	p.fields[[2]string{field, language}] = text
}

func (p *profile) get(field, language string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.fields[[2]string{field, language}]
}

// shown is the text a person with that language sees.
func (p *profile) shown(field, language string) string {
	if text := p.get(field, language); text != "" {
		return text
	}
	return p.get(field, "")
}

func (s *Server) setProfile(c *call, field string, limit int, tooLong string) (any, error) {
	language := c.str("language_code")
	if !isLanguageCode(language) {
		return nil, errLanguageInvalid
	}
	if utf16Len(c.str(field)) > limit {
		return nil, badRequest("%s", tooLong)
	}
	s.profile.set(field, language, c.str(field))
	return true, nil
}

func (s *Server) getProfile(c *call, field string) (any, error) {
	language := c.str("language_code")
	if !isLanguageCode(language) {
		return nil, errLanguageInvalid
	}
	return map[string]string{field: s.profile.get(field, language)}, nil
}

func (s *Server) setMyName(c *call) (any, error) {
	return s.setProfile(c, "name", maxName, "BOT_TITLE_INVALID")
}

func (s *Server) setMyDescription(c *call) (any, error) {
	return s.setProfile(c, "description", maxDescription, "DESCRIPTION_TOO_LONG")
}

func (s *Server) setMyShortDescription(c *call) (any, error) {
	return s.setProfile(c, "short_description", maxShortDescription, "ABOUT_TOO_LONG")
}

func (s *Server) getMyName(c *call) (any, error)        { return s.getProfile(c, "name") }
func (s *Server) getMyDescription(c *call) (any, error) { return s.getProfile(c, "description") }
func (s *Server) getMyShortDescription(c *call) (any, error) {
	return s.getProfile(c, "short_description")
}
