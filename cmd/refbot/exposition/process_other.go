//go:build !unix

package exposition

import "time"

// processorTime is not asked for on this system.
func processorTime() (time.Duration, bool) { return 0, false }
