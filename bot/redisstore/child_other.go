//go:build !linux

package redisstore

import "syscall"

// childAttributes has nothing to set where the system can't tie a child's life to its parent's.
func childAttributes() *syscall.SysProcAttr { return nil }
