package elsewhere

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// bidi speaks WebDriver BiDi: calls over a WebSocket, one at a time, and the
// events that come between their answers.
type bidi struct {
	socket *websocket.Conn

	mu    sync.Mutex
	last  int
	event func(method string, params json.RawMessage)
}

// refusal is a call that the browser refused.
type refusal struct{ code, message string }

func (r *refusal) Error() string { return r.code + ": " + r.message }

// maxAnswer is the largest answer of a browser that is taken, in bytes.
const maxAnswer = 16 << 20

func dial(ctx context.Context, url string) (*bidi, error) {
	socket, _, err := websocket.Dial(ctx, url, nil)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", url, err)
	}
	socket.SetReadLimit(maxAnswer)
	return &bidi{socket: socket, event: func(string, json.RawMessage) {}}, nil
}

// call makes one call and decodes its result into out, unless out is nil.
func (b *bidi) call(ctx context.Context, method string, params map[string]any, out any) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last++
	if params == nil {
		params = map[string]any{}
	}
	if err := wsjson.Write(ctx, b.socket, map[string]any{"id": b.last, "method": method, "params": params}); err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	for {
		var m struct {
			ID             *int
			Method         string
			Params, Result json.RawMessage
			Error, Message string
		}
		if err := wsjson.Read(ctx, b.socket, &m); err != nil {
			return fmt.Errorf("%s: %w", method, err)
		}
		switch {
		case m.ID == nil:
			b.event(m.Method, m.Params)
		case *m.ID != b.last: // of a call that was given up
		case m.Error != "":
			return fmt.Errorf("%s: %w", method, &refusal{m.Error, m.Message})
		case out == nil:
			return nil
		default:
			return json.Unmarshal(m.Result, out)
		}
	}
}
