#if defined(__linux__)

#include "terminal_guard.h"

#include "guard.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

void guard_follow_parent(pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    /* It may have died before. */
    if (getppid() != parent) raise(SIGTERM);
}

void guard_run_again(char *const argv[]) {
    /* By its real path, so that the process keeps its name; by the link where the file was replaced meanwhile. */
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length > 0) {
        path[length] = 0;
        execv(path, argv);
    }
    execv("/proc/self/exe", argv);
}

void terminal_guard_name_thread(const char *name) { prctl(PR_SET_NAME, name); }

#endif
