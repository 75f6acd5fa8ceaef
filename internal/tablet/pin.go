package tablet

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/bcrypt"
)

// pinLength is how many digits a PIN has.
const pinLength = 6

// westernDigits makes the digits of Arabic and Persian keyboards Western ones.
var westernDigits = strings.NewReplacer(
	"٠", "0", "١", "1", "٢", "2", "٣", "3", "٤", "4", "٥", "5", "٦", "6", "٧", "7", "٨", "8", "٩", "9",
	"۰", "0", "۱", "1", "۲", "2", "۳", "3", "۴", "4", "۵", "5", "۶", "6", "۷", "7", "۸", "8", "۹", "9")

// easy reports whether a PIN isn't six digits, or is among those that everybody
// would try first: few different digits, a run up or down, a pattern twice.
func easy(pin string) bool {
	if len(pin) != pinLength || strings.Trim(pin, "0123456789") != "" {
		return true
	}
	different, up, down, doubled := map[byte]bool{}, true, true, true
	for i := range pinLength {
		different[pin[i]] = true
		if i > 0 {
			step := (int(pin[i]) - int(pin[i-1]) + 10) % 10
			up, down = up && step == 1, down && step == 9
		}
		doubled = doubled && pin[i] == pin[i&^1]
	}
	return len(different) < 3 || up || down || doubled || pin[:3] == pin[3:] || pin[:2] == pin[2:4] && pin[2:4] == pin[4:]
}

// hash is how a PIN is stored: bcrypt's hash of a hash under a key that lies
// outside the database.
func (f *feature) hash(person, pin string) (string, error) {
	hashed, err := bcrypt.GenerateFromPassword([]byte(f.Keys.PIN(person, pin)), bcrypt.DefaultCost)
	if err != nil {
		return "", fmt.Errorf("hash a PIN: %w", err)
	}
	return string(hashed), nil
}

// nobodys is what a PIN is held against where there is none, so that the answer
// takes as long.
const nobodys = "$2a$10$7EqJtq98hPqEX7fNZaFWoOhi5vTq9cI8qN9Q8b0n1b1cH3vQm3a7i"

// matches reports whether it is the PIN that was hashed; "" matches none, in the
// same time.
func (f *feature) matches(hashed, person, pin string) (bool, error) {
	against := hashed
	if hashed == "" {
		against = nobodys
	}
	err := bcrypt.CompareHashAndPassword([]byte(against), []byte(f.Keys.PIN(person, pin)))
	if errors.Is(err, bcrypt.ErrMismatchedHashAndPassword) || hashed == "" {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("compare a PIN: %w", err)
	}
	return true, nil
}
