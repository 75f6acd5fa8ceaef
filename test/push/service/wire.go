package service

import (
	"encoding/binary"
	"errors"
)

// stanza is a message of Google's protocol in the making: protocol buffers,
// field by field.
type stanza []byte

// The wire types of protocol buffers.
const (
	varint  = 0
	fixed64 = 1
	length  = 2
	fixed32 = 5
)

func (s stanza) tag(field, kind uint64) stanza {
	return binary.AppendUvarint(s, field<<3|kind)
}

func (s stanza) number(field, value uint64) stanza {
	return binary.AppendUvarint(s.tag(field, varint), value)
}

func (s stanza) fixed(field, value uint64) stanza {
	return binary.LittleEndian.AppendUint64(s.tag(field, fixed64), value)
}

func (s stanza) bytes(field uint64, value []byte) stanza {
	return append(binary.AppendUvarint(s.tag(field, length), uint64(len(value))), value...)
}

func (s stanza) text(field uint64, value string) stanza { return s.bytes(field, []byte(value)) }

// pair adds a name and its value.
func (s stanza) pair(field uint64, name, value string) stanza {
	return s.bytes(field, stanza(nil).text(1, name).text(2, value))
}

var errStanza = errors.New("a stanza that can't be read")

// texts are the values of a repeated field of text.
func (s stanza) texts(field uint64) (all []string, err error) {
	for len(s) > 0 {
		tag, n := binary.Uvarint(s)
		if n <= 0 {
			return nil, errStanza
		}
		size, from, err := s[n:].value(tag & 7)
		if err != nil {
			return nil, err
		}
		s = s[n:]
		if tag == field<<3|length {
			all = append(all, string(s[from:size]))
		}
		s = s[size:]
	}
	return all, nil
}

// value is the size of the value that the stanza begins with, and where in it
// the content of one that has a length begins.
func (s stanza) value(kind uint64) (size, from int, err error) {
	v, n := binary.Uvarint(s)
	switch kind {
	case varint:
		size = n
	case fixed64:
		size = 8
	case fixed32:
		size = 4
	case length:
		size, from = n+int(min(v, uint64(len(s)))), n
	}
	if size <= 0 || n <= 0 && from > 0 || size > len(s) {
		return 0, 0, errStanza
	}
	return size, from, nil
}
