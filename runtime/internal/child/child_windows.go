package child

import (
	"os/exec"
	"sync"
	"syscall"
	"unsafe"
)

var (
	kernel32                 = syscall.NewLazyDLL("kernel32.dll")
	createJobObject          = kernel32.NewProc("CreateJobObjectW")
	setInformationJobObject  = kernel32.NewProc("SetInformationJobObject")
	assignProcessToJobObject = kernel32.NewProc("AssignProcessToJobObject")
)

const (
	extendedLimitInformation = 9
	killOnJobClose           = 0x2000
)

// extendedLimits is JOBOBJECT_EXTENDED_LIMIT_INFORMATION.
type extendedLimits struct {
	perProcessTime, perJobTime int64
	flags                      uint32
	minWorkingSet              uintptr
	maxWorkingSet              uintptr
	activeProcesses            uint32
	affinity                   uintptr
	priority, scheduling       uint32
	io                         [6]uint64
	processMemory, jobMemory   uintptr
	peakProcess, peakJob       uintptr
}

// job is the job object that ends with this process, and all in it: nobody else
// has a handle, and the system closes ours. It is 0 if there is none.
var job = sync.OnceValue(func() syscall.Handle {
	handle, _, _ := createJobObject.Call(0, 0)
	limits := extendedLimits{flags: killOnJobClose}
	ok, _, _ := setInformationJobObject.Call(handle, extendedLimitInformation,
		uintptr(unsafe.Pointer(&limits)), unsafe.Sizeof(limits))
	if ok == 0 {
		return 0
	}
	return syscall.Handle(handle)
})

// Prepare leaves the process as it is: what it needs can be done only when it runs.
func Prepare(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

// Start starts the process and puts it into the job. What it starts in the moment
// before that is not in it.
func Start(cmd *exec.Cmd) error {
	if err := cmd.Start(); err != nil {
		return err
	}
	cmd.Process.WithHandle(func(handle uintptr) {
		assignProcessToJobObject.Call(uintptr(job()), handle)
	})
	return nil
}
