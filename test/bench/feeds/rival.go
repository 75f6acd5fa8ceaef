package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"strconv"

	"folje/internal/web"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	_ "github.com/pocketbase/pocketbase/migrations" // PocketBase's own tables
	"github.com/pocketbase/pocketbase/tools/types"
)

// serveBare answers everything with the file's bytes, as plainly as net/http
// can; with the headers of a file, if there is one, and Följe's timeouts.
func serveBare(address, file, headers string) error {
	body, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	fixed := http.Header{"Content-Type": {"application/json"}, "Content-Encoding": {"br"}, "Content-Length": {strconv.Itoa(len(body))}}
	server := &http.Server{Addr: address}
	if headers != "" {
		raw, err := os.ReadFile(headers)
		if err != nil {
			return err
		}
		if err := json.Unmarshal(raw, &fixed); err != nil {
			return fmt.Errorf("read headers: %w", err)
		}
		web.DefaultTimeouts.Apply(server)
	}
	server.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		maps.Copy(w.Header(), fixed)
		_, _ = w.Write(body)
	})
	return server.ListenAndServe()
}

// servePocketBase serves a collection with the feed's content in records, for
// each group once: what a group's phone would have to list.
func servePocketBase(address, dir, file string) error {
	a := core.NewBaseApp(core.BaseAppConfig{DataDir: dir})
	if err := a.Bootstrap(); err != nil {
		return err
	}
	if err := a.RunAllMigrations(); err != nil {
		return err
	}
	if err := list(a, file); err != nil {
		return err
	}
	return apis.Serve(a, apis.ServeConfig{HttpAddr: address})
}

// content is what the collection is filled with.
type content struct {
	Groups []string          `json:"groups"`
	Items  []json.RawMessage `json:"items"` // records with their texts
}

func list(a core.App, file string) error {
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var all content
	if err := json.Unmarshal(raw, &all); err != nil {
		return fmt.Errorf("read the content: %w", err)
	}
	c := core.NewBaseCollection("items")
	c.ListRule = types.Pointer("")
	c.Fields.Add(&core.TextField{Name: "scope"}, &core.JSONField{Name: "data", MaxSize: 1 << 20})
	c.AddIndex("idx_items_scope", false, "scope", "")
	if err := a.Save(c); err != nil {
		return err
	}
	return a.RunInTransaction(func(tx core.App) error {
		for _, group := range all.Groups {
			for _, item := range all.Items {
				r := core.NewRecord(c)
				r.Load(map[string]any{"scope": group, "data": item})
				if err := tx.Save(r); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
