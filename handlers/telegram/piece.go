package telegram

import (
	"bytes"
	"context"
	"io"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"refbot/bot"
)

// piece is one message of a reply, as a replier, a previewer and a courier send it alike.
type piece struct {
	text            string // the caption where there is a file
	markup          models.ReplyMarkup
	quoted          int              // the message it answers; 0 for none
	photo, document models.InputFile // at most one
	paid            bool             // with allow_paid_broadcast
	silent          bool
}

// pieces renders a reply. The buttons hang under the last piece, a file comes with the first and only one.
func pieces(r bot.Reply, quoted int, paid bool) []piece {
	texts := Render(r)
	photo, document := fileOf(r.Photo, r.Picture), fileOf(r.Document, r.File)
	if photo != nil || document != nil {
		caption := ""
		if len(texts) > 0 {
			caption = texts[0]
		}
		return []piece{{text: caption, markup: keyboard(r.Buttons), quoted: quoted, photo: photo, document: document, paid: paid, silent: r.Silent}}
	}
	list := make([]piece, len(texts))
	for i, text := range texts {
		list[i] = piece{text: text, paid: paid, silent: r.Silent}
		if i == 0 {
			list[i].quoted = quoted
		}
		if i == len(texts)-1 {
			list[i].markup = keyboard(r.Buttons)
		}
	}
	return list
}

// fileOf is a file Telegram has already, or one to be handed over; nil for neither.
func fileOf(id string, f *bot.File) models.InputFile {
	switch {
	case id != "":
		return &models.InputFileString{Data: id}
	case f != nil:
		return &models.InputFileUpload{Filename: f.Name, Data: bytes.NewReader(f.Data)}
	}
	return nil
}

// put sends a piece once and returns the id of the message.
func (c *Client) put(ctx context.Context, chat int64, p piece) (int, error) {
	var answers *models.ReplyParameters
	if p.quoted != 0 {
		answers = &models.ReplyParameters{MessageID: p.quoted, AllowSendingWithoutReply: true}
	}
	var sent *models.Message
	var err error
	switch {
	case p.photo != nil:
		rewind(p.photo)
		sent, err = c.SendPhoto(ctx, &tg.SendPhotoParams{
			ChatID: chat, Photo: p.photo, Caption: p.text, ParseMode: models.ParseModeHTML,
			ReplyMarkup: p.markup, ReplyParameters: answers, AllowPaidBroadcast: p.paid, DisableNotification: p.silent,
		})
		err = settled("sendPhoto", err)
	case p.document != nil:
		rewind(p.document)
		sent, err = c.SendDocument(ctx, &tg.SendDocumentParams{
			ChatID: chat, Document: p.document, Caption: p.text, ParseMode: models.ParseModeHTML,
			ReplyMarkup: p.markup, ReplyParameters: answers, AllowPaidBroadcast: p.paid, DisableNotification: p.silent,
		})
		err = settled("sendDocument", err)
	default:
		return c.send(ctx, &tg.SendMessageParams{
			ChatID: chat, Text: p.text, ParseMode: models.ParseModeHTML, LinkPreviewOptions: noPreview,
			ReplyMarkup: p.markup, ReplyParameters: answers, AllowPaidBroadcast: p.paid, DisableNotification: p.silent,
		})
	}
	if err != nil {
		return 0, err
	}
	return sent.ID, nil
}

// rewind lets an upload that a try has read be read again.
func rewind(f models.InputFile) {
	if up, ok := f.(*models.InputFileUpload); ok {
		_, _ = up.Data.(io.Seeker).Seek(0, io.SeekStart) // a bytes.Reader: it does not fail
	}
}

// edit changes a message once: its text, or the caption of its file. Which file it shows stays as it is.
func (c *Client) edit(ctx context.Context, chat int64, message int, r bot.Reply) error {
	texts := Render(r)
	if len(texts) != 1 {
		return &bot.Error{Op: "editMessageText", Kind: bot.BadContent}
	}
	if r.Photo != "" || r.Document != "" {
		_, err := c.EditMessageCaption(ctx, &tg.EditMessageCaptionParams{
			ChatID: chat, MessageID: message, Caption: texts[0], ParseMode: models.ParseModeHTML, ReplyMarkup: keyboard(r.Buttons),
		})
		return settled("editMessageCaption", err)
	}
	_, err := c.EditMessageText(ctx, &tg.EditMessageTextParams{
		ChatID: chat, MessageID: message, Text: texts[0], ParseMode: models.ParseModeHTML,
		LinkPreviewOptions: noPreview, ReplyMarkup: keyboard(r.Buttons),
	})
	return settled("editMessageText", err)
}
