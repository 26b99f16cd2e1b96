#ifndef ACTOR_TRAINER_TERMINAL_GUARD_H
#define ACTOR_TRAINER_TERMINAL_GUARD_H

/*
 * Gives the terminal back on every way out, also on those where no Swift code may run any more.
 *
 * Three lines stand behind each other: the program's own way out, handlers for fatal signals in the same process, and a
 * guardian process that outlives the program. This is C because signal handlers may only call async-signal-safe functions,
 * and because the guardian forks before any thread exists.
 */

/* --- The guardian ------------------------------------------------------------------------------------------------- */

/*
 * Makes this process the guardian of a copy of itself, unless it is that copy already or there is no terminal to guard.
 *
 * In the copy, and where no guardian is needed or possible, it returns. In the guardian it does not: it waits for the copy,
 * stops and goes on together with it, gives the terminal back if the copy could not, and exits with the copy's exit code, or
 * with 128 + n after signal n. To be called first in main, before any thread.
 *
 * crash_directory (made with mode 0700) takes the crash reports of Swift's runtime.
 */
void terminal_guard_start(char *const argv[], const char *crash_directory);

/* --- The terminal's modes ----------------------------------------------------------------------------------------- */

/* Keeps the modes that the shell had set and notes that the screen is ours from now on. Gives -1 and errno on failure. */
int terminal_guard_enter(int terminal);

/* Sets the shell's modes again, even from the background, and notes that the screen is not ours any more. */
void terminal_guard_leave(void);

/* What puts any terminal back: modes off, cursor shown, colours reset, alternate screen left. */
extern const char terminal_guard_restoring_sequence[];

/* Names the calling thread for debuggers and ps; Foundation's own way misses a thread that starts faster than its creator. */
void terminal_guard_name_thread(const char *name);

/* --- Signals ------------------------------------------------------------------------------------------------------ */

/*
 * Lets the calling thread be stopped for using the terminal from the background. A thread started by Dispatch's workers
 * inherits that nearly all signals are blocked; it would then write over the shell's prompt.
 */
void terminal_guard_allow_job_control(void);

/* Keeps the handlers of now, to be set again later. To be called before ncurses starts, which sets its own. */
void terminal_guard_remember_signals(void);

/*
 * From now on INT, TERM, HUP, QUIT, WINCH, TSTP and CONT each write their number as one byte to a descriptor, which has to
 * be non-blocking; PIPE is ignored. The third INT that nobody has read ends the process: its loop hangs.
 */
void terminal_guard_catch_signals(int descriptor);

/* Sets the remembered handlers again. */
void terminal_guard_release_signals(void);

/* Says that the loop is alive and has read all signals so far. */
void terminal_guard_signals_were_read(void);

/* Stops this process as Ctrl-Z does by default; returns when it goes on, or at once where nobody could wake it. */
void terminal_guard_stop(void);

/* From now on ILL, TRAP, ABRT, SEGV, BUS and FPE put the terminal back before the handler that was there before runs. */
void terminal_guard_catch_crashes(void);

void terminal_guard_release_crashes(void);

#endif
