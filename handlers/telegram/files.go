package telegram

import (
	"context"
	"errors"
	"io"
	"net/http"
	"path"
	"strings"

	tg "github.com/go-telegram/bot"

	"refbot/bot"
)

var _ bot.Files = (*Client)(nil)

// Why a file cannot be fetched. None of them names the address, which holds the token.
var (
	errFilePath = errors.New("the server names no file that could be fetched")
	errFileSize = errors.New("the file is too large")
	errFileAway = errors.New("the file does not come")
)

// Fetch implements bot.Files: it asks where a file lies and reads it, most bytes at most.
func (c *Client) Fetch(ctx context.Context, file string, most int64) ([]byte, error) {
	f, err := c.GetFile(ctx, &tg.GetFileParams{FileID: file})
	if err != nil {
		return nil, settled("getFile", err)
	}
	if f.FileSize > most {
		return nil, &bot.Error{Op: "fetch a file", Kind: bot.BadContent, Err: errFileSize}
	}
	if f.FilePath == "" || strings.ContainsAny(f.FilePath, `:?#%\`) || path.Clean("/"+f.FilePath) != "/"+f.FilePath {
		return nil, &bot.Error{Op: "fetch a file", Kind: bot.BadContent, Err: errFilePath}
	}
	return c.download(ctx, f.FilePath, most)
}

// download reads a file. What the library or the network say of a failure is left out: it repeats the address.
func (c *Client) download(ctx context.Context, name string, most int64) ([]byte, error) {
	away := &bot.Error{Op: "fetch a file", Kind: bot.Unavailable, Err: errFileAway}
	at := strings.LastIndex(c.url, "/bot")
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url[:at]+"/file"+c.url[at:]+name, http.NoBody)
	if err != nil {
		return nil, away
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, away
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, away
	}
	data, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	switch {
	case err != nil:
		return nil, away
	case int64(len(data)) > most:
		return nil, &bot.Error{Op: "fetch a file", Kind: bot.BadContent, Err: errFileSize}
	}
	return data, nil
}
