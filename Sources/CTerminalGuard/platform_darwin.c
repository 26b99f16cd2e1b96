#if defined(__APPLE__)

#include "terminal_guard.h"

#include "guard.h"

#include <mach-o/dyld.h>
#include <pthread.h>
#include <stdint.h>
#include <unistd.h>

/* Darwin has no signal for a parent's death; a guardian that was killed leaves the program running and in order. */
void guard_follow_parent(pid_t parent) { (void)parent; }

void guard_run_again(char *const argv[]) {
    char path[4096];
    uint32_t size = sizeof path;
    if (_NSGetExecutablePath(path, &size) == 0) execv(path, argv);
}

void terminal_guard_name_thread(const char *name) { pthread_setname_np(name); }

#endif
