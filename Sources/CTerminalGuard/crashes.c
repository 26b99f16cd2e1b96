#include "terminal_guard.h"

#include "guard.h"

#include <signal.h>
#include <stddef.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const int fatal[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE};
static struct sigaction before[COUNT(fatal)];
static volatile sig_atomic_t is_installed = 0;

/*
 * Puts the terminal back, lets the handler of before do its work with all that it needs to know (that of Swift's runtime
 * writes the crash report), and dies of the signal.
 *
 * Merely returning would not do: what was sent by kill() does not happen again, and the program would go on half dead.
 */
static void give_back(int number, siginfo_t *info, void *context) {
    guard_restore_in_emergency();
    for (size_t i = 0; i < COUNT(fatal); i++) {
        if (fatal[i] != number) continue;
        if (before[i].sa_flags & SA_SIGINFO) {
            before[i].sa_sigaction(number, info, context);
        } else if (before[i].sa_handler != SIG_DFL && before[i].sa_handler != SIG_IGN) {
            before[i].sa_handler(number);
        }
    }
    struct sigaction standard = {0};
    standard.sa_handler = SIG_DFL;
    sigaction(number, &standard, NULL);
    /* It is taken at once, or, where it is blocked in here, as soon as this handler returns. */
    raise(number);
}

void terminal_guard_catch_crashes(void) {
    if (is_installed) return;
    for (size_t i = 0; i < COUNT(fatal); i++) {
        sigaction(fatal[i], NULL, &before[i]);
        struct sigaction action = {0};
        action.sa_sigaction = give_back;
        /* Where the handler of before wants its own signal not to be blocked, neither may ours: Swift's reads memory for the report
         * in a thread that is started in here and inherits what is blocked. It runs into pages that are not there and catches that
         * SIGSEGV; blocked, it kills the program, and the process that writes the report waits for ever, with an empty report. */
        action.sa_flags = SA_SIGINFO | SA_ONSTACK | (before[i].sa_flags & SA_NODEFER);
        action.sa_mask = before[i].sa_mask;
        sigaction(fatal[i], &action, NULL);
    }
    is_installed = 1;
}

void terminal_guard_release_crashes(void) {
    if (!is_installed) return;
    for (size_t i = 0; i < COUNT(fatal); i++) sigaction(fatal[i], &before[i], NULL);
    is_installed = 0;
}
