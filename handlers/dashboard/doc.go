// Package dashboard is the staff's web pages: what people ask and how the bot does, questions to rule on, statements to
// write and publish, broadcasts, roles, the audit, and the emergency stop.
//
// In. /dashboard in Telegram gives a link that lets one person in once ([Server.Link]). Opening it shows a button, so that
// a program which looks at links in advance uses up nothing; the button begins a session in a cookie. A session names a
// person, never a role: what somebody may do is looked up for each request, so a role that is taken ends at once. Pages a
// person has no role for are not there for them.
//
// The pages are made on the server and work without scripts; with one small script the broadcast in progress moves and
// rulings go by keyboard. Nothing comes from elsewhere: the policy of the pages forbids it. Every form is protected by the
// standard library's [net/http.CrossOriginProtection], every text from people is escaped by html/template.
//
// Handlers decide nothing: they read a form, call a desk of package library, broadcast or moderation, and show what it
// says.
//
//   - server.go routes and guards, session.go and login.go know who is there, view.go renders;
//   - a file for each page: overview.go, questions.go, clusters.go, statements.go, proposals.go, versions.go,
//     broadcasts.go, people.go, audit.go, settings.go;
//   - chart.go draws, export.go streams, events.go keeps the overview moving.
package dashboard
