package telegram

import (
	"github.com/go-telegram/bot/models"

	"refbot/bot"
)

var noPreview = &models.LinkPreviewOptions{IsDisabled: new(true)}

// keyboard renders buttons; nil where there are none.
func keyboard(rows [][]bot.Button) models.ReplyMarkup {
	if len(rows) == 0 {
		return nil
	}
	k := &models.InlineKeyboardMarkup{InlineKeyboard: make([][]models.InlineKeyboardButton, len(rows))}
	for i, row := range rows {
		k.InlineKeyboard[i] = make([]models.InlineKeyboardButton, len(row))
		for j, b := range row {
			k.InlineKeyboard[i][j] = models.InlineKeyboardButton{Text: b.Text, URL: b.URL, CallbackData: b.Data}
		}
	}
	return k
}
