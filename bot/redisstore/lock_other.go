//go:build !unix

package redisstore

import "os"

// lockFile opens the file; no redis-server runs on these systems, so there is nothing to lock.
func lockFile(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
}
