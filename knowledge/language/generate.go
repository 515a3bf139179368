package language

//go:generate go run ./internal/lid/train -out model.bin
