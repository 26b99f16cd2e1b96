#include "terminal_guard.h"

#include "guard.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Synchronised output, bracketed paste, focus and mouse reports off; application keys off; attributes reset; cursor shown;
 * alternate screen left. What a terminal does not know it ignores. */
const char terminal_guard_restoring_sequence[] =
    "\033[?2026l\033[?2004l\033[?1004l\033[?1006l\033[?1003l\033[?1002l\033[?1000l"
    "\033[?1l\033>\033(B\033[0m\033[?25h\033[?1049l";

int guard_report_descriptor = -1;

static struct termios shell_modes;
static int guarded_terminal = -1;
static volatile sig_atomic_t screen_is_ours = 0;

static void report(void) {
    if (guard_report_descriptor < 0) return;
    struct guard_report report;
    memset(&report, 0, sizeof report);
    report.screen_is_ours = screen_is_ours;
    report.shell_modes = shell_modes;
    /* The descriptor does not block; a full pipe loses a report, which only a thousand suspensions in one stop could do. */
    ssize_t ignored = write(guard_report_descriptor, &report, sizeof report);
    (void)ignored;
}

void guard_set_modes(int terminal, const struct termios *modes) {
    sigset_t background, before;
    sigemptyset(&background);
    sigaddset(&background, SIGTTOU);
    pthread_sigmask(SIG_BLOCK, &background, &before);
    while (tcsetattr(terminal, TCSANOW, modes) < 0 && errno == EINTR) {}
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void guard_write(int descriptor, const char *bytes) {
    size_t left = strlen(bytes);
    while (left > 0) {
        ssize_t written = write(descriptor, bytes, left);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        bytes += written;
        left -= (size_t)written;
    }
}

int terminal_guard_enter(int terminal) {
    if (tcgetattr(terminal, &shell_modes) < 0) return -1;
    guarded_terminal = terminal;
    screen_is_ours = 1;
    report();
    return 0;
}

void terminal_guard_leave(void) {
    if (!screen_is_ours) return;
    guard_set_modes(guarded_terminal, &shell_modes);
    screen_is_ours = 0;
    report();
}

void guard_restore_in_emergency(void) {
    if (!screen_is_ours) return;
    guard_write(guarded_terminal, terminal_guard_restoring_sequence);
    terminal_guard_leave();
    /* A report of a large program takes seconds, and until then there is no prompt. */
    guard_write(guarded_terminal, "actor-trainer crashed; its report is being written.\n");
}
