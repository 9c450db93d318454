package stdio

import (
	"os"
	"syscall"
)

var setStdHandle = syscall.NewLazyDLL("kernel32.dll").NewProc("SetStdHandle")

// claim moves the handles that the process, and the C libraries that start later,
// ask Windows for, and the variables of package os, which have asked already.
func claim() (*Pipes, error) {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	in, out, logs := os.Stdin, os.Stdout, os.Stderr
	prints := logs
	if shareOutput() {
		prints = null
	}
	for _, file := range []*os.File{in, out} {
		syscall.SetHandleInformation(syscall.Handle(file.Fd()), syscall.HANDLE_FLAG_INHERIT, 0)
	}
	setStandard(null, prints, prints)
	return &Pipes{In: in, Out: out, restore: func() {
		setStandard(in, out, logs)
		null.Close()
	}}, nil
}

// setStandard makes files the standard ones.
func setStandard(in, out, logs *os.File) {
	os.Stdin, os.Stdout, os.Stderr = in, out, logs
	for id, file := range map[int]*os.File{
		syscall.STD_INPUT_HANDLE:  in,
		syscall.STD_OUTPUT_HANDLE: out,
		syscall.STD_ERROR_HANDLE:  logs,
	} {
		setStdHandle.Call(uintptr(id), file.Fd())
	}
}
