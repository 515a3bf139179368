//go:build unix

package redisstore

import (
	"errors"
	"os"
	"syscall"
)

// lockFile takes the lock on a file, which it makes; nil when somebody else has it. The lock ends when
// the file is closed by all who have it open, the processes it was handed to included.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return f, nil
	}
	_ = f.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, nil
	}
	return nil, err
}
