#include "terminal_guard.h"

#include "guard.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const int caught[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT};
static struct sigaction before[COUNT(caught)];
static struct sigaction pipe_before;
static volatile sig_atomic_t signal_descriptor = -1;
static volatile sig_atomic_t unread_interrupts = 0;

static void pass_on(int number) {
    int saved = errno;
    if (number == SIGINT && ++unread_interrupts >= 3) {
        guard_restore_in_emergency();
        _exit(128 + SIGINT);
    }
    unsigned char byte = (unsigned char)number;
    ssize_t ignored = write(signal_descriptor, &byte, 1);
    (void)ignored;
    errno = saved;
}

void terminal_guard_allow_job_control(void) {
    sigset_t job_control;
    sigemptyset(&job_control);
    sigaddset(&job_control, SIGTTIN);
    sigaddset(&job_control, SIGTTOU);
    sigaddset(&job_control, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &job_control, NULL);
}

void terminal_guard_remember_signals(void) {
    for (size_t i = 0; i < COUNT(caught); i++) sigaction(caught[i], NULL, &before[i]);
    sigaction(SIGPIPE, NULL, &pipe_before);
}

void terminal_guard_catch_signals(int descriptor) {
    signal_descriptor = descriptor;
    unread_interrupts = 0;
    struct sigaction action = {0};
    action.sa_handler = pass_on;
    action.sa_flags = SA_RESTART;
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < COUNT(caught); i++) sigaction(caught[i], &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
}

void terminal_guard_release_signals(void) {
    if (signal_descriptor < 0) return;
    for (size_t i = 0; i < COUNT(caught); i++) sigaction(caught[i], &before[i], NULL);
    sigaction(SIGPIPE, &pipe_before, NULL);
    signal_descriptor = -1;
}

void terminal_guard_signals_were_read(void) { unread_interrupts = 0; }

void terminal_guard_stop(void) {
    struct sigaction standard = {0}, stop_before, go_before;
    standard.sa_handler = SIG_DFL;
    sigset_t stop, mask;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigaction(SIGTSTP, &standard, &stop_before);
    /* The CONT that ends this stop is dealt with by returning; another thread might take it to the handler much later. */
    sigaction(SIGCONT, &standard, &go_before);
    pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
    /* Not SIGSTOP: in an orphaned process group, where no shell could wake us, the system ignores a SIGTSTP. */
    raise(SIGTSTP);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGCONT, &go_before, NULL);
    sigaction(SIGTSTP, &stop_before, NULL);
}
