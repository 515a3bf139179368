package reform2026

import "refbot/knowledge"

// Check looks for everything wrong or doubtful in the starter pack's files.
func Check() knowledge.Report { return knowledge.CheckFS(files, "embedded") }
