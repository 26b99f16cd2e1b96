#ifndef ACTOR_TRAINER_GUARD_INTERNAL_H
#define ACTOR_TRAINER_GUARD_INTERNAL_H

#include <sys/types.h>
#include <termios.h>

/* What the guarded process tells its guardian through a pipe; the last one counts. Written whole: it is below PIPE_BUF. */
struct guard_report {
    int screen_is_ours;
    struct termios shell_modes;
};

/* Where reports go: the pipe to the guardian, or -1. */
extern int guard_report_descriptor;

/* Sets a terminal's modes without being stopped for doing so from the background. Async-signal-safe. */
void guard_set_modes(int terminal, const struct termios *modes);

/* Writes all bytes, or as many as the terminal takes. Async-signal-safe. */
void guard_write(int descriptor, const char *bytes);

/* Puts the terminal back if it is ours. Async-signal-safe. */
void guard_restore_in_emergency(void);

/* Asks to be told when the guardian dies; where the system cannot do that, nothing happens. */
void guard_follow_parent(pid_t parent);

/* Replaces the process by a new copy of the same program; returns only where that failed. */
void guard_run_again(char *const argv[]);

#endif
