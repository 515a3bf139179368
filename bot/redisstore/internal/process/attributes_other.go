//go:build !linux

package process

import "syscall"

// attributes has nothing to set where the system can't tie a child's life to its parent's.
func attributes() *syscall.SysProcAttr { return nil }
