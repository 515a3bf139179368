package simulator

import (
	"fmt"
	"net/http"
)

// Error is a refusal as Telegram words it.
type Error struct {
	Code        int    `json:"error_code"`
	Description string `json:"description"`
	RetryAfter  int    `json:"retry_after,omitempty"`        // seconds, with code 429
	MigrateTo   int64  `json:"migrate_to_chat_id,omitempty"` // the supergroup a group became
}

func (e *Error) Error() string { return fmt.Sprintf("%d %s", e.Code, e.Description) }

func badRequest(format string, args ...any) *Error {
	return &Error{Code: http.StatusBadRequest, Description: "Bad Request: " + fmt.Sprintf(format, args...)}
}

func forbidden(reason string) *Error {
	return &Error{Code: http.StatusForbidden, Description: "Forbidden: " + reason}
}

func conflict(reason string) *Error {
	return &Error{Code: http.StatusConflict, Description: "Conflict: " + reason}
}

func tooManyRequests(seconds int) *Error {
	return &Error{
		Code:        http.StatusTooManyRequests,
		Description: fmt.Sprintf("Too Many Requests: retry after %d", seconds),
		RetryAfter:  seconds,
	}
}

func migrated(to int64) *Error {
	e := badRequest("group chat was upgraded to a supergroup chat")
	e.MigrateTo = to
	return e
}

// The refusals that more than one method uses.
var (
	errUnauthorized    = &Error{Code: http.StatusUnauthorized, Description: "Unauthorized"}
	errNotFound        = &Error{Code: http.StatusNotFound, Description: "Not Found"}
	errMethodNotFound  = &Error{Code: http.StatusNotFound, Description: "Not Found: method not found"}
	errTooLarge        = &Error{Code: http.StatusRequestEntityTooLarge, Description: "Request Entity Too Large"}
	errServer          = &Error{Code: http.StatusInternalServerError, Description: "Internal Server Error"}
	errChatEmpty       = badRequest("chat_id is empty")
	errChatNotFound    = badRequest("chat not found")
	errUserNotFound    = badRequest("user not found")
	errBlocked         = forbidden("bot was blocked by the user")
	errDeactivated     = forbidden("user is deactivated")
	errCantInitiate    = forbidden("bot can't initiate conversation with a user")
	errTextEmpty       = badRequest("message text is empty")
	errTextBlank       = badRequest("text must be non-empty")
	errTextTooLong     = badRequest("message is too long")
	errCaptionTooLong  = badRequest("message caption is too long")
	errNotUTF8         = badRequest("strings must be encoded in UTF-8")
	errMessageNoID     = badRequest("message identifier is not specified")
	errEditNotFound    = badRequest("message to edit not found")
	errCantBeEdited    = badRequest("message can't be edited")
	errNotModified     = badRequest("message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message")
	errNoText          = badRequest("there is no text in the message to edit")
	errNoCaption       = badRequest("there is no caption in the message to edit")
	errDeleteNotFound  = badRequest("message to delete not found")
	errDeleteTooOld    = badRequest("message can't be deleted for everyone")
	errCantBeDeleted   = badRequest("message can't be deleted")
	errCopyNotFound    = badRequest("message to copy not found")
	errReplyNotFound   = badRequest("message to be replied not found")
	errReactNotFound   = badRequest("message to react not found")
	errQueryInvalid    = badRequest("query is too old and response timeout expired or query ID is invalid")
	errThreadNotFound  = badRequest("message thread not found")
	errButtonData      = badRequest("BUTTON_DATA_INVALID")
	errMarkupTooLong   = badRequest("reply markup is too long")
	errPaidNotAllowed  = badRequest("FLOODSKIP_NOT_ALLOWED")
	errWebhookActive   = conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	errOtherPoller     = conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
	errBySetWebhook    = conflict("terminated by setWebhook request")
	errLanguageInvalid = badRequest("invalid language code specified")
)
