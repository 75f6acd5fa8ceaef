package contract

// The phone that asks: invented, and always the same.
const (
	phoneID     = "6f1c1c1e-8d0a-4b6e-9a54-2f1d0c3b7a90"
	phoneSecret = "Zm9samUtdGVzdC1waG9uZS1vbmUtMzItYnl0ZXMtb2s"
	otherID     = "0b9d2f4a-71c3-4e58-8f26-5a4b3c2d1e0f"
	otherSecret = "Zm9samUtdGVzdC1waG9uZS10d28tMzItYnl0ZXMtb2s"
	requestOp   = "3d7c1f60-2a4b-4c8d-9e5f-60718293a4b5"
	lateOp      = "5e8f2a71-4b6c-4d9e-8a0b-c1d2e3f40516"
	wrongOp     = "7a90b3c2-6d8e-4fa0-8b1c-d2e3f4051627"
)

// Groups of the demonstration.
const (
	Group       = "Blåsippan" // {code} is an invitation to it
	SecondGroup = "Näckrosen" // {second} is one to this
)

// Phone is what the web app asks, in the words of public/js/data/net.js,
// sync.js, device.js and requests.js.
func Phone() []Step { return append(follows(), requests()...) }

// requests are what it asks in confidence: without the phone's secret, in one
// language, so that asking says nothing about who asks. {ciphertext} is a
// request, encrypted to a key of which the server tells.
func requests() []Step {
	ask := func(name, method, path, etag, body string, keep map[string]string) Step {
		s := step(name, method, path, "", etag, body, keep)
		s.Header["Accept-Language"] = "sv"
		return s
	}
	send := func(name, op, to, ciphertext string) Step {
		return ask(name, "POST", "requests", "", `{"op":"`+op+`","to":"`+to+`","ciphertext":"`+ciphertext+`"}`, nil)
	}
	return []Step{
		ask("which keys there are for requests", "GET", "request-keys", "", "", map[string]string{"key": "channels.key", "keytag": "ETag"}),
		ask("the same keys still", "GET", "request-keys", "{keytag}", "", nil),
		send("asks in confidence", requestOp, "{key}", "{ciphertext}"),
		send("and does so again after a lost answer", requestOp, "{key}", "{ciphertext}"),
		send("with a key that was never there", lateOp, "nosuchkey000000", "{ciphertext}"),
		send("with what is no request", wrongOp, "{key}", "bm90aGluZw=="),
		send("without an id", "nothing", "{key}", "{ciphertext}"),
	}
}

// follows is how a phone joins groups and reads their feeds.
func follows() []Step {
	put := func(name, id, body string, keep map[string]string) Step {
		return step(name, "PUT", "devices/"+id, "", "", body, keep)
	}
	feed := func(name, path, secret, etag string, keep map[string]string) Step {
		return step(name, "GET", "feeds/"+path, secret, etag, "", keep)
	}
	return []Step{
		step("hello", "GET", "hello", "", "", "", nil),
		feed("what everybody reads", "public?after=", "", "", map[string]string{"publiccursor": "cursor", "publictag": "ETag"}),
		feed("its texts", "public/texts/ar?after=", "", "", nil),
		feed("nothing new for everybody", "public?after={publiccursor}", "", "{publictag}", nil),
		put("a new phone joins with a code", phoneID, `{"secret":"`+phoneSecret+`","locale":"ar","code":"{code}"}`,
			map[string]string{"group": "groups.id"}),
		put("and says so again after a lost answer", phoneID, `{"secret":"`+phoneSecret+`","locale":"ar","code":"{code}"}`, nil),
		put("tells its language", phoneID, `{"secret":"`+phoneSecret+`","locale":"sv"}`, nil),
		put("a phone without a code", otherID, `{"secret":"`+otherSecret+`","locale":"en"}`, nil),
		put("somebody else's id", phoneID, `{"secret":"`+otherSecret+`","locale":"sv"}`, nil),
		feed("the group's feed", "{group}?after=", phoneSecret, "", map[string]string{"cursor": "cursor", "tag": "ETag"}),
		feed("its texts in Arabic", "{group}/texts/ar?after=", phoneSecret, "", map[string]string{"textcursor": "cursor", "texttag": "ETag"}),
		feed("nothing since", "{group}?after={cursor}", phoneSecret, "", map[string]string{"latertag": "ETag"}),
		feed("unchanged", "{group}?after={cursor}", phoneSecret, "{latertag}", nil),
		feed("no text since", "{group}/texts/ar?after={textcursor}", phoneSecret, "", nil),
		feed("a cursor of another history", "{group}?after=anotherepoch.7", phoneSecret, "{tag}", nil),
		feed("a locale there is not", "{group}/texts/xx?after=", phoneSecret, "", nil),
		feed("without a secret", "{group}?after=", "", "", nil),
		feed("with a secret nobody has", "{group}?after=", "bm9ib2R5LWhhcy10aGlzLXNlY3JldC0zMi1ieXRlcy0", "", nil),
		feed("a group it does not follow", "{group}?after=", otherSecret, "", nil),
		step("joins one more", "POST", "devices/me/groups", phoneSecret, "", `{"code":"{second}"}`, map[string]string{"more": "groups.id"}),
		step("a wrong code", "POST", "devices/me/groups", phoneSecret, "", `{"code":"00000-00000"}`, nil),
		step("gives a code to another phone", "POST", "devices/me/handover", phoneSecret, "", `{}`, map[string]string{"handover": "code"}),
		step("which takes it", "POST", "devices/me/groups", otherSecret, "", `{"code":"{handover}"}`, nil),
		step("leaves", "DELETE", "devices/me/groups/{more}", phoneSecret, "", "", nil),
		step("leaves once more", "DELETE", "devices/me/groups/{more}", phoneSecret, "", "", nil),
		feed("what it has left", "{more}?after=", phoneSecret, "", nil),
	}
}

// Tickets is what it asks, in the words of ticket.js, of a server that says in
// hello that others answer feeds, with the answers that it reads. No recording
// has it: those are made of a server by itself.
func Tickets() []Step {
	answered := func(s Step, status int, code string) Step {
		s.Status, s.Code = status, code
		return s
	}
	feed := func(name, path, shown, etag string, keep map[string]string) Step {
		return step(name, "GET", "feeds/"+path, shown, etag, "", keep)
	}
	const expired, forged = "error.ticket_expired", "error.ticket_forged"
	return []Step{
		answered(step("joins", "PUT", "devices/"+phoneID, "", "", `{"secret":"`+phoneSecret+`","locale":"ar","code":"{code}"}`,
			map[string]string{"group": "groups.id"}), 200, ""),
		answered(step("asks for a ticket", "POST", "devices/me/ticket", phoneSecret, "", `{"has":{}}`,
			map[string]string{"ticket": "ticket", "expires": "expires"}), 200, ""),
		answered(feed("shows it", "{group}?after=", "{ticket}", "", map[string]string{"cursor": "cursor", "tag": "ETag"}), 200, ""),
		answered(feed("for texts too", "{group}/texts/ar?after=", "{ticket}", "", nil), 200, ""),
		answered(feed("unchanged", "{group}?after={cursor}", "{ticket}", "{tag}", nil), 304, ""),
		answered(feed("its secret is as good", "{group}?after={cursor}", phoneSecret, "{tag}", nil), 304, ""),
		answered(step("asks again, having read", "POST", "devices/me/ticket", phoneSecret, "", `{"has":{"{group}":"{cursor}"}}`, nil), 200, ""),
		answered(feed("for another group", "nosuchgroup0000?after=", "{ticket}", "", nil), 401, expired),
		answered(feed("one nobody signed", "{group}?after=", "folje1.AAAAAAAAAAAA.AAAA", "", nil), 401, forged),
		answered(step("a ticket for a ticket", "POST", "devices/me/ticket", "{ticket}", "", `{}`, nil), 401, "error.device_unknown"),
		answered(step("joins one more", "POST", "devices/me/groups", phoneSecret, "", `{"code":"{second}"}`, map[string]string{"more": "groups.id"}), 200, ""),
		answered(feed("which the ticket doesn't know yet", "{more}?after=", "{ticket}", "", nil), 401, expired),
		answered(feed("with the secret", "{more}?after=", phoneSecret, "", nil), 200, ""),
		answered(step("leaves", "DELETE", "devices/me/groups/{group}", phoneSecret, "", "", nil), 204, ""),
		answered(feed("what it has left", "{group}?after=", "{ticket}", "", nil), 403, "error.not_member"),
	}
}

// step is a request as net.js makes it.
func step(name, method, path, secret, etag, body string, keep map[string]string) Step {
	s := Step{Name: name, Method: method, Path: path, Body: body, Keep: keep,
		Header: map[string]string{"Accept": "application/json", "Accept-Language": "ar"}}
	if secret != "" {
		s.Header["Authorization"] = "Bearer " + secret
	}
	if etag != "" {
		s.Header["If-None-Match"] = etag
	}
	if body != "" {
		s.Header["Content-Type"] = "application/json"
	}
	return s
}
